package dev.pitcrew.assess.outlook;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Alerts;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.assess.whole.TimeToPage;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Sketch.Part;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A system as Pitcrew understands it, and what a bad day would bring.
///
/// @param sketch services, flows, feeds
/// @param exposed what others than the host itself can reach
/// @param losses of each part that others need, or that sends orders: what its death would mean, the worst first
/// @param recoveries how long each part of the order path takes to come back
/// @param availability of the order path, estimated
/// @param page the alert about trading that pages latest; empty when none pages
public record Outlook(
        Sketch sketch,
        List<Exposure> exposed,
        List<Loss> losses,
        List<Recovery> recoveries,
        Availability availability,
        Optional<Page> page) {
    public Outlook {
        exposed = List.copyOf(exposed);
        losses = List.copyOf(losses);
        recoveries = List.copyOf(recoveries);
    }

    /// An alert that pages, and when it does at worst.
    public record Page(String alert, Place place, TimeToPage time) {}

    private static Optional<Page> latestPage(Subject subject) {
        return Near.all(subject, AlertRule.class).stream()
                .filter(rule -> Alerts.isPage(rule) && Alerts.isTrading(rule))
                .map(rule -> new Page(rule.name(), rule.place(), TimeToPage.of(subject, rule)))
                .max(Comparator.comparing(page -> page.time().worst()));
    }

    /// A port that others can reach.
    ///
    /// @param address as it is published, such as `0.0.0.0:8000`
    public record Exposure(String service, String address, Place place) {}

    /// What can be said of a subject.
    public static Outlook of(Subject subject) {
        var recoveries =
                subject.sketch().services().stream()
                        .filter(part -> part.duty().isOrderPath() && !Copies.isForTests(part))
                        .map(Recovery::of)
                        .toList();
        return new Outlook(
                subject.sketch(),
                exposed(subject.sketch()),
                Loss.all(subject.sketch()),
                recoveries,
                Availability.of(recoveries),
                latestPage(subject));
    }

    private static List<Exposure> exposed(Sketch sketch) {
        return sketch.services().stream().flatMap(part -> exposed(part).stream()).toList();
    }

    private static List<Exposure> exposed(Part part) {
        return part.facts().stream()
                .filter(Container.class::isInstance)
                .map(Container.class::cast)
                .flatMap(container -> container.ports().stream())
                .filter(Container.PortUse::isOpen)
                .map(port -> new Exposure(part.name(), address(port), port.place()))
                .toList();
    }

    private static String address(Container.PortUse port) {
        var host = port.host().orElseThrow();
        return host.address() + ":" + (host.port() == 0 ? "any" : String.valueOf(host.port()));
    }
}
