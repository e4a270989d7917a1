package dev.pitcrew.runtime.ledger;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One connection to a ledger's database, made anew after it broke. One caller at a time; the others wait.
///
/// Every statement is a transaction of its own, so that whoever stops in between holds no lock in the server.
final class PostgresSession implements AutoCloseable {
    private final PostgresAccess access;
    private final String name;
    private final Duration limit;
    private @Nullable Connection connection;
    private boolean isClosed;

    /// @param name how it is called in the server's own views
    /// @param limit after which an answer that hasn't come counts as none
    PostgresSession(PostgresAccess access, String name, Duration limit) {
        this.access = access;
        this.name = name;
        this.limit = limit;
    }

    PostgresAccess access() {
        return access;
    }

    /// Works once: whether it was done isn't known when it fails.
    ///
    /// @param what for the message, such as `can't be appended to`
    synchronized <T> T once(String what, Work<T> work) {
        try {
            return work.run(connected());
        } catch (SQLException e) {
            drop();
            throw failed(what, e);
        } catch (IllegalArgumentException e) { // of a value that is stored
            throw failed(what, e);
        }
    }

    /// Works, and once more when the connection had broken meanwhile; for what may be done twice.
    synchronized <T> T again(String what, Work<T> work) {
        var wasConnected = connection != null;
        try {
            return once(what, work);
        } catch (OperationFailed e) {
            if (wasConnected && e.code() == Code.LEDGER_UNAVAILABLE && !isClosed) {
                return once(what, work);
            }
            throw e;
        }
    }

    private Connection connected() throws SQLException {
        if (isClosed) {
            throw new SQLException("it is closed");
        }
        if (connection == null) {
            connection = access.connect(name, limit);
            prepare(connection);
        }
        return connection;
    }

    /// A commit that isn't on the disk must not be acknowledged, whatever is the default of the database.
    private static void prepare(Connection connection) throws SQLException {
        execute(
                connection,
                "SELECT set_config('synchronous_commit', 'on', false)"
                        + " WHERE current_setting('synchronous_commit') = 'off'");
    }

    private void drop() {
        var broken = connection;
        connection = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (SQLException _) { // it is of no use any more either way
            }
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        drop();
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private OperationFailed failed(String what, Exception cause) {
        var where = "the ledger in " + access + " " + what + ": ";
        var state =
                cause instanceof SQLException e && e.getSQLState() != null ? e.getSQLState() : "";
        if (cause instanceof IllegalArgumentException || state.startsWith("XX")) {
            return new OperationFailed(
                    Code.LEDGER_CORRUPT,
                    where
                            + cause.getMessage()
                            + "; it is damaged: keep it and restore its last good copy",
                    cause);
        }
        return switch (state) {
            case "53100" ->
                    new OperationFailed(
                            Code.LEDGER_FULL,
                            where + "the disk is full; nothing was written, make room",
                            cause);
            case PostgresSchema.WRONG_INDEX, "23505" ->
                    new OperationFailed(
                            Code.LEDGER_IN_USE, where + "another controller writes it", cause);
            case "28P01", "28000" ->
                    new OperationFailed(
                            Code.LEDGER_UNAVAILABLE,
                            where + "the server refuses this user; look at `ledger: password`",
                            cause);
            default ->
                    new OperationFailed(
                            Code.LEDGER_UNAVAILABLE,
                            where + cause.getMessage() + "; look at the server and the way to it",
                            cause);
        };
    }

    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }
}
