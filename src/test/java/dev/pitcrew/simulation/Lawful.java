package dev.pitcrew.simulation;

import dev.pitcrew.model.Decider;
import java.util.List;

/// A decider that is held to the laws of [Decider] each time it decides: *deterministic* and *quiet*.
record Lawful<S, F, E>(Decider<S, F, E> decider) implements Decider<S, F, E> {
    @Override
    public S fold(S state, E event) {
        return decider.fold(state, event);
    }

    @Override
    public List<E> next(S state, F facts) {
        var events = decider.next(state, facts);
        var again = decider.next(state, facts);
        if (!events.equals(again)) {
            throw new InvariantBroken(
                    Invariant.LAWFUL, "not deterministic: " + events + ", then " + again);
        }
        if (events.isEmpty()) {
            return events; // and quiet: nothing was folded, and it was asked twice
        }
        var after = state;
        for (var event : events) {
            after = decider.fold(after, event);
        }
        var more = decider.next(after, facts);
        if (!more.isEmpty()) {
            throw new InvariantBroken(Invariant.LAWFUL, "not quiet: " + more + " after " + events);
        }
        return events;
    }
}
