package dev.pitcrew.runtime.balancer;

import dev.pitcrew.runtime.http.Address;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// The front of one service: each request is forwarded, parked, or refused with 503.
///
/// A parked request occupies no thread. Whether a request counts as in flight is decided under the same lock as the
/// hold, so once a hold is answered and nothing is in flight, nothing more reaches a target.
final class Front extends Handler.Wrapper {
    private static final int SERVICE_UNAVAILABLE = 503;

    private final String service;
    private final ServerConnector connector;
    private final Forwarder forwarder;
    private final int parkedMax;
    private final Deque<Parked> parked = new ArrayDeque<>();
    private Route route;
    private int next;
    private final Map<Address, Integer> inFlight = new HashMap<>(); // by target

    /// Where requests go.
    ///
    /// @param holdMillis 0 when they go there now
    /// @param split null while all go alike
    /// @param changes which change each target was started by, by `host:port`
    private record Route(
            List<Address> targets,
            long holdMillis,
            long generation,
            @Nullable Split split,
            Map<String, String> changes) {
        List<Address> everybody() {
            return split == null
                    ? targets
                    : Stream.concat(targets.stream(), split.canaries().stream()).toList();
        }
    }

    /// How requests differ.
    private record Split(
            List<Address> canaries,
            double share,
            Part key,
            Optional<Part> order,
            Map<String, Address> owners) {
        static @Nullable Split of(BalancerFile.@Nullable Split file) {
            if (file == null) {
                return null;
            }
            var owners = new HashMap<String, Address>();
            file.owners().forEach((name, address) -> owners.put(name, Address.parse(address)));
            return new Split(
                    file.canaries().stream().map(Address::parse).toList(),
                    file.share(),
                    Part.of(file.key()),
                    file.order().isEmpty() ? Optional.empty() : Optional.of(Part.of(file.order())),
                    owners);
        }
    }

    /// A part of a request, such as `header:X-Client`.
    private record Part(boolean isHeader, String name) {
        static Part of(String text) {
            var colon = text.indexOf(':');
            return new Part(text.startsWith("header:"), text.substring(colon + 1));
        }

        Optional<String> in(Request request) {
            return Optional.ofNullable(
                            isHeader
                                    ? request.getHeaders().get(name)
                                    : Request.extractQueryParameters(request).getValue(name))
                    .filter(text -> !text.isEmpty());
        }
    }

    /// @param arrivedNanos by the machine's steady clock; a request that is held again has no more time than before
    private record Exchange(
            Request request, Response response, Callback callback, long arrivedNanos) {}

    /// One request that waits; whoever removes it from the queue answers it.
    private static final class Parked {
        private final Exchange exchange;
        private Scheduler.@Nullable Task timer;

        private Parked(Exchange exchange) {
            this.exchange = exchange;
        }
    }

    /// @param parkedMax how many requests may be held at once; one more is refused
    Front(String service, ServerConnector connector, BalancerFile.Service state, int parkedMax) {
        this(service, connector, state, parkedMax, new Forwarder());
    }

    private Front(
            String service,
            ServerConnector connector,
            BalancerFile.Service state,
            int parkedMax,
            Forwarder forwarder) {
        super(forwarder);
        this.service = service;
        this.connector = connector;
        this.parkedMax = parkedMax;
        this.forwarder = forwarder;
        route = routeOf(state);
    }

