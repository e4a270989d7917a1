package dev.pitcrew.runtime.docker;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.util.Optional;
import java.util.function.Function;

/// What came of a call to the engine.
///
/// @param <T> what it answers with
public sealed interface EngineAnswer<T> {
    /// It answered.
    record Got<T>(T value) implements EngineAnswer<T> {}

    /// It answered that there is no such thing.
    ///
    /// @param what its words
    record Missing<T>(String what) implements EngineAnswer<T> {}

    /// It answered that it won't.
    ///
    /// @param status of HTTP: 400 for what can't be, 409 for what is in the way, 500 for what went wrong
    /// @param what its words
    record Refused<T>(int status, String what) implements EngineAnswer<T> {}

    /// It did not answer, or not in time. What was asked for may have happened, may happen later, or never.
    ///
    /// @param why what went wrong, and what to look at
    record Silent<T>(String why) implements EngineAnswer<T> {}

    /// The same, with another value.
    default <U> EngineAnswer<U> map(Function<T, U> change) {
        return switch (this) {
            case Got<T>(var value) -> new Got<>(change.apply(value));
            case Missing<T>(var what) -> new Missing<>(what);
            case Refused<T>(var status, var what) -> new Refused<>(status, what);
            case Silent<T>(var why) -> new Silent<>(why);
        };
    }

    /// The value; empty when there is no such thing.
    ///
    /// @throws OperationFailed when the engine refused, or is silent
    default Optional<T> found() {
        return switch (this) {
            case Got<T>(var value) -> Optional.of(value);
            case Missing<T> _ -> Optional.empty();
            case Refused<T>(var status, var what) ->
                    throw new OperationFailed(
                            Code.UNREACHABLE,
                            "the Docker engine refused with " + status + ": " + what,
                            null);
            case Silent<T>(var why) -> throw new OperationFailed(Code.UNREACHABLE, why, null);
        };
    }

    /// The value.
    ///
    /// @throws OperationFailed when there is none
    default T orThrow() {
        return found().orElseThrow(
                        () ->
                                new OperationFailed(
                                        Code.UNREACHABLE,
                                        "the Docker engine knows of no such thing: " + why(),
                                        null));
    }

    /// Why there is no value; empty when there is one.
    default String why() {
        return switch (this) {
            case Got<T> _ -> "";
            case Missing<T>(var what) -> what;
            case Refused<T>(_, var what) -> what;
            case Silent<T>(var why) -> why;
        };
    }
}
