package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Event;
import dev.pitcrew.model.OperationFailed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Appends to a journal by another thread, one batch at a time, and waits for it only a little: a disk that hangs must not keep the loop
/// from what never waits for the ledger. One thread calls it.
final class Appending {
    private final Journal journal;
    private final Executor writer;
    private final Duration patience;
    private @Nullable CompletableFuture<@Nullable Void> underway;

    /// @param writer runs one append at a time
    /// @param patience how long an append is waited for
    Appending(Journal journal, Executor writer, Duration patience) {
        this.journal = journal;
        this.writer = writer;
        this.patience = patience;
    }

    /// Begins to append, and waits for it a little.
    ///
    /// @return whether it is durable; else [#isDurable] tells later, and until then nothing else may be begun
    /// @throws OperationFailed and whatever else the journal throws
    boolean begin(List<Event> events) {
        if (underway != null) {
            throw new IllegalStateException("the batch before is not written yet");
        }
        underway =
                CompletableFuture.<@Nullable Void>supplyAsync(
                        () -> {
                            journal.append(events);
                            return null;
                        },
                        writer);
        return isDurable(patience);
    }

    /// Whether what was begun is durable by now.
    ///
    /// @throws OperationFailed and whatever else the journal throws; then it is over, and nothing was kept
    boolean isDurable() {
        return isDurable(Duration.ZERO);
    }

    private boolean isDurable(Duration limit) {
        var end = underway;
        if (end == null) {
            throw new IllegalStateException("nothing is being written");
        }
        try {
            if (!end.isDone() && limit.isZero()) {
                return false;
            }
            end.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            underway = null;
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (InterruptedException _) { // we are to end; whoever comes next reads what was kept
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            underway = null;
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
