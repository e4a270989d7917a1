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
import dev.pitcrew.model.infra.Trading;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A system as Pitcrew understands it, and what a bad day would bring.
///
/// @param sketch services, flows, feeds
/// @param exposed what others than the host itself can reach
/// @param losses of each part that others need, or that sends orders: what its death would mean, the worst first
/// @param recoveries how long each part of the order path takes to come back
/// @param failovers how long stores are gone until another has taken over, where a file tells
/// @param availability of the order path, estimated
/// @param page the alert about trading that pages latest; empty when none pages
public record Outlook(
        Sketch sketch,
        List<Exposure> exposed,
        List<Loss> losses,
        List<Recovery> recoveries,
        List<Failover> failovers,
        Availability availability,
        Optional<Page> page) {
    public Outlook {
        exposed = List.copyOf(exposed);
        losses = List.copyOf(losses);
        recoveries = List.copyOf(recoveries);
        failovers = List.copyOf(failovers);
    }

    /// An alert that pages, and when it does at worst.
    public record Page(String alert, Place place, TimeToPage time) {}

    private static Optional<Page> latestPage(List<Subject> systems) {
        return systems.stream()
                .flatMap(subject -> pages(subject))
                .max(Comparator.comparing(page -> page.time().worst()));
    }

    private static Stream<Page> pages(Subject subject) {
        return Near.all(subject, AlertRule.class).stream()
                .filter(rule -> Alerts.isPage(rule) && Alerts.isTrading(subject, rule))
                .map(rule -> new Page(rule.name(), rule.place(), TimeToPage.of(subject, rule)));
    }

    /// A port that others can reach.
    ///
    /// @param address as it is published, such as `0.0.0.0:8000`
    public record Exposure(String service, String address, Place place) {}

    /// What can be said of systems.
    ///
    /// @param sketch of all of them
    /// @param systems each with its own facts
    public static Outlook of(Sketch sketch, List<Subject> systems) {
        var recoveries =
                sketch.services().stream()
                        .filter(part -> part.duty().isOrderPath() && !Copies.isForTests(part))
                        .map(Recovery::of)
                        .toList();
        return new Outlook(
                sketch,
                exposed(sketch),
                Loss.all(sketch),
                recoveries,
                systems.stream().flatMap(Failover::of).toList(),
                Availability.of(live(sketch, recoveries)),
                latestPage(systems));
    }

    /// Where some are known to be live, the others are there to try things out, or are the same under another file.
    private static List<Recovery> live(Sketch sketch, List<Recovery> recoveries) {
        var live =
                recoveries.stream()
                        .filter(
                                one ->
                                        sketch.named(one.service())
                                                .filter(part -> part.trading() == Trading.LIVE)
                                                .isPresent())
                        .toList();
        return live.isEmpty() ? recoveries : live;
    }

    private static List<Exposure> exposed(Sketch sketch) {
        return sketch.services().stream()
                .flatMap(part -> exposed(part).stream())
                .distinct()
                .toList();
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
