package dev.pitcrew.runtime.ledger;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Stands for the lease of a ledger's database, which only one has at a time.
///
/// The lease is free once its end has passed by the database's clock, or once it was seen unrenewed for longer than it lasts by our
/// own: so a clock of the server that was set back keeps nobody out for ever.
public final class PostgresCandidate implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(5); // of an answer
    private static final String LOCKED = "55P03";

    /// How the connection of whoever stands for it is called in the server's own views, before his name.
    static final String SESSION = "pitcrew lease of ";

    private final PostgresAccess access;
    private final String holder;
    private final Duration length;
    private final PostgresSession session;
    private boolean isPrepared;
    private @Nullable Standing seen;
    private long seenSince; // by our monotonic clock

    /// Who has the lease.
    ///
    /// @param epoch how often it was taken; 0 before the first time
    /// @param holder who took it last, in its own words; empty before the first time
    /// @param until when it ends, as the server writes it
    /// @param isOver whether that has passed by the server's clock
    /// @param since when it was taken, by the server's clock; empty where an older release took it
    public record Standing(
            long epoch, String holder, String until, boolean isOver, Optional<Instant> since) {
        /// For people, such as `a controller on db1, pid 7, leads under epoch 3 since 2026-11-26T09:00:00Z`.
        public String sentence() {
            return "%s leads under epoch %d%s"
                    .formatted(
                            holder,
                            epoch,
                            since.map(at -> " since " + at.truncatedTo(ChronoUnit.SECONDS))
                                    .orElse(""));
        }

        boolean isSame(Standing other) {
            return epoch == other.epoch && until.equals(other.until);
        }
    }

    /// @param holder what the others read of us
    /// @param length how long the lease lasts unless it is renewed, at least a second
    public PostgresCandidate(PostgresAccess access, String holder, Duration length) {
        if (length.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a lease lasts a second or more, got " + length);
        }
        this.access = access;
        this.holder = holder;
        this.length = length;
        this.session = new PostgresSession(access, SESSION + holder, LIMIT);
    }

    /// Takes the lease if it is free.
    ///
    /// @return what has to be closed by whoever took it; empty while somebody else has it
    /// @throws OperationFailed when the server can't be asked
    public synchronized Optional<PostgresLease> tryTake() {
        var now = standing();
        if (seen == null || !seen.isSame(now)) {
            seen = now;
            seenSince = System.nanoTime();
        }
        var unrenewed = Duration.ofNanos(System.nanoTime() - seenSince);
        if (!now.isOver() && unrenewed.compareTo(length) <= 0) {
            return Optional.empty();
        }
        var began = LeaseClock.now();
        return session.once("can't be led", connection -> take(connection, now))
                .map(epoch -> new PostgresLease(access, holder, length, epoch, began));
    }

    /// Who has the lease.
    public synchronized Standing standing() {
        return session.again("can't say who leads", this::standing);
    }

    private Standing standing(Connection connection) throws SQLException {
        if (!isPrepared) {
            PostgresSchema.prepare(access, connection);
            isPrepared = true;
        }
        try (var query =
                connection.prepareStatement(
                        """
                        SELECT epoch, holder, until::text, until <= clock_timestamp(), since
                        FROM pitcrew.lease LEFT JOIN pitcrew.led USING (epoch)""")) {
            return Rows.of(
                            query,
                            row ->
                                    new Standing(
                                            row.getLong(1),
                                            row.getString(2),
                                            row.getString(3),
                                            row.getBoolean(4),
                                            Optional.ofNullable(
                                                            row.getObject(5, OffsetDateTime.class))
                                                    .map(OffsetDateTime::toInstant)))
                    .getFirst();
        }
    }

    /// Only as it was seen: whoever renewed or took it meanwhile has it.
    private Optional<Long> take(Connection connection, Standing found) throws SQLException {
        PostgresSession.execute(connection, "SET lock_timeout = '1s'");
        try (var update =
                connection.prepareStatement(
                        """
                        WITH taken AS (
                          UPDATE pitcrew.lease
                          SET epoch = epoch + 1, holder = ?, until = clock_timestamp() + ? * interval '1 millisecond'
                          WHERE epoch = ? AND until::text = ? RETURNING epoch)
                        INSERT INTO pitcrew.led SELECT epoch, clock_timestamp() FROM taken RETURNING epoch""")) {
            update.setString(1, holder);
            update.setLong(2, length.toMillis());
            update.setLong(3, found.epoch());
            update.setString(4, found.until());
            return Rows.of(update, row -> row.getLong(1)).stream().findFirst();
        } catch (SQLException e) {
            if (LOCKED.equals(e.getSQLState())) {
                endWhoHoldsOn(connection);
                return Optional.empty(); // next time
            }
            throw e;
        }
    }

    /// A former holder that stopped in the midst of a statement would keep everybody out.
    private static void endWhoHoldsOn(Connection connection) throws SQLException {
        PostgresSession.execute(
                connection,
                """
                SELECT pg_terminate_backend(pid) FROM pg_locks
                WHERE relation = 'pitcrew.lease'::regclass AND granted AND pid <> pg_backend_pid()""");
    }

    /// Why somebody else can't have it now.
    OperationFailed taken() {
        var now = standing();
        return new OperationFailed(
                Code.LEDGER_IN_USE,
                "%s leads the ledger in %s, under epoch %d until %s; stop that one, or wait until it is over"
                        .formatted(now.holder(), access, now.epoch(), now.until()),
                null);
    }

    @Override
    public void close() {
        session.close();
    }
}
