package dev.pitcrew.runtime;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The one thread that decides, turn after turn, as long as we lead and no witness objects.
final class Turning implements AutoCloseable {
    private static final Duration LOOK_LIMIT =
            Duration.ofSeconds(2); // whoever has not answered by then is not waited for

    private final Loop loop;
    private final Observer observer;
    private final Underway underway;
    private final Leadership leadership;
    private final Witnesses witnesses;
    private final Alarm alarm;
    private final Thread thread = Thread.ofPlatform().name("loop").unstarted(this::run);
    private volatile boolean isClosing;
    private volatile @Nullable RuntimeException fault;

    Turning(
            Loop loop,
            Observer observer,
            Underway underway,
            Leadership leadership,
            Witnesses witnesses,
            Alarm alarm) {
        this.loop = loop;
        this.observer = observer;
        this.underway = underway;
        this.leadership = leadership;
        this.witnesses = witnesses;
        this.alarm = alarm;
    }

    /// Begins to decide.
    void start() {
        thread.start();
    }

    /// Why nothing is decided, or what can't be written.
    Optional<RuntimeException> trouble() {
        return (leadership.holds()
                        ? Optional.<RuntimeException>ofNullable(loop.trouble())
                        : Optional.<RuntimeException>of(notLeading()))
                .or(() -> Optional.ofNullable(fault));
    }

    private void run() {
        boolean hasResumed = false;
        boolean hasLooked = false;
        var began = System.nanoTime();
        while (!isClosing) {
            try {
                var objection = witnesses.objection();
                if (objection.isPresent()) {
                    loop.refuse(disputed(objection.get()));
                } else if (!leadership.holds()) {
                    loop.refuse(notLeading());
                } else {
                    if (!hasResumed) {
                        loop.resume();
                        hasResumed = true;
                    }
                    // While we were away steps grew overdue, and with nothing seen yet they would
                    // be given up.
                    hasLooked |=
                            observer.hasLooked()
                                    || System.nanoTime() - began > LOOK_LIMIT.toNanos();
                    if (hasLooked) {
                        var wasCalm = underway.isCalm();
                        loop.tick(observer.facts());
                        if (wasCalm && !underway.isCalm()) {
                            observer.hurry();
                        }
                    }
                    fault = null;
                }
                alarm.await(underway.isCalm());
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) { // a fault of ours must not end the watch over the desk
                if (fault == null) {
                    System.getLogger(Turning.class.getName())
                            .log(
                                    System.Logger.Level.ERROR,
                                    "a turn of the loop failed; going on",
                                    e);
                }
                fault = e;
            }
        }
    }

    /// It reads on, and does nothing; what was intended is decided anew by whoever leads.
    private static OperationFailed notLeading() {
        return new OperationFailed(
                Code.LEDGER_LEASE_LOST,
                "this controller doesn't lead at the moment: its lease on the ledger can't be renewed, or another one has it; `pitcrew kill` works all the same",
                null);
    }

    private static OperationFailed disputed(String objection) {
        return new OperationFailed(Code.LEDGER_DISPUTED, objection, null);
    }

    /// Ends after the turn that is underway.
    @Override
    public void close() {
        isClosing = true;
        alarm.ring();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
