package dev.pitcrew.runtime;

import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.model.OperationFailed;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Keeps a snapshot of the desk each time the ledger has grown enough. It folds the entries once more, on a thread of its own and by the very
/// function by which a start folds them, so that what it keeps is their fold and not what the loop happens to have in its hands.
final class PastKeeper {
    private static final long PATIENCE_SECONDS = 2;

    private final Ledger ledger;
    private final Recollection recollection;
    private final Executor thread;
    private Past past; // touched by that thread

    /// @param past as the controller began
    /// @param thread folds
    PastKeeper(Ledger ledger, Recollection recollection, Past past, Executor thread) {
        this.ledger = ledger;
        this.recollection = recollection;
        this.past = past;
        this.thread = thread;
    }

    /// A thread that keeps snapshots; what comes once it is ended is dropped.
    static ExecutorService thread() {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("snapshots").factory(),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /// Ends it, before the ledger is closed.
    static void end(ExecutorService thread) throws InterruptedException {
        thread.shutdown();
        var _ = thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /// Looks whether it is time for another one.
    void look() {
        thread.execute(this::keepIfDue);
    }

    private void keepIfDue() {
        if (recollection.isDue(Recollection.DESK, ledger.size())) {
            try {
                past = past.further(ledger);
            } catch (OperationFailed _) {
                return; // the ledger can't be read now
            }
            recollection.keep(Recollection.DESK, past.size(), past.kept());
        }
    }
}
