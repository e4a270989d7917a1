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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Brings a desk down whose controller has ended: who depends on another goes before it, who is active drains and logs out first.
///
/// @param reach the desk
public record BringDown(Reach reach) {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final String BALANCER = "balancer";

    /// Why it should not be brought down now, with how many orders are open; empty when none is.
    public Optional<String> openOrders() {
        for (var service : reach.system().services()) {
            if (service.role() != Role.ORDER_ENTRY) {
                continue;
            }
            var alive = reach.alive(service);
            var counts = alive.stream().map(one -> reach.ask(one, ProbeName.OPEN_ORDERS)).toList();
            if (counts.stream().anyMatch(Optional::isEmpty)) {
                return Optional.of("how many orders of " + service.name() + " are open is unknown");
            }
            var most =
                    counts.stream()
                            .mapToLong(one -> Long.parseLong(one.orElseThrow()))
                            .max()
                            .orElse(0);
            if (most > 0) {
                return Optional.of("%d orders of %s are open".formatted(most, service.name()));
            }
        }
        return Optional.empty();
    }

    /// Stops everything that runs here.
    ///
    /// @return the instances that were stopped, in that order
    /// @throws OperationFailed when one can't be confirmed dead
    public List<String> stopAll() {
        var stopped = new ArrayList<String>();
        for (var service : inOrder()) {
            for (var one : reach.alive(service)) {
                if (service.singleActive().isPresent()) {
                    var token = token(one);
                    var _ =
                            reach.tell(
                                    one,
                                    HookName.DRAIN,
                                    token); // what it refuses, the stop ends anyway
                    var _ = reach.tell(one, HookName.DEACTIVATE, token);
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
        return stopped;
    }

    private Token token(Alive one) {
        return reach.ask(one, ProbeName.TOKEN)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(text -> new Token(Long.parseLong(text)))
                .orElse(Token.NONE);
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
        var files = LedgerFiles.of(reach.system(), environment, reach.folder());
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
                                                        "down",
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
