package dev.pitcrew.runtime;

/// What came of an effect.
sealed interface Came {
    /// It is done.
    record Done(String detail) implements Came {}

    /// It is not, as far as anybody knows.
    record Not(String reason) implements Came {}
}
