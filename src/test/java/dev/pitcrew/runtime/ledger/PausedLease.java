package dev.pitcrew.runtime.ledger;

import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.SigningKey;
import java.time.Duration;

/// A lease that nobody renews, as of a controller that is dead or stands still.
public final class PausedLease {
    private final PostgresLease lease;

    public PausedLease(PostgresAccess access, String holder, Duration length) {
        try (var candidate = new PostgresCandidate(access, holder, length)) {
            lease = candidate.tryTake().orElseThrow();
        }
        pause(lease);
    }

    /// Lets it come to its end.
    public static void pause(PostgresLease lease) {
        lease.stopRenewing();
    }

    PostgresLease lease() {
        return lease;
    }

    Ledger ledger(SigningKey key) {
        return Ledger.open(PostgresStore.open(lease), key);
    }
}
