package dev.pitcrew.app;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Results of work on other threads.
final class Results {
    private Results() {}

    /// Waits for the result; a failure of the work, or an interruption, becomes one too.
    ///
    /// @param failed from the failure's words to the result
    static <T> T of(Future<T> work, Function<String, T> failed) {
        try {
            return work.get();
        } catch (ExecutionException e) {
            return failed.apply(String.valueOf(e.getCause()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return failed.apply("interrupted");
        }
    }
}
