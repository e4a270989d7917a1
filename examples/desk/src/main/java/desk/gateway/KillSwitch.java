package desk.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/// Stops all order flow: blocks new orders at once, latches that in the order store, cancels what is open, and watches
/// until nothing is. A full disk stops none of it; then the latch holds in this process only, and says so.
final class KillSwitch {
    static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration LATCH_LIMIT = Duration.ofMillis(300);
    private static final long LOOK_MILLIS = 20;

    private final Cancels cancels;
    private final Session session;
    private final Writer writer;
    private final WorkingOrders working;
    private final DropCopyBooks dropCopy;
    private volatile boolean blocking;
    private volatile boolean latched;
    private volatile boolean running;
    private volatile CountDownLatch ended = new CountDownLatch(1);
    private volatile String outcome = "";
    private volatile long openBefore;
    private volatile long openNow;
    private volatile long toNoOpenOrderMillis = -1;

    /// @param token the highest known; cancelling needs no right to send, but the venue may look at tokens
    KillSwitch(
            String instance,
            LongSupplier token,
            Session session,
            Writer writer,
            WorkingOrders working,
            DropCopyBooks dropCopy) {
        this.cancels = new Cancels(instance, token, session, working);
        this.session = session;
        this.writer = writer;
        this.working = working;
        this.dropCopy = dropCopy;
    }

    /// Blocks new orders from this moment, in memory.
    void block() {
        blocking = true;
    }

    boolean blocking() {
        return blocking;
    }

    /// Whether the latch is known to be in the order store.
    boolean latched() {
        return latched;
    }

    /// Whether the session is needed to cancel, even by an instance that isn't active.
    boolean needsSession() {
        return running;
    }

    boolean await(Duration limit) {
        try {
            return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void release() {
        blocking = false;
        latched = false;
        running = false;
        outcome = "";
    }

    /// Starts, or starts again: cancelling twice does no harm.
    void start(Duration limit) {
        blocking = true;
        if (running) {
            return;
        }
        running = true;
        ended = new CountDownLatch(1);
        Thread.ofVirtual().name("kill").start(() -> run(limit));
    }

    private void run(Duration limit) {
        var start = System.nanoTime();
        try {
            latch();
            // What was marked as sending before the block is on the wire, or will never be, once
            // this is through.
            barrier();
            cancelAll(start, start + limit.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running = false;
            ended.countDown();
        }
    }

    private void latch() throws InterruptedException {
        try {
            writer.submit(
                            store -> {
                                store.setKilled(true);
                                return true;
                            },
                            _ -> latched = true)
                    .get(LATCH_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            outcome =
                    "the latch can't be written, it holds in this process only: " + e.getMessage();
        }
    }

    private void barrier() throws InterruptedException {
        try {
            writer.submit(_ -> true, _ -> {}).get(LATCH_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // A store that can't be written marks nothing as sending either.
        }
    }

    private void cancelAll(long start, long deadline) throws InterruptedException {
        openBefore = working.open();
        cancels.begin("KILL");
        while (System.nanoTime() < deadline) {
            cancels.proceed();
            if (noneOpen(cancels.rounds())) {
                toNoOpenOrderMillis = (System.nanoTime() - start) / 1_000_000;
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        outcome += (outcome.isEmpty() ? "" : "; ") + "orders may still live: " + session.problem();
    }

    /// By the drop copy, which also sees what our store missed; by our own books when it doesn't answer.
    private boolean noneOpen(int rounds) {
        Optional<Long> theirs =
                dropCopy.read()
                        .map(books -> books.values().stream().mapToLong(line -> line.open()).sum());
        openNow = theirs.orElseGet(() -> (long) working.openOrders().size());
        return openNow == 0 && working.unanswered() == 0 && (rounds > 0 || theirs.isPresent());
    }

    void describe(ObjectNode status) {
        if (!blocking) {
            return;
        }
        status.putObject("kill")
                .put("latched", latched)
                .put("running", running)
                .put("openBefore", openBefore)
                .put("openNow", openNow)
                .put("toNoOpenOrderMillis", toNoOpenOrderMillis)
                .put("outcome", outcome);
    }
}
