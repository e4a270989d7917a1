package dev.pitcrew.app;

import dev.pitcrew.app.DeskStatus.ServiceLine;
import dev.pitcrew.app.DeskStatus.State;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.model.Role;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The desk as a picture: who sends to whom, and who is active under which token.
///
/// @param nodes services in the order of the file, then venues
/// @param flows what goes from one to another
public record DeskPicture(List<Node> nodes, List<Flow> flows) {
    public DeskPicture {
        nodes = List.copyOf(nodes);
        flows = List.copyOf(flows);
    }

    /// Where a node stands.
    public enum Place {
        /// It decides, or serves people.
        DECIDES,
        /// It is connected to a venue.
        CONNECTS,
        /// It is a venue.
        VENUE
    }

    /// A service or a venue.
    ///
    /// @param role of a service; empty for a venue
    /// @param version the approved one; empty when nothing is
    /// @param isSingle whether only one instance may be active
    /// @param token the highest activation token given out; 0 when there was none
    /// @param trouble `killed`, `stuck` or `changing`; empty when nothing is out of the ordinary
    public record Node(
            String name,
            Place place,
            String role,
            String version,
            boolean isSingle,
            long token,
            String trouble,
            List<Seen> instances) {
        public Node {
            instances = List.copyOf(instances);
        }
    }

    /// An instance.
    ///
    /// @param isActive whether the ledger says that it may send
    /// @param openOrders as it reports them; null when unknown
    /// @param feedAgeMillis age of the last market data it used; null when it has none or nobody knows
    public record Seen(
            String name,
            String version,
            State state,
            boolean isActive,
            @Nullable Long openOrders,
            @Nullable Long feedAgeMillis) {}

    /// What goes along a line.
    public enum Carried {
        /// Orders.
        ORDERS,
        /// Market data or reports.
        DATA
    }

    /// A line of the picture.
    public record Flow(String from, String to, Carried carried) {}

    /// Draws it from what the status says. Pure.
    public static DeskPicture of(TradingSystem system, DeskStatus status, Facts facts) {
        var nodes = new ArrayList<Node>();
        for (var line : status.services()) {
            nodes.add(node(system.service(line.name()), line, facts));
        }
        system.venues()
                .forEach(
                        one ->
                                nodes.add(
                                        new Node(
                                                one.name(),
                                                Place.VENUE,
                                                "",
                                                "",
                                                false,
                                                0,
                                                "",
                                                List.of())));
        return new DeskPicture(nodes, flows(system));
    }

    private static Node node(Service service, ServiceLine line, Facts facts) {
        return new Node(
                line.name(),
                isConnected(service) ? Place.CONNECTS : Place.DECIDES,
                line.role(),
                line.version(),
                service.singleActive().isPresent(),
                line.token(),
                line.killed()
                        ? "killed"
                        : line.stuck() != null
                                ? "stuck"
                                : line.changing() != null || !line.mending().isEmpty()
                                        ? "changing"
                                        : "",
                line.instances().stream()
                        .map(
                                one ->
                                        new Seen(
                                                one.name(),
                                                one.version(),
                                                one.state(),
                                                one.name().equals(line.active()),
                                                one.openOrders(),
                                                facts.of(one.name())
                                                        .feedAgeMillis()
                                                        .known(facts.at(), service.probes().limit())
                                                        .orElse(null)))
                        .toList());
    }

    private static boolean isConnected(Service service) {
        return switch (service.role()) {
            case ORDER_ENTRY, FEED, DROP_COPY -> true;
            case STRATEGY, STATELESS, OTHER -> false;
        };
    }

    private static List<Flow> flows(TradingSystem system) {
        var flows = new ArrayList<Flow>();
        for (var service : system.services()) {
            for (var name : service.dependsOn()) {
                var other = system.service(name);
                flows.add(
                        other.role() == Role.ORDER_ENTRY
                                ? new Flow(service.name(), name, Carried.ORDERS)
                                : new Flow(name, service.name(), Carried.DATA));
            }
            for (var venue : service.venues()) {
                flows.add(
                        service.role() == Role.ORDER_ENTRY
                                ? new Flow(service.name(), venue, Carried.ORDERS)
                                : new Flow(venue, service.name(), Carried.DATA));
            }
        }
        for (var feed : system.feeds()) {
            feed.usedBy().forEach(name -> flows.add(new Flow(feed.venue(), name, Carried.DATA)));
        }
        return flows.stream().distinct().toList();
    }
}
