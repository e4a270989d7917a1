package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.model.Fraction;
import dev.pitcrew.model.Service;
import dev.pitcrew.runtime.balancer.Traffic;
import dev.pitcrew.runtime.balancer.TrafficAnswer;
import dev.pitcrew.runtime.balancer.TrafficSplit;
import dev.pitcrew.runtime.http.Address;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Tells the balancer where new requests go, and waits for those on their way, for a while. Any thread may call.
///
/// @param addresses where instances listen
record SteeringPerformer(Supplier<Desk> desk, Traffic traffic, Addresses addresses) {
    private static final Duration IN_FLIGHT_LIMIT =
            Duration.ofMillis(500); // then the drain of the service itself has to do
    private static final Duration IN_FLIGHT_LOOK = Duration.ofMillis(2);

    Came perform(Service service, String course, Effect.Steering effect) {
        return switch (effect) {
            case Effect.Hold(var limit) -> hold(service, limit, course);
            case Effect.Route(var targets) -> route(service, targets, course);
            case Effect.RouteBack(var targets) -> route(service, targets, course);
            case Effect.Share(var rest, var canaries, var share) ->
                    share(service, rest, canaries, share, course);
        };
    }

    /// Holds new requests, and lets those that are on their way come to their end, for a while.
    private Came hold(Service service, Duration limit, String course) {
        var until = System.nanoTime() + IN_FLIGHT_LIMIT.toNanos();
        var answer = traffic.under(course).hold(service.name(), limit);
        while (answer instanceof TrafficAnswer.Stands(var state)
                && state.inFlight() > 0
                && System.nanoTime() < until) {
            LockSupport.parkNanos(IN_FLIGHT_LOOK.toNanos());
            answer = traffic.state(service.name());
        }
        var left = answer instanceof TrafficAnswer.Stands(var state) ? state.inFlight() : 0;
        var what = traffic.canHold() ? "held" : "refused with 503";
        return steered(
                answer,
                left == 0
                        ? "new requests are %s, none is on its way".formatted(what)
                        : "new requests are %s, %d still on their way".formatted(what, left));
    }

    private Came route(Service service, List<String> targets, String course) {
        if (service.rollout().sticky().isPresent()) {
            return share(service, targets, List.of(), new Fraction(0), course);
        }
        var unknown = unknown(targets);
        return unknown.isPresent()
                ? new Came.Not(unknown.get())
                : left(
                        service,
                        steering(service, targets, course).open(service.name(), addresses(targets)),
                        "traffic goes to " + String.join(", ", targets));
    }

    /// Whoever is not listed any more owns nothing; so orders of one that ended go to whoever is next, as new ones do.
    private Came share(
            Service service,
            List<String> rest,
            List<String> canaries,
            Fraction share,
            String course) {
        var unknown = unknown(rest).or(() -> unknown(canaries));
        if (unknown.isPresent()) {
            return new Came.Not(unknown.get());
        }
        var owners = new TreeMap<String, Address>();
        for (var name : desk.get().service(service.name()).roster().instances().keySet()) {
            addresses.of(name).ifPresent(address -> owners.put(name, address));
        }
        var split =
                new TrafficSplit(
                        addresses(rest),
                        addresses(canaries),
                        share,
                        service.rollout().sticky().orElse(TrafficSplit.KEYLESS),
                        owners);
        var all = Stream.concat(rest.stream(), canaries.stream()).toList();
        return left(
                service,
                steering(service, all, course).split(service.name(), split),
                "traffic goes to " + String.join(", ", all));
    }

    /// The balancer is told what the order belongs to, and what started each target, which goes along with each request.
    private Traffic steering(Service service, List<String> targets, String course) {
        var origins = desk.get().service(service.name()).roster().origins();
        var changes = new HashMap<Address, String>();
        for (var target : targets) {
            Optional.ofNullable(origins.get(target))
                    .ifPresent(
                            origin ->
                                    addresses.of(target).ifPresent(at -> changes.put(at, origin)));
        }
        return traffic.under(course).marking(changes);
    }

    /// Once nothing is on its way to whoever gets no new requests, so that it can end; for a while. Where long connections have a limit, what
    /// is left by then is closed.
    private Came left(Service service, TrafficAnswer told, String detail) {
        var patience = traffic.patience(service.name());
        var until = System.nanoTime() + patience.orElse(IN_FLIGHT_LIMIT).toNanos();
        var answer = told;
        while (answer instanceof TrafficAnswer.Stands(var state)
                && state.leaving() > 0
                && System.nanoTime() < until) {
            LockSupport.parkNanos(IN_FLIGHT_LOOK.toNanos());
            answer = traffic.state(service.name());
        }
        if (patience.isEmpty()
                || !(answer instanceof TrafficAnswer.Stands(var state))
                || state.leaving() == 0) {
            return steered(told, detail);
        }
        return steered(
                traffic.cut(service.name()),
                "%s; closed after %d ms: connections to others, %d"
                        .formatted(detail, patience.get().toMillis(), state.leaving()));
    }

    private Optional<String> unknown(List<String> targets) {
        return targets.stream()
                .filter(target -> addresses.of(target).isEmpty())
                .map(target -> "nobody knows where " + target + " listens")
                .findFirst();
    }

    private List<Address> addresses(List<String> targets) {
        return targets.stream().flatMap(target -> addresses.of(target).stream()).toList();
    }

    private static Came steered(TrafficAnswer answer, String detail) {
        return switch (answer) {
            case TrafficAnswer.Stands(var state) ->
                    new Came.Done("%s, generation %d".formatted(detail, state.generation()));
            case TrafficAnswer.Refused(var reason) -> new Came.Not(reason);
            case TrafficAnswer.Unreachable(var reason) -> new Came.Not(reason);
        };
    }
}
