package dev.pitcrew.runtime;

import dev.pitcrew.model.Environment.PostgresLedger;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.ledger.PostgresAccess;
import dev.pitcrew.runtime.ledger.PostgresCandidate;
import dev.pitcrew.runtime.ledger.PostgresLease;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// A controller among several that waits until it leads. It stands for the lease, and where the desk is on several hosts it says what of its
/// own host is dead and ends there what the leading one wants ended; nothing else.
public final class Standby implements AutoCloseable {
    private final PostgresCandidate candidate;
    private final Supplier<Optional<Hosting>> hostings;
    private Optional<Hosting> hosting = Optional.empty();
    private String told = "";
    private volatile String leader = "nobody is known to lead yet";

    private Standby(PostgresCandidate candidate, Supplier<Optional<Hosting>> hostings) {
        this.candidate = candidate;
        this.hostings = hostings;
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
                    new Standby(
                            new PostgresCandidate(access, holder, length),
                            () -> settings.host().map(host -> hosting(settings, access, host)));
            case LedgerPlace.InFile _ ->
                    throw new IllegalArgumentException("a ledger in a file has one controller");
        };
    }

    private static Hosting hosting(
            ControllerSettings settings, PostgresAccess access, String host) {
        try {
            return Hosting.standingBy(access, host, settings.dataFolder());
        } catch (IOException e) {
            throw new OperationFailed(
                    OperationFailed.Code.FILE_UNUSABLE,
                    settings.dataFolder() + " can't be used: " + e.getMessage(),
                    e);
        }
    }

    /// Takes the lease if it is free. A database that can't be asked is waited for.
    public Optional<PostgresLease> tryTake() {
        try {
            var lease = candidate.tryTake();
            if (lease.isPresent()) { // from here on the leading controller looks after this host
                hosting.ifPresent(Hosting::close);
                hosting = Optional.empty();
            } else if (hosting.isEmpty()) {
                hosting = hostings.get();
            }
            if (lease.isEmpty()) {
                leader = candidate.standing().sentence();
                told = "stands by: " + leader;
            }
            return lease;
        } catch (OperationFailed e) {
            if (e.code() != OperationFailed.Code.LEDGER_UNAVAILABLE) {
                throw e;
            }
            leader = "nobody knows who leads, since " + e.getMessage();
            told = "stands by: " + e.getMessage();
            return Optional.empty();
        }
    }

    /// Why it stands by, as of the last try, for people.
    public String told() {
        return told;
    }

    /// Who leads, under which epoch and since when, as of the last try, for people.
    public String leader() {
        return leader;
    }

    @Override
    public void close() {
        hosting.ifPresent(Hosting::close);
        candidate.close();
    }
}
