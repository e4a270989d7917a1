package dev.pitcrew.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Turns many writers' requests into few commits: whoever arrives while a commit is under way joins the next one.
///
/// There is no thread of its own: the first waiting writer commits for all that wait with it, then hands the lead on.
///
/// @param <R> a request; the commit may leave its results in it
public final class GroupCommit<R> {
    private final Consumer<List<R>> commit;
    private final int weightMax;
    private final ToIntFunction<R> weight;
    private final ReentrantLock lock = new ReentrantLock();
    private List<Waiting<R>> queue = new ArrayList<>();
    private boolean committing;

    /// @param commit makes all requests durable, or throws; never runs twice at a time
    /// @param weightMax of the requests in one commit together; one that weighs more goes alone
    /// @param weight of a request, at least 1: how much there is to commit
    public GroupCommit(Consumer<List<R>> commit, int weightMax, ToIntFunction<R> weight) {
        this.commit = commit;
        this.weightMax = weightMax;
        this.weight = weight;
    }

    /// Returns once the request is committed; throws what the commit threw.
    public void submit(R request) {
        var mine = new Waiting<>(request, lock.newCondition());
        List<Waiting<R>> batch;
        lock.lock();
        try {
            queue.add(mine);
            if (!committing) {
                committing = true;
                mine.leads = true;
            }
            while (!mine.isDone && !mine.leads) {
                mine.changed.awaitUninterruptibly();
            }
            if (mine.isDone) {
                mine.rethrow();
                return;
            }
            batch = takeBatch();
        } finally {
            lock.unlock();
        }
        var failure = commit(batch);
        finish(batch, failure);
        mine.rethrow();
    }

    private List<Waiting<R>> takeBatch() {
        var waiting = queue;
        int count = 1;
        int total = weight.applyAsInt(waiting.getFirst().request);
        for (; count < waiting.size(); count++) {
            total += weight.applyAsInt(waiting.get(count).request);
            if (total > weightMax) {
                break;
            }
        }
        queue = new ArrayList<>(waiting.subList(count, waiting.size()));
        return waiting.subList(0, count);
    }

    /// Catches everything, since a follower must learn of an error as well, or it would wait for ever.
    private @Nullable Throwable commit(List<Waiting<R>> batch) {
        try {
            commit.accept(batch.stream().map(w -> w.request).toList());
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    private void finish(List<Waiting<R>> batch, @Nullable Throwable failure) {
        lock.lock();
        try {
            for (var waiting : batch) {
                waiting.isDone = true;
                waiting.failure = failure;
                waiting.changed.signal();
            }
            committing = !queue.isEmpty();
            if (committing) {
                queue.getFirst().leads = true;
                queue.getFirst().changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private static final class Waiting<R> {
        final R request;
        final Condition changed;
        boolean leads;
        boolean isDone;
        @Nullable Throwable failure;

        Waiting(R request, Condition changed) {
            this.request = request;
            this.changed = changed;
        }

        void rethrow() {
            switch (failure) {
                case null -> {}
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalStateException(failure);
            }
        }
    }
}
