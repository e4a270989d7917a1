package dev.pitcrew.runtime;

import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.Witness;
import dev.pitcrew.ledger.WitnessState;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.ledger.CheckpointFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Signs what the ledger has grown to, tells the witnesses, and asks them before anything is done whether it is still the
/// ledger that they know.
final class Witnesses implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(3);
    private static final String RESTORE =
            "nothing is done until the newest copy of the ledger is restored and the controller restarted";
    private static final Duration REST =
            Duration.ofMinutes(1); // asked so often while nothing is new

    private final Ledger ledger;
    private final List<Witness> witnesses;
    private final InstantSource clock;
    private final Map<String, WitnessState> states = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("witnesses").factory());
    private long signed = -1; // touched by the timer's thread
    private volatile Optional<Instant> seen = Optional.empty();

    Witnesses(Ledger ledger, List<Witness> witnesses, InstantSource clock) {
        this.ledger = ledger;
        this.witnesses = List.copyOf(witnesses);
        this.clock = clock;
        this.witnesses.forEach(one -> states.put(one.name(), WitnessState.compare(ledger, one)));
    }

    /// Begins to publish, every few seconds while the ledger grows. A witness that was silent is asked again.
    void start() {
        var _ =
                timer.scheduleWithFixedDelay(
                        this::publish, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void publish() {
        if (witnesses.isEmpty()) {
            sign(ledger.size());
            return;
        }
        for (var witness : witnesses) {
            var now = clock.instant();
            var size = ledger.size();
            var isDue =
                    states.get(witness.name()) instanceof WitnessState.Agreed(long known)
                            ? known != size
                                    || seen.filter(at -> at.plus(REST).isAfter(now)).isEmpty()
                            : true;
            if (isDue) {
                publish(witness, now);
            }
        }
    }

    /// Nobody to tell, but whoever lacks the key can't rewrite what it covers.
    private void sign(long size) {
        try {
            if (signed != size) {
                ledger.checkpoint();
                signed = size;
            }
        } catch (OperationFailed e) {
            signed = -1; // tried again; that the ledger can't be written, the loop says
        }
    }

    private void publish(Witness witness, Instant now) {
        try {
            var answer = WitnessState.submit(ledger, witness);
            answered(witness, answer);
            if (answer instanceof WitnessState.Agreed) {
                seen = Optional.of(now);
            }
        } catch (OperationFailed e) {
            answered(witness, new WitnessState.Silent(String.valueOf(e.getMessage())));
        }
    }

    private void answered(Witness witness, WitnessState answer) {
        states.merge(witness.name(), answer, WitnessState::then);
    }

    /// When a witness last knew all that the ledger had.
    Optional<Instant> seen() {
        return seen;
    }

    /// What each one says, by its name.
    Map<String, WitnessState> states() {
        return new TreeMap<>(states);
    }

    /// Why nobody may act on this ledger: a witness knows a larger one, or another past.
    Optional<String> objection() {
        return states().entrySet().stream()
                .filter(one -> one.getValue().forbidsActing())
                .map(one -> objection(one.getKey(), one.getValue()))
                .findFirst();
    }

    private String objection(String witness, WitnessState state) {
        return switch (state) {
            case WitnessState.Ahead(long size, long ours) ->
                    "witness %s knows %d entries and this ledger has %d: it was restored from an old copy or cut; %s"
                            .formatted(witness, size, ours, RESTORE);
            case WitnessState.Forked(long size) ->
                    "witness %s knows another past of %d entries than this ledger's; %s"
                            .formatted(witness, size, RESTORE);
            case WitnessState.Foreign(long size) ->
                    ("witness %s knows %s with %d entries under another key: nothing is done until the ledger and its key are restored"
                                    + " and the controller restarted, or, if this one was begun anew on purpose, until whoever keeps"
                                    + " the witness has taken %s out of its folder, or system or environment has another name")
                            .formatted(
                                    witness,
                                    ledger.origin(),
                                    size,
                                    CheckpointFile.path(ledger.origin()));
            case WitnessState.Agreed _, WitnessState.Silent _ ->
                    throw new IllegalStateException(state + " is no objection");
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
