package dev.pitcrew.assess.outlook;

import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.MountKind;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Sketch.Flow;
import dev.pitcrew.model.infra.Sketch.Part;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What the death of a part would mean.
///
/// @param service the part
/// @param copies how many run; with one it is a single point of failure
/// @param stops the services that use it, and those that use them
/// @param orders what becomes of orders, in one sentence; empty when none are touched
/// @param data what of its data is lost at most, in one sentence; empty when it keeps none
public record Loss(String service, int copies, List<String> stops, String orders, String data) {
    private static final Set<MountKind> KEPT = Set.of(MountKind.VOLUME, MountKind.HOST);

    public Loss {
        stops = List.copyOf(stops);
    }

    /// Whether nothing takes its place.
    public boolean isSinglePoint() {
        return copies < 2 && (!stops.isEmpty() || !orders.isEmpty());
    }

    static List<Loss> all(Sketch sketch) {
        return sketch.services().stream()
                .filter(part -> !Copies.isForTests(part))
                .map(part -> of(part, sketch))
                .filter(loss -> !loss.stops().isEmpty() || !loss.orders().isEmpty())
                .sorted(
                        Comparator.comparing((Loss loss) -> loss.orders().isEmpty())
                                .thenComparingInt(loss -> -loss.stops().size())
                                .thenComparing(Loss::service))
                .toList();
    }

    private static Loss of(Part part, Sketch sketch) {
        var stops = users(part.name(), sketch);
        return new Loss(
                part.name(),
                Copies.of(part),
                List.copyOf(stops),
                orders(part, stops, sketch),
                data(part));
    }

    private static Set<String> users(String name, Sketch sketch) {
        var found = new TreeSet<String>();
        var open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            String used = open.remove();
            for (Flow flow : sketch.flows()) {
                if (flow.to().equals(used)
                        && !flow.from().equals(name)
                        && !isOnlyLooking(flow.from(), sketch)
                        && found.add(flow.from())) {
                    open.add(flow.from());
                }
            }
        }
        return found;
    }

    /// What watches something goes on when that dies.
    private static boolean isOnlyLooking(String name, Sketch sketch) {
        return sketch.named(name)
                .filter(
                        part ->
                                part.duty() == Duty.MONITOR
                                        || part.duty() == Duty.JOB
                                        || part.duty() == Duty.PROXY)
                .isPresent();
    }

    private static String orders(Part part, Set<String> stops, Sketch sketch) {
        if (part.duty() == Duty.ORDER_ENTRY) {
            return "orders at the venue rest unwatched until it is back";
        }
        var senders = new ArrayList<String>();
        for (String stop : stops) {
            sketch.named(stop)
                    .filter(one -> one.duty() == Duty.ORDER_ENTRY)
                    .ifPresent(one -> senders.add(one.name()));
        }
        if (!senders.isEmpty()) {
            return String.join(", ", senders) + " can't work on its orders";
        }
        return part.duty().isOrderPath() ? "nothing of it trades until it is back" : "";
    }

    private static String data(Part part) {
        if (part.duty() != Duty.STORE && part.duty() != Duty.QUEUE && part.duty() != Duty.BOOKS) {
            return "";
        }
        var containers = Copies.containers(part);
        if (containers.isEmpty()) {
            return "";
        }
        boolean isKept =
                containers.stream()
                        .flatMap(one -> one.mounts().stream())
                        .anyMatch(one -> isData(one));
        return isKept
                ? "with its disk: everything since the last backup that restores"
                : "everything in it: no volume keeps its data";
    }

    private static boolean isData(Container.Mount mount) {
        return KEPT.contains(mount.kind())
                && !mount.isReadOnly()
                && !mount.target().endsWith(".conf")
                && !mount.target().contains("/docker-entrypoint-initdb.d");
    }
}
