package dev.pitcrew.deploy;

/// What a step wants to happen now.
sealed interface Move {
    /// The step is taken.
    ///
    /// @param evidence what was seen, with its numbers
    record Taken(String evidence) implements Move {}

    /// The step can never be taken.
    record Failed(String reason) implements Move {}

    /// An effect is needed first.
    record Perform(Effect effect) implements Move {}

    /// Nothing to do but to wait.
    ///
    /// @param reason what is missing; it becomes the failure when the limit is over
    record Wait(String reason) implements Move {}

    /// Something is decided that the step goes on from.
    record Note(Event event) implements Move {}

    /// A person has to decide, who has a limit of his own.
    ///
    /// @param whom who, and what about
    record Ask(String whom) implements Move {}
}
