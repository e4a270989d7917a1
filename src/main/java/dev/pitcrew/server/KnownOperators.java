package dev.pitcrew.server;

import dev.pitcrew.deploy.DeskEvent.OperatorAdded;
import dev.pitcrew.deploy.DeskEvent.OperatorRemoved;
import dev.pitcrew.deploy.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Who the ledger knows as operators: a fold over it. Pure.
///
/// Whoever owns the data folder can add an operator, whatever we do; but nobody acts as one before the ledger names him.
///
/// @param keys by name, as [Operators.Listed] has them
record KnownOperators(Map<String, String> keys) {
    /// The ledger is empty.
    static final KnownOperators NONE = new KnownOperators(Map.of());

    private static final String DESK = "*";

    KnownOperators {
        keys = Collections.unmodifiableMap(new TreeMap<>(keys));
    }

    KnownOperators fold(Event event) {
        var next = new TreeMap<>(keys);
        switch (event) {
            case OperatorAdded one -> next.put(one.operator(), one.key());
            case OperatorRemoved one -> next.remove(one.operator());
            default -> {
                return this;
            }
        }
        return new KnownOperators(next);
    }

    /// Whether it knows an operator, with this very token.
    boolean has(Operators.Listed one) {
        return one.key().equals(keys.get(one.name()));
    }

    /// What it has yet to learn.
    ///
    /// @param now who is an operator
    List<Event> unseen(List<Operators.Listed> now, Instant at) {
        var events = new ArrayList<Event>();
        keys.keySet().stream()
                .filter(name -> now.stream().noneMatch(one -> one.name().equals(name)))
                .forEach(name -> events.add(new OperatorRemoved(at, DESK, name)));
        now.stream()
                .filter(one -> !has(one))
                .forEach(
                        one ->
                                events.add(
                                        new OperatorAdded(
                                                at, DESK, one.name(), one.by(), one.key())));
        return List.copyOf(events);
    }
}
