package desk.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import desk.gateway.KillSources.Seen;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quickfix.FieldNotFound;
import quickfix.Message;

/// Stops all order flow: blocks new orders at once, latches that in the order store, cancels what is open, and watches
/// until nothing is. A full disk stops none of it; then the latch holds in this process only until the store takes writes
/// again, and says so.
final class KillSwitch {
    static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration STORE_LIMIT = Duration.ofMillis(300);
    private static final Duration ASK_EVERY = Duration.ofMillis(50);
    private static final Duration ANSWER_LIMIT = Duration.ofMillis(500);
    private static final long LOOK_MILLIS = 20;

    private final Cancels cancels;
    private final Session session;
    private final Writer writer;
    private final WorkingOrders working;
    private final KillSources sources;
    private volatile boolean blocking;
    private volatile boolean latched;
    private volatile boolean latchComing;
    private volatile boolean latchLate;
    private volatile boolean wantsSession;
    // The run that goes on, or the last one.
    private volatile Run run = new Run();
    private volatile String outcome = "";
    private volatile long openBefore;
    private volatile Seen seen = Seen.NOTHING;
    private volatile long toNoOpenOrderMillis = -1;

    /// One attempt at cancelling all. A later one, or a re-arm, takes its place, and it ends.
    private static final class Run {
        private final CompletableFuture<Boolean> noneOpen = new CompletableFuture<>();
        private final long start = System.nanoTime();
        private volatile long deadline;
        private boolean begun;
    }

    /// @param token the highest known; cancelling needs no right to send, but the venue may look at tokens
    KillSwitch(
            String instance,
            LongSupplier token,
            Session session,
            Writer writer,
            WorkingOrders working,
            KillSources sources) {
        this.cancels = new Cancels(instance, token, session, () -> sources.open(working));
        this.session = session;
        this.writer = writer;
        this.working = working;
        this.sources = sources;
        run.noneOpen.complete(false);
    }

    /// The latch was found in the order store.
    void found() {
        blocking = true;
        latched = true;
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
        return wantsSession;
    }

    /// From now on the session stays closed: the venue is to cancel because we are gone. Watching goes on.
    void letGo() {
        wantsSession = false;
    }

    /// Blocks new orders from this moment, in memory, and says how long cancelling may take from now on.
    ///
    /// @return tells whether no order is open any more, once [#start()] has begun and that is known
    synchronized CompletableFuture<Boolean> block(Duration limit) {
        blocking = true;
        if (run.noneOpen.isDone()) {
            run = new Run();
        }
        run.deadline = System.nanoTime() + limit.toNanos();
        return run.noneOpen;
    }

    /// Starts what was blocked for, unless it goes on already or the latch was lifted meanwhile.
    synchronized void start() {
        var mine = run;
        if (mine.begun || mine.noneOpen.isDone()) {
            return;
        }
        mine.begun = true;
        wantsSession = true;
        outcome = "";
        toNoOpenOrderMillis = -1;
        seen = Seen.NOTHING;
        sources.forget();
        Thread.ofVirtual().name("kill").start(() -> run(mine));
    }

    /// The latch is lifted: nothing more is cancelled.
    synchronized void release() {
        blocking = false;
        latched = false;
        wantsSession = false;
        outcome = "";
        run.noneOpen.complete(false);
    }

    /// Takes what the venue sent.
    void heard(Message message) throws FieldNotFound {
        sources.heard(message);
    }

    private void run(Run mine) {
        var none = false;
        try {
            latch();
            // What was marked as sending before the block is on the wire, or will never be, once
            // this is through.
            barrier();
            none = cancelAll(mine);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(mine, none);
        }
    }

    private synchronized void end(Run mine, boolean none) {
        if (mine.noneOpen.complete(none)) { // else it was released, and another may go on
            wantsSession = false;
        }
    }

    private void latch() throws InterruptedException {
        if (!latched && !latchComing) {
            latchComing = true;
            writer.keep(
                    store -> {
                        store.setKilled(true);
                        return true;
                    },
                    _ -> {
                        latchComing = false;
                        latched = true;
                    });
        }
        var deadline = System.nanoTime() + STORE_LIMIT.toNanos();
        while (!latched && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        latchLate = !latched;
    }

    private void barrier() throws InterruptedException {
        try {
            writer.submit(_ -> true, _ -> {}).get(STORE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // A store that can't be written marks nothing as sending either.
        }
    }

    private boolean cancelAll(Run mine) throws InterruptedException {
        openBefore = working.open();
        cancels.begin("KILL");
        var askAt = mine.start;
        while (!mine.noneOpen.isDone()) {
            var now = System.nanoTime();
            var loggedOn = session.loggedOn();
            cancel(mine);
            var late = sources.isWaiting() ? ANSWER_LIMIT.minus(ASK_EVERY).toNanos() : 0;
            if (loggedOn && now >= askAt + late) {
                // Behind the cancels in the same session, so the answer is of after them.
                sources.ask(session, "KILL-" + mine.start + "-s" + now);
                askAt = now + ASK_EVERY.toNanos();
            }
            // Our store knows what the venue said only while it takes writes and someone is logged
            // on.
            seen = sources.look(loggedOn, latched && wantsSession);
            var venueTold = sources.venueAnswered() || !loggedOn || isOver(mine, ANSWER_LIMIT);
            if (seen.none() && venueTold) {
                toNoOpenOrderMillis = (System.nanoTime() - mine.start) / 1_000_000;
                return true;
            }
            if (now > mine.deadline) {
                outcome = "orders may still live: " + seen.why(session.problem());
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return false;
    }

    private static boolean isOver(Run mine, Duration limit) {
        return System.nanoTime() - mine.start > limit.toNanos();
    }

    // Not after a release, not even once.
    private synchronized void cancel(Run mine) {
        if (!mine.noneOpen.isDone()) {
            cancels.proceed();
        }
    }

    void describe(ObjectNode status) {
        if (blocking) {
            status.set("kill", report(status.objectNode()));
        }
    }

    /// `{"latched", "running", "openBefore", "openNow", "noneOpenBy", "toNoOpenOrderMillis", "outcome"}`
    ObjectNode report(ObjectNode kill) {
        var unlatched =
                latchLate && !latched
                        ? "the latch can't be written, it holds in this process only"
                        : "";
        kill.put("latched", latched)
                .put("running", !run.noneOpen.isDone())
                .put("openBefore", openBefore)
                .put("openNow", seen.most())
                .put("toNoOpenOrderMillis", toNoOpenOrderMillis)
                .put(
                        "outcome",
                        Stream.of(unlatched, outcome)
                                .filter(text -> !text.isEmpty())
                                .collect(Collectors.joining("; ")));
        var by = kill.putArray("noneOpenBy");
        seen.noneBy().forEach(by::add);
        return kill;
    }
}