    private static Route routeOf(BalancerFile.Service state) {
        List<Address> targets = state.targets().stream().map(Address::parse).toList();
        Map<String, String> changes = state.changes();
        return new Route(
                targets,
                state.holdMillis(),
                state.generation(),
                Split.of(state.split()),
                changes == null ? Map.of() : changes);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!connector.equals(request.getConnectionMetaData().getConnector())) {
            return false;
        }
        take(new Exchange(request, response, callback, System.nanoTime()));
        return true;
    }

    private void take(Exchange exchange) {
        Address target;
        String change = null;
        synchronized (this) {
            if (route.holdMillis() == 0) {
                target = nextTarget(exchange.request());
                change = target == null ? null : route.changes().get(target.toString());
            } else if (parked.size() < parkedMax) {
                park(exchange);
                return;
            } else {
                target = null;
            }
        }
        send(exchange, target, change);
    }

    private void park(Exchange exchange) {
        Parked waiting = new Parked(exchange);
        parked.add(waiting);
        long spent = System.nanoTime() - exchange.arrivedNanos();
        long left = Math.max(0, route.holdMillis() - TimeUnit.NANOSECONDS.toMillis(spent));
        waiting.timer =
                connector
                        .getScheduler()
                        .schedule(() -> expire(waiting), left, TimeUnit.MILLISECONDS);
    }

    private void expire(Parked waiting) {
        boolean ours;
        synchronized (this) {
            ours = parked.remove(waiting);
        }
        if (ours) {
            unavailable(waiting.exchange, "held too long");
        }
    }

    /// @return null when nobody takes requests
    private @Nullable Address nextTarget(Request request) {
        Address target = route.split() == null ? null : owner(request, route.split());
        if (target == null) {
            List<Address> side = side(request);
            if (side.isEmpty()) {
                return null;
            }
            next = (next + 1) % side.size();
            target = side.get(next);
        }
        inFlight.merge(target, 1, Integer::sum);
        return target;
    }

    /// Whose order it is about.
    private static @Nullable Address owner(Request request, Split split) {
        return split.order()
                .flatMap(order -> order.in(request))
                .map(order -> split.owners().get(Sides.owner(order)))
                .orElse(null);
    }

    private List<Address> side(Request request) {
        Split split = route.split();
        if (split == null || split.canaries().isEmpty()) {
            return route.targets();
        }
        boolean isCanary =
                split.key()
                        .in(request)
                        .filter(key -> Sides.isCanary(service, key, split.share()))
                        .isPresent();
        return isCanary || route.targets().isEmpty() ? split.canaries() : route.targets();
    }

    private void send(Exchange exchange, @Nullable Address target, @Nullable String change) {
        if (target == null) {
            unavailable(exchange, "no instance takes requests");
            return;
        }
        Callback done = Callback.from(exchange.callback(), () -> landed(target));
        forwarder.forward(exchange.request(), exchange.response(), done, target, change);
    }

    private synchronized void landed(Address target) {
        inFlight.computeIfPresent(target, (_, n) -> n == 1 ? null : n - 1);
    }

    /// Nothing was sent to any target, so the client may safely try again.
    static void unavailable(Request request, Response response, Callback callback, String why) {
        response.setStatus(SERVICE_UNAVAILABLE);
        response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
        Content.Sink.write(response, true, why + "\n", callback);
    }

    private static void unavailable(Exchange exchange, String why) {
        unavailable(exchange.request(), exchange.response(), exchange.callback(), why);
    }

    /// Takes over the state; what is parked goes on its way when the hold is over.
    void become(BalancerFile.Service state) {
        List<Parked> released = new ArrayList<>();
        synchronized (this) {
            route = routeOf(state);
            if (route.holdMillis() == 0) {
                released.addAll(parked);
                parked.clear();
            }
        }
        for (Parked waiting : released) {
            if (waiting.timer != null) {
                waiting.timer.cancel();
            }
            // Each on a thread of its own: the call that releases them isn't kept waiting by the
            // forwarding.
            getServer().getThreadPool().execute(() -> take(waiting.exchange));
        }
    }

    /// Clients that are connected may go on; nobody else gets in.
    void acceptNobody() {
        connector.close();
    }

    synchronized boolean isBusy() {
        return !inFlight.isEmpty();
    }

    synchronized TrafficState state() {
        List<Address> everybody = route.everybody();
        int leaving =
                inFlight.entrySet().stream()
                        .filter(one -> !everybody.contains(one.getKey()))
                        .mapToInt(Map.Entry::getValue)
                        .sum();
        return new TrafficState(
                service,
                Address.local(connector.getLocalPort()),
                route.holdMillis() > 0
                        ? TrafficState.Mode.HOLD
                        : everybody.isEmpty() ? TrafficState.Mode.CLOSED : TrafficState.Mode.OPEN,
                everybody,
                parked.size(),
                inFlight.values().stream().mapToInt(Integer::intValue).sum(),
                leaving,
                connector.getConnectedEndPoints().size(),
                route.generation());
    }
}
