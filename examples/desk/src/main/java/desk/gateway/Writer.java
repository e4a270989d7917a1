package desk.gateway;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The one thread that writes to the store: whatever waits goes into one transaction, and its effects follow the commit
/// in the same order. So a commit to the disk is paid once for many orders, and nothing is told before it is durable.
final class Writer implements AutoCloseable {
    private static final int BATCH_MAX = 256;
    private static final long RETRY_MILLIS = 50;
    private static final long GATHER_NANOS = 1_000_000;

    /// A part of a transaction. It may be run again after a rollback.
    @FunctionalInterface
    interface Work<T> {
        T run(OrderStore store) throws SQLException;
    }

    private final OrderStore store;
    private final BlockingQueue<Job<?>> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    Writer(OrderStore store, String name) {
        this.store = store;
        this.thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /// Runs work in the next transaction.
    ///
    /// @param after runs on the writer's thread once the work is durable; must not block
    /// @return completes after `after`; exceptionally when the store can't be written
    <T> CompletableFuture<T> submit(Work<T> work, Consumer<T> after) {
        var job = new Job<>(work, after, false);
        queue.add(job);
        return job.done;
    }

    /// As [#submit], but tried until it succeeds, before anything else: what the venue said must not be dropped.
    <T> void keep(Work<T> work, Consumer<T> after) {
        queue.add(new Job<>(work, after, true));
    }

    int waiting() {
        return queue.size();
    }

    private void run() {
        var batch = new ArrayList<Job<?>>();
        while (!closed) {
            try {
                if (batch.isEmpty()) {
                    batch.add(queue.take());
                    if (batch.getFirst().kept && queue.isEmpty()) {
                        // Nobody waits for it, and what the venue says comes in bursts.
                        LockSupport.parkNanos(GATHER_NANOS);
                    }
                } else {
                    // The store refused what must be kept; give it a moment.
                    TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
                }
                queue.drainTo(batch, Math.max(0, BATCH_MAX - batch.size()));
                batch = write(batch);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /// @return what must be tried again
    private ArrayList<Job<?>> write(List<Job<?>> batch) {
        try {
            store.begin();
            for (var job : batch) {
                job.run(store);
            }
            store.commit();
        } catch (SQLException e) {
            return failed(batch, e);
        } catch (RuntimeException | Error e) {
            // Not the store is at fault but one of them, which must not take the others with it.
            var again = failed(batch.size() > 1 ? List.of() : batch, e);
            if (batch.size() > 1) {
                batch.forEach(job -> again.addAll(write(List.of(job))));
            }
            return again;
        }
        batch.forEach(Job::succeeded);
        return new ArrayList<>();
    }

    private ArrayList<Job<?>> failed(List<Job<?>> batch, Throwable why) {
        rollback();
        batch.forEach(job -> job.failed(why));
        return new ArrayList<>(batch.stream().filter(job -> job.kept).toList());
    }

    private void rollback() {
        try {
            store.rollback();
        } catch (SQLException e) {
            // Nothing was begun, or SQLite has rolled back by itself, as it does when the disk is
            // full.
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private static final class Job<T> {
        private final Work<T> work;
        private final Consumer<T> after;
        private final boolean kept;
        private final CompletableFuture<T> done = new CompletableFuture<>();
        private T result;

        Job(Work<T> work, Consumer<T> after, boolean kept) {
            this.work = work;
            this.after = after;
            this.kept = kept;
        }

        void run(OrderStore store) throws SQLException {
            result = work.run(store);
        }

        void succeeded() {
            try {
                after.accept(result);
                done.complete(result);
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        }

        void failed(Throwable why) {
            if (!kept) {
                done.completeExceptionally(why);
            }
        }
    }
}
