package dev.pitcrew.runtime.ledger;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The right to write a ledger and to act on it, for a while: an epoch, renewed by a thread of its own until it is closed.
///
/// The database refuses the appends of every epoch but the newest. Before its end by the database's clock, this host's own
/// clocks say that it is over, so that whoever can't renew it stops acting first.
public final class PostgresLease implements AutoCloseable {
    private static final int RENEWALS = 5; // in one length
    private static final int MARGIN = 5; // parts of the length, of which one is not used
    private static final Duration LIMIT = Duration.ofSeconds(2); // of an answer

    private final String holder;
    private final Duration length;
    private final long epoch;
    private final Instant since;
    private final PostgresSession session;
    private final PostgresAccess access;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread keeper;
    private volatile LeaseClock renewed; // when the renewal that worked last was sent
    private volatile boolean isLost;
    private volatile List<String> standingBy = List.of(); // as of the last renewal

    /// @param taken when the statement that took it was sent
    PostgresLease(
            PostgresAccess access, String holder, Duration length, long epoch, LeaseClock taken) {
        this.access = access;
        this.holder = holder;
        this.length = length;
        this.epoch = epoch;
        this.since = Instant.ofEpochMilli(taken.wallMillis());
        this.renewed = taken;
        this.session = new PostgresSession(access, "pitcrew renewals of " + holder, LIMIT);
        keeper = Thread.ofPlatform().daemon().name("lease " + epoch).start(this::keep);
    }

    /// How often the lease was taken, this time included.
    public long epoch() {
        return epoch;
    }

    /// Since when it is held, by this host's clock.
    public Instant since() {
        return since;
    }

    /// Who has it, in its own words.
    public String holder() {
        return holder;
    }

    /// Who else stands for it, in their own words, as of the last renewal: whoever is connected to do so.
    public List<String> standingBy() {
        return standingBy;
    }

    PostgresAccess access() {
        return access;
    }

    /// Whether it lasts, by this host's clocks and with a margin. What was true may be over a moment later: what is done on it
    /// has to be refused by whoever has seen something newer.
    public boolean isHeld() {
        var left = length.minus(length.dividedBy(MARGIN)).minus(renewed.ago(LeaseClock.now()));
        return !isLost && left.isPositive();
    }

    /// Whether somebody else has had it since, so that it never comes back.
    public boolean isLost() {
        return isLost;
    }

    /// Whether it lasts, by this host's clocks and by the database, which is asked.
    public boolean isConfirmed() {
        if (!isHeld()) {
            return false;
        }
        try {
            var isOurs = session.again("can't say who leads", this::isOurs);
            if (!isOurs) {
                isLost = true;
            }
            return isHeld();
        } catch (OperationFailed _) { // unknown means no
            return false;
        }
    }

    private boolean isOurs(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("SELECT FROM pitcrew.lease WHERE epoch = ?")) {
            query.setLong(1, epoch);
            return !Rows.of(query, _ -> epoch).isEmpty();
        }
    }

    private void keep() {
        var every = length.dividedBy(RENEWALS).toMillis();
        try {
            while (!isLost && !closing.await(every, TimeUnit.MILLISECONDS)) {
                try {
                    renew();
                } catch (OperationFailed _) { // again in a moment; by its own clock it ends in time
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void renew() {
        var sent = LeaseClock.now();
        if (session.again("can't be led on", this::renew)) {
            renewed = sent;
            standingBy = session.once("can't say who stands by", this::candidates);
        } else {
            isLost = true;
        }
    }

    private boolean renew(Connection connection) throws SQLException {
        try (var update =
                connection.prepareStatement(
                        """
                        UPDATE pitcrew.lease SET until = clock_timestamp() + ? * interval '1 millisecond'
                        WHERE epoch = ?""")) {
            update.setLong(1, length.toMillis());
            update.setLong(2, epoch);
            return update.executeUpdate() == 1;
        }
    }

    private List<String> candidates(Connection connection) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        """
                        SELECT DISTINCT substr(application_name, length(?) + 1) FROM pg_stat_activity
                        WHERE datname = current_database() AND starts_with(application_name, ?)
                        AND application_name <> left(?, 63) ORDER BY 1""")) {
            query.setString(1, PostgresCandidate.SESSION);
            query.setString(2, PostgresCandidate.SESSION);
            query.setString(3, PostgresCandidate.SESSION + holder);
            return Rows.of(query, row -> row.getString(1));
        }
    }

    /// Why an append was refused.
    OperationFailed lost() {
        isLost = true;
        return new OperationFailed(
                Code.LEDGER_LEASE_LOST,
                "the lease of epoch %d on the ledger in %s is over: another controller has led since; this one stands by"
                        .formatted(epoch, access),
                null);
    }

    /// Lets it come to its end without giving it back, as whoever stands still does.
    void stopRenewing() {
        closing.countDown();
        try {
            keeper.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Gives it back, so that nobody has to wait for its end.
    @Override
    public void close() {
        stopRenewing();
        if (!isLost) {
            isLost = true;
            try {
                var _ = session.again("can't be given back", this::giveBack);
            } catch (OperationFailed _) { // then it ends by itself
            }
        }
        session.close();
    }

    private int giveBack(Connection connection) throws SQLException {
        try (var update =
                connection.prepareStatement(
                        "UPDATE pitcrew.lease SET until = '-infinity' WHERE epoch = ?")) {
            update.setLong(1, epoch);
            return update.executeUpdate();
        }
    }
}
