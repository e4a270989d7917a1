package dev.pitcrew.runtime.http;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/// What came of a task that had a limit. The task ran on a virtual thread and is interrupted at the limit.
sealed interface Deadline<T> {
    record Answered<T>(T value) implements Deadline<T> {}

    record Failed<T>(Exception cause) implements Deadline<T> {}

    record Passed<T>() implements Deadline<T> {}

    static <T> Deadline<T> of(Duration limit, Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        Thread.ofVirtual().start(future);
        try {
            return new Answered<>(future.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            future.cancel(true);
            return new Passed<>();
        } catch (ExecutionException e) {
            return new Failed<>(e.getCause() instanceof Exception cause ? cause : e);
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            return new Failed<>(e);
        }
    }

    default <R> R match(
            Function<T, R> answered, Function<Exception, R> failed, Supplier<R> passed) {
        return switch (this) {
            case Answered<T>(T value) -> answered.apply(value);
            case Failed<T>(Exception cause) -> failed.apply(cause);
            case Passed<T> _ -> passed.get();
        };
    }
}
