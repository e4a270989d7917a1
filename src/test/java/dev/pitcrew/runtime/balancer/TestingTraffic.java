package dev.pitcrew.runtime.balancer;

import dev.pitcrew.runtime.http.Address;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A balancer that exists only here, on the time given. Requests come in through [#request]; those held too long are
/// refused in [#tick].
///
/// Faults: it can be [down][#down], and it can [lose the answer][#loseNextAnswer] to a call that it carried out.
public final class TestingTraffic implements Traffic {
    private final InstantSource clock;
    private final Map<String, Service> services = new TreeMap<>();
    private boolean down;
    private boolean losesNextAnswer;
    private Optional<Duration> patience = Optional.empty();

    /// Where a request ended: at this target, or nowhere, which the client sees as 503.
    public interface Ending extends Consumer<Optional<Address>> {}

    private record Held(Instant until, Query query, Ending ending) {}

    /// What of a request is looked at; empty where it has none.
    ///
    /// @param key whom it is from
    /// @param order which order it is about
    public record Query(String key, String order) {
        static final Query NONE = new Query("", "");
    }

    private static final class Service {
        private final Deque<Held> held = new ArrayDeque<>();
        private List<Address> targets = List.of();
        private Optional<TrafficSplit> split = Optional.empty();
        private final Map<Address, Integer> busy = new HashMap<>();
        private Optional<Duration> hold = Optional.empty();
        private long generation;
        private int next;

        List<Address> everybody() {
            return split.isEmpty()
                    ? targets
                    : Stream.concat(targets.stream(), split.get().canaries().stream()).toList();
        }

        int inFlight() {
            return busy.values().stream().mapToInt(Integer::intValue).sum();
        }

        int leaving() {
            return busy.entrySet().stream()
                    .filter(one -> !everybody().contains(one.getKey()))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }
    }

    public TestingTraffic(InstantSource clock, List<String> services) {
        this.clock = clock;
        services.forEach(service -> this.services.put(service, new Service()));
    }

    /// A client's request.
    ///
    /// @param ending told where it went, now or later; a request that went to a target counts as in flight until
    ///     [#answered]
    public void request(String service, Ending ending) {
        request(service, Query.NONE, ending);
    }

    /// The same of a client with a key, or about an order.
    public void request(String service, Query query, Ending ending) {
        Service to = known(service);
        if (down) {
            ending.accept(Optional.empty());
        } else if (to.hold.isPresent()) {
            to.held.add(new Held(clock.instant().plus(to.hold.get()), query, ending));
        } else {
            send(service, to, query, ending);
        }
    }

    private Service known(String name) {
        return Objects.requireNonNull(services.get(name), name);
    }

    private static void send(String service, Service to, Query query, Ending ending) {
        var owner =
                to.split.flatMap(
                        one -> Optional.ofNullable(one.owners().get(Sides.owner(query.order()))));
        var side = owner.map(List::of).orElseGet(() -> side(service, to, query.key()));
        if (side.isEmpty()) {
            ending.accept(Optional.empty());
            return;
        }
        to.next = (to.next + 1) % side.size();
        var target = side.get(to.next);
        to.busy.merge(target, 1, Integer::sum);
        ending.accept(Optional.of(target));
    }

    private static List<Address> side(String service, Service to, String key) {
        var canaries =
                to.split
                        .filter(one -> !one.canaries().isEmpty())
                        .filter(
                                one ->
                                        to.targets.isEmpty()
                                                || (!key.isEmpty()
                                                        && Sides.isCanary(
                                                                service,
                                                                key,
                                                                one.share().value())));
        return canaries.map(TrafficSplit::canaries).orElse(to.targets);
    }

    /// A target answered one request.
    public void answered(String service, Address target) {
        known(service).busy.computeIfPresent(target, (_, n) -> n == 1 ? null : n - 1);
    }

    /// Refuses what was held too long.
    public void tick() {
        for (Service service : services.values()) {
            if (service.held.isEmpty()) {
                continue;
            }
            List<Held> late =
                    service.held.stream()
                            .filter(held -> !held.until().isAfter(clock.instant()))
                            .toList();
            service.held.removeAll(late);
            late.forEach(held -> held.ending().accept(Optional.empty()));
        }
    }

    /// While down it answers nobody; what it held is lost with it, what it was told is not.
    public void down(boolean now) {
        down = now;
        if (now) {
            for (Service service : services.values()) {
                List<Held> lost = List.copyOf(service.held);
                service.held.clear();
                service.busy.clear();
                lost.forEach(held -> held.ending().accept(Optional.empty()));
            }
        }
    }

    /// The next call is carried out and looks as if it had not reached anybody.
    public void loseNextAnswer() {
        losesNextAnswer = true;
    }

    @Override
    public TrafficAnswer route(String service, List<Address> targets) {
        return change(
                service,
                to -> {
                    if (!to.targets.equals(targets) || to.split.isPresent()) {
                        to.targets = List.copyOf(targets);
                        to.split = Optional.empty();
                        to.generation++;
                    }
                });
    }

    @Override
    public TrafficAnswer hold(String service, Duration limit) {
        if (limit.toMillis() < 1 || limit.compareTo(Duration.ofMinutes(1)) > 0) {
            return new TrafficAnswer.Refused("a hold lasts from 1 ms to 1 min, got " + limit);
        }
        return change(
                service,
                to -> {
                    if (!to.hold.equals(Optional.of(limit))) {
                        to.hold = Optional.of(limit);
                        to.generation++;
                    }
                });
    }

    @Override
    public TrafficAnswer release(String service) {
        return change(
                service,
                to -> {
                    if (to.hold.isPresent()) {
                        to.hold = Optional.empty();
                        to.generation++;
                        List<Held> released = List.copyOf(to.held);
                        to.held.clear();
                        released.forEach(held -> send(service, to, held.query(), held.ending()));
                    }
                });
    }

    @Override
    public TrafficAnswer open(String service, List<Address> targets) {
        return open(service, targets, Optional.empty());
    }

    @Override
    public TrafficAnswer split(String service, TrafficSplit split) {
        return open(service, split.rest(), Optional.of(split));
    }

    private TrafficAnswer open(
            String service, List<Address> targets, Optional<TrafficSplit> split) {
        return change(
                service,
                to -> {
                    if (to.hold.isPresent()
                            || !to.targets.equals(targets)
                            || !to.split.equals(split)) {
                        to.targets = List.copyOf(targets);
                        to.split = split;
                        to.hold = Optional.empty();
                        to.generation++;
                        List<Held> released = List.copyOf(to.held);
                        to.held.clear();
                        released.forEach(held -> send(service, to, held.query(), held.ending()));
                    }
                });
    }

    /// What is left with an instance that gets nothing new may be cut after this.
    public void closesAfter(Duration limit) {
        patience = Optional.of(limit);
    }

    @Override
    public Optional<Duration> patience(String service) {
        return patience;
    }

    @Override
    public TrafficAnswer cut(String service) {
        return change(service, to -> to.busy.keySet().retainAll(to.everybody()));
    }

    @Override
    public TrafficAnswer state(String service) {
        return change(service, _ -> {});
    }

    @Override
    public Optional<Map<String, TrafficRoute>> routes() {
        return Optional.of(
                services.keySet().stream().collect(Collectors.toMap(one -> one, this::routeOf)));
    }

    /// One of [#routes].
    public TrafficRoute routeOf(String service) {
        var one = known(service);
        return new TrafficRoute(one.everybody(), one.hold.isPresent());
    }

    /// Whether requests of the service are held.
    public boolean isHolding(String service) {
        return known(service).hold.isPresent();
    }

    private TrafficAnswer change(String service, Consumer<Service> how) {
        if (down) {
            return new TrafficAnswer.Unreachable("the balancer is down");
        }
        Service to = services.get(service);
        if (to == null) {
            return new TrafficAnswer.Refused("the balancer has no service " + service);
        }
        how.accept(to);
        if (losesNextAnswer) {
            losesNextAnswer = false;
            return new TrafficAnswer.Unreachable("no answer in time");
        }
        return new TrafficAnswer.Stands(stateOf(service, to));
    }

    private static TrafficState stateOf(String name, Service service) {
        TrafficState.Mode mode =
                service.hold.isPresent()
                        ? TrafficState.Mode.HOLD
                        : service.everybody().isEmpty()
                                ? TrafficState.Mode.CLOSED
                                : TrafficState.Mode.OPEN;
        return new TrafficState(
                name,
                Address.local(1),
                mode,
                service.everybody(),
                service.held.size(),
                service.inFlight(),
                service.leaving(),
                service.inFlight() + service.held.size(),
                service.generation);
    }
}
