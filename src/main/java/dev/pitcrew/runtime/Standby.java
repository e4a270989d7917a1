package dev.pitcrew.runtime;

import dev.pitcrew.model.Environment.PostgresLedger;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.ledger.PostgresCandidate;
import dev.pitcrew.runtime.ledger.PostgresLease;
import java.time.Duration;
import java.util.Optional;

/// A controller among several that waits until it leads. It looks at nothing and does nothing but stand for the lease.
public final class Standby implements AutoCloseable {
    private final PostgresCandidate candidate;
    private String told = "";

    private Standby(PostgresCandidate candidate) {
        this.candidate = candidate;
    }

    /// Whether an environment's controllers take turns.
    public static boolean isNeeded(ControllerSettings settings) {
        return settings.where().ledger() instanceof PostgresLedger;
    }

    /// @throws IllegalArgumentException when the ledger's password can't be had
    public static Standby of(ControllerSettings settings) {
        return of(settings, LedgerPlace.who("a controller"), LedgerPlace.LEASE);
    }

    /// @param holder how others read of it
    /// @param length how long its lease lasts unless it is renewed
    static Standby of(ControllerSettings settings, String holder, Duration length) {
        var place =
                LedgerPlace.of(
                        settings.system(),
                        settings.where(),
                        settings.dataFolder(),
                        settings.variables());
        return switch (place) {
            case LedgerPlace.InDatabase(var access) ->
                    new Standby(new PostgresCandidate(access, holder, length));
            case LedgerPlace.InFile _ ->
                    throw new IllegalArgumentException("a ledger in a file has one controller");
        };
    }

    /// Takes the lease if it is free. A database that can't be asked is waited for.
    public Optional<PostgresLease> tryTake() {
        try {
            var lease = candidate.tryTake();
            if (lease.isEmpty()) {
                var now = candidate.standing();
                told = "stands by: %s leads under epoch %d".formatted(now.holder(), now.epoch());
            }
            return lease;
        } catch (OperationFailed e) {
            if (e.code() != OperationFailed.Code.LEDGER_UNAVAILABLE) {
                throw e;
            }
            told = "stands by: " + e.getMessage();
            return Optional.empty();
        }
    }

    /// Why it stands by, as of the last try, for people.
    public String told() {
        return told;
    }

    @Override
    public void close() {
        candidate.close();
    }
}
