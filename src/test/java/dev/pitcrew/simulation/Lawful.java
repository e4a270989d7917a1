package dev.pitcrew.simulation;

import dev.pitcrew.model.Decider;
import java.util.List;

/// A decider that is held to the laws of [Decider] whenever it decides something, and now and then when it doesn't, which is most of the time:
/// *deterministic* and *quiet*.
final class Lawful<S, F, E> implements Decider<S, F, E> {
    private static final int NOW_AND_THEN = 4;

    private final Decider<S, F, E> decider;
    private int silences;

    Lawful(Decider<S, F, E> decider) {
        this.decider = decider;
    }

    @Override
    public S fold(S state, E event) {
        return decider.fold(state, event);
    }

    @Override
    public List<E> next(S state, F facts) {
        var events = decider.next(state, facts);
        if (events.isEmpty() && ++silences % NOW_AND_THEN != 0) {
            return events;
        }
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
