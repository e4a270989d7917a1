package dev.pitcrew.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// Decides until there is nothing left to decide, so that a decider is quiet once its events are folded.
final class Quiet {
    private static final int ROUNDS_MAX =
            200; // no course has as many steps: more is a decider that never rests

    private Quiet() {}

    static <S> List<Event> decide(
            S state,
            Situation situation,
            BiFunction<S, Situation, List<Event>> once,
            BiFunction<S, Event, S> fold) {
        var events = new ArrayList<Event>();
        var more = once.apply(state, situation);
        for (int round = 0; !more.isEmpty(); round++) {
            if (round == ROUNDS_MAX) {
                throw new IllegalStateException("never quiet: " + more + " after " + state);
            }
            for (var event : more) {
                state = fold.apply(state, event);
                situation = situation.after(event);
            }
            events.addAll(more);
            more = once.apply(state, situation);
        }
        return List.copyOf(events);
    }
}
