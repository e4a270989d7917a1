package dev.pitcrew.runtime.balancer;

import dev.pitcrew.runtime.http.Address;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A balancer that exists only here, on the time given. Requests come in through [#request]; those held too long are
/// refused in [#tick].
///
/// Faults: it can be [down][#down], and it can [lose the answer][#loseNextAnswer] to a call that it carried out.
public final class TestingTraffic implements Traffic {
    private final InstantSource clock;
    private final Map<String, Service> services = new TreeMap<>();
    private boolean down;
    private boolean losesNextAnswer;

    /// Where a request ended: at this target, or nowhere, which the client sees as 503.
    public interface Ending extends Consumer<Optional<Address>> {}

    private record Held(Instant until, Ending ending) {}

    private static final class Service {
        private final Deque<Held> held = new ArrayDeque<>();
        private List<Address> targets = List.of();
        private Optional<Duration> hold = Optional.empty();
        private long generation;
        private int next;
        private int inFlight;
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
        Service to = known(service);
        if (down) {
            ending.accept(Optional.empty());
        } else if (to.hold.isPresent()) {
            to.held.add(new Held(clock.instant().plus(to.hold.get()), ending));
        } else {
            send(to, ending);
        }
    }

    private Service known(String name) {
        return Objects.requireNonNull(services.get(name), name);
    }

    private static void send(Service to, Ending ending) {
        if (to.targets.isEmpty()) {
            ending.accept(Optional.empty());
            return;
        }
        to.inFlight++;
        to.next = (to.next + 1) % to.targets.size();
        ending.accept(Optional.of(to.targets.get(to.next)));
    }

    /// A target answered one request.
    public void answered(String service) {
        known(service).inFlight--;
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
                service.inFlight = 0;
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
                    if (!to.targets.equals(targets)) {
                        to.targets = List.copyOf(targets);
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
                        released.forEach(held -> send(to, held.ending()));
                    }
                });
    }

    @Override
    public TrafficAnswer open(String service, List<Address> targets) {
        return change(
                service,
                to -> {
                    if (to.hold.isPresent() || !to.targets.equals(targets)) {
                        to.targets = List.copyOf(targets);
                        to.hold = Optional.empty();
                        to.generation++;
                        List<Held> released = List.copyOf(to.held);
                        to.held.clear();
                        released.forEach(held -> send(to, held.ending()));
                    }
                });
    }

    @Override
    public TrafficAnswer state(String service) {
        return change(service, _ -> {});
    }

    @Override
    public Optional<Map<String, TrafficRoute>> routes() {
        return Optional.of(
                services.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        one ->
                                                new TrafficRoute(
                                                        one.getValue().targets,
                                                        one.getValue().hold.isPresent()))));
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
                        : service.targets.isEmpty()
                                ? TrafficState.Mode.CLOSED
                                : TrafficState.Mode.OPEN;
        return new TrafficState(
                name,
                Address.local(1),
                mode,
                service.targets,
                service.held.size(),
                service.inFlight,
                service.inFlight + service.held.size(),
                service.generation);
    }
}
