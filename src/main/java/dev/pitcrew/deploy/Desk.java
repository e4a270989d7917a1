package dev.pitcrew.deploy;

import dev.pitcrew.model.Decider;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// All that the ledger says of the desk, and the one decider over it: for each service first the rollout, then the keeper.
///
/// @param services by name; a service of which nothing happened yet is absent
/// @param freeze the freeze in force
/// @param rollouts how many rollouts were ever planned
/// @param emergencies emergency changes that nobody else has re-assessed yet, by rollout, oldest first
public record Desk(
        Map<String, ServiceState> services,
        Optional<DeskEvent.Frozen> freeze,
        int rollouts,
        SequencedMap<String, RolloutEvent.Approved> emergencies) {
    /// Nothing happened yet.
    public static final Desk EMPTY = new Desk(Map.of(), Optional.empty(), 0, new LinkedHashMap<>());

    public Desk {
        // Sorted, so that the same events are folded and performed in the same order in every
        // process.
        services = Collections.unmodifiableMap(new TreeMap<>(services));
        emergencies = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(emergencies));
    }

    /// The state of a service.
    public ServiceState service(String name) {
        var known = services.get(name);
        return known == null ? ServiceState.empty(name) : known; // asked all the time
    }

    /// The name of the next rollout, such as `r7`.
    public String nextRollout() {
        return "r" + (rollouts + 1);
    }

    /// Decides for one desk; the system file says what the services are.
    ///
    /// @param system the effective system of the environment
    public static Decider<Desk, Facts, Event> decider(
            TradingSystem system, Environment environment) {
        var terms = Terms.of(system, environment);
        return new Decider<>() {
            @Override
            public Desk fold(Desk desk, Event event) {
                return desk.fold(event);
            }

            @Override
            public List<Event> next(Desk desk, Facts facts) {
                var events = new ArrayList<Event>();
                for (var service : system.services()) {
                    events.addAll(desk.next(service, facts, terms));
                }
                return List.copyOf(events);
            }
        };
    }

    /// The state after an event.
    ///
    /// @throws IllegalStateException when the event can't follow
    public Desk fold(Event event) {
        var next = new TreeMap<>(services);
        if (!event.service().equals("*")) {
            next.put(event.service(), service(event.service()).fold(event));
        }
        var frozen =
                switch (event) {
                    case DeskEvent.Frozen one -> Optional.of(one);
                    case DeskEvent.Thawed _ -> Optional.<DeskEvent.Frozen>empty();
                    default -> freeze;
                };
        return new Desk(
                next,
                frozen,
                rollouts + (event instanceof RolloutEvent.Planned ? 1 : 0),
                emergencies(event));
    }

    private SequencedMap<String, RolloutEvent.Approved> emergencies(Event event) {
        var open = new LinkedHashMap<>(emergencies);
        switch (event) {
            case RolloutEvent.Approved one when one.emergency() -> open.put(one.rollout(), one);
            case DeskEvent.Reassessed one -> open.remove(one.rollout());
            default -> {} // nothing about an emergency
        }
        return open;
    }

    private List<Event> next(Service service, Facts facts, Terms terms) {
        var state = service(service.name());
        return Quiet.decide(
                state,
                Situation.of(service, state, facts, terms),
                (now, _) -> now.next(service, facts, terms),
                ServiceState::fold);
    }
}
