package dev.pitcrew.app;

import dev.pitcrew.app.Reach.Alive;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectConfirmed;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Role;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Token;
import dev.pitcrew.runtime.LedgerJournal;
import dev.pitcrew.runtime.http.HookAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Brings a desk down whose controller has ended: who depends on another goes before it, who is active drains and logs out first.
///
/// @param reach the desk
/// @param clock for limits
public record BringDown(Reach reach, InstantSource clock) {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofSeconds(1); // at most, until a source has told
    private static final long EVERY_NANOS = 20_000_000;
    private static final String BALANCER = "balancer";
    private static final String COURSE = "down";

    /// What was stopped, and what was not as it should have been.
    ///
    /// @param instances in the order in which they were stopped
    /// @param troubles one sentence each
    public record Down(List<String> instances, List<String> troubles) {
        public Down {
            instances = List.copyOf(instances);
            troubles = List.copyOf(troubles);
        }
    }

    /// Why it should not be brought down now, with how many orders are open; empty when none is, and when nothing runs.
    ///
    /// Whose instances are all dead may have left orders at the venue: then only the drop copy can tell.
    public Optional<String> openOrders() {
        var known = reach.processes().known();
        if (known.stream().allMatch(one -> one.state().dead())) {
            return Optional.empty();
        }
        return reach.system().services().stream()
                .filter(one -> one.role() == Role.ORDER_ENTRY)
                .filter(
                        service ->
                                known.stream()
                                        .anyMatch(one -> one.service().equals(service.name())))
                .flatMap(service -> openOrders(service).stream())
                .findFirst();
    }

    private Optional<String> openOrders(Service service) {
        var alive = reach.alive(service);
        var open = alive.isEmpty() ? left(service) : most(alive);
        if (open.isEmpty()) {
            return Optional.of("how many orders of " + service.name() + " are open is unknown");
        }
        return open.filter(count -> count > 0)
                .map(count -> "%d orders of %s are open".formatted(count, service.name()));
    }

    /// The most that any instance counts; empty when one can't tell.
    private Optional<Long> most(List<Alive> alive) {
        var counts = alive.stream().map(one -> reach.count(one, ProbeName.OPEN_ORDERS)).toList();
        return counts.stream().allMatch(Optional::isPresent)
                ? counts.stream().map(Optional::orElseThrow).max(Long::compare)
                : Optional.empty();
    }

    /// What instances that are dead left at the venue, as the drop copy tells it.
    private Optional<Long> left(Service service) {
        var only =
                new KillOrder(COURSE, Optional.of(service.name()), Optional.empty(), LOOK, "", "");
        var scope = KillScope.of(reach.system(), only);
        try (var watch = new OrderWatch(scope, reach, clock).start()) {
            return watch.awaitNone(Instant.MIN, LOOK)
                    .map(_ -> 0L)
                    .or(() -> Optional.ofNullable(watch.count()));
        }
    }

    /// Stops everything that runs here.
    ///
    /// @throws OperationFailed when one can't be confirmed dead
    public Down stopAll() {
        var stopped = new ArrayList<String>();
        var troubles = new ArrayList<String>();
        for (var service : inOrder()) {
            for (var one : reach.alive(service)) {
                if (service.singleActive().isPresent()) {
                    var token = reach.token(one);
                    drain(one, token, service.singleActive().get().drain().limit())
                            .ifPresent(troubles::add);
                    // What it refuses, the stop ends anyway.
                    var _ = reach.tell(one, HookName.DEACTIVATE, token, COURSE);
                }
                stop(one.name());
                stopped.add(one.name());
            }
        }
        if (reach.processes().known().stream()
                .anyMatch(one -> one.instance().equals(BALANCER) && !one.state().dead())) {
            stop(BALANCER);
            stopped.add(BALANCER);
        }
        return new Down(stopped, troubles);
    }

    /// Drains, and waits until the venue owes no answer, at most as long as a drain may take.
    ///
    /// @return what it was still owed
    private Optional<String> drain(Alive one, Token token, Duration limit) {
        var end = clock.instant().plus(limit);
        var answer = reach.tell(one, HookName.DRAIN, token, COURSE);
        if (!(answer instanceof HookAnswer.Done || answer instanceof HookAnswer.InProgress)
                || one.service().probe(ProbeName.UNANSWERED).isEmpty()) {
            return Optional.empty(); // what it refuses, the stop ends anyway
        }
        var owed = reach.count(one, ProbeName.UNANSWERED);
        while (owed.orElse(1L) > 0 && clock.instant().isBefore(end)) {
            LockSupport.parkNanos(EVERY_NANOS);
            owed = reach.count(one, ProbeName.UNANSWERED);
        }
        return owed.isEmpty()
                ? Optional.of(one.name() + " did not say what it is owed before it was stopped")
                : owed.filter(count -> count > 0)
                        .map(
                                count ->
                                        "%s was stopped while the venue owed it %d answers"
                                                .formatted(one.name(), count));
    }

    private void stop(String instance) {
        var state = reach.processes().stop(instance, GRACE);
        if (!state.dead()) {
            throw new OperationFailed(
                    OperationFailed.Code.UNREACHABLE,
                    instance + " can't be confirmed dead: " + state,
                    null);
        }
    }

    /// Who depends on another, before it.
    private List<Service> inOrder() {
        var order = new LinkedHashSet<Service>();
        reach.system().services().forEach(one -> after(one, order));
        return List.copyOf(order).reversed();
    }

    private void after(Service service, LinkedHashSet<Service> order) {
        service.dependsOn().forEach(name -> after(reach.system().service(name), order));
        order.add(service);
    }

    /// Tells the ledger, so that the next controller takes nobody's end for a failure.
    public void writeDown(
            List<String> stopped, Environment environment, String by, String reason, Instant at) {
        var files = LedgerFiles.of(reach.system(), environment, reach.folder(), System.getenv());
        if (!files.exist()) {
            return;
        }
        try (var ledger = files.writing()) {
            var events = new ArrayList<Event>();
            for (var service : reach.system().services()) {
                stopped.stream()
                        .filter(one -> one.matches(service.name() + "-\\d+"))
                        .forEach(
                                one ->
                                        events.add(
                                                new EffectConfirmed(
                                                        at,
                                                        service.name(),
                                                        COURSE,
                                                        new Effect.Stop(one),
                                                        "down by "
                                                                + by
                                                                + (reason.isEmpty()
                                                                        ? ""
                                                                        : ": " + reason))));
            }
            new LedgerJournal(ledger).append(events);
        }
    }
}
