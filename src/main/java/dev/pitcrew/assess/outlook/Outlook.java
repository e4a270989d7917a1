package dev.pitcrew.assess.outlook;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Sketch.Part;
import java.util.List;

/// A system as Pitcrew understands it, and what a bad day would bring.
///
/// @param sketch services, flows, feeds
/// @param exposed what others than the host itself can reach
/// @param losses of each part that others need, or that sends orders: what its death would mean, the worst first
/// @param recoveries how long each part of the order path takes to come back
/// @param availability of the order path, estimated
public record Outlook(
        Sketch sketch,
        List<Exposure> exposed,
        List<Loss> losses,
        List<Recovery> recoveries,
        Availability availability) {
    public Outlook {
        exposed = List.copyOf(exposed);
        losses = List.copyOf(losses);
        recoveries = List.copyOf(recoveries);
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
                Availability.of(recoveries));
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
