package dev.pitcrew.model;

import java.util.List;

/// A pure decision procedure over its own events.
///
/// Three laws hold for each, and `Lawful` checks them in each simulated run: *deterministic* (the same state and facts give the same
/// events), *quiet* (once those events are folded, the same facts give none), *replayable* (folding all events from
/// the start gives the state).
///
/// @param <S> the state, folded from events and from nothing else
/// @param <F> the facts: the outside world as it was last observed
/// @param <E> the events
public interface Decider<S, F, E> {
    /// The state after the event.
    ///
    /// @throws IllegalStateException when the event can't follow; the message names both
    S fold(S state, E event);

    /// What to append now, in order; empty when there is nothing to do.
    List<E> next(S state, F facts);
}
