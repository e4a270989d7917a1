package dev.pitcrew.runtime.ledger;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/// The tables of a ledger's file, and how to connect to it.
final class SqliteSchema {
    private static final int VERSION = 1;
    private static final int BUSY_MILLIS = 5_000;

    private static final String[] CREATE = {
        """
        CREATE TABLE IF NOT EXISTS entry (
          idx INTEGER PRIMARY KEY, leaf BLOB NOT NULL, hash BLOB NOT NULL, link BLOB NOT NULL
        ) STRICT""",
        """
        CREATE TRIGGER IF NOT EXISTS entry_stays BEFORE DELETE ON entry
        BEGIN SELECT raise(ABORT, 'a ledger is append-only'); END""",
        """
        CREATE TRIGGER IF NOT EXISTS entry_never_changes BEFORE UPDATE ON entry
        BEGIN SELECT raise(ABORT, 'a ledger is append-only'); END""",
        "CREATE TABLE IF NOT EXISTS checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT",
        """
        CREATE TABLE IF NOT EXISTS opening (
          digest BLOB PRIMARY KEY, salt BLOB NOT NULL, clear TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""",
    };

    /// Later than the first release, and an older one that doesn't know them works on. What was folded may hold what is erased.
    private static final String[] CREATE_SNAPSHOTS = {
        """
        CREATE TABLE IF NOT EXISTS snapshot (
          name TEXT PRIMARY KEY, size INTEGER NOT NULL, entry INTEGER NOT NULL, state BLOB NOT NULL
        ) STRICT""",
        """
        CREATE TRIGGER IF NOT EXISTS opening_erased AFTER DELETE ON opening
        BEGIN DELETE FROM snapshot; END""",
    };

    private SqliteSchema() {}

    /// Checks the pages of what is there, then creates what is missing: a damaged file stays as it was found.
    static void prepare(Path file) throws SQLException {
        try (var connection = connect(file, true);
                var statement = connection.createStatement()) {
            int version = checkVersion(file, connection);
            try (var found = statement.executeQuery("PRAGMA quick_check(1)")) {
                var verdict = found.getString(1);
                if (!verdict.equals("ok")) {
                    throw new SQLException(verdict, null, SQLiteErrorCode.SQLITE_CORRUPT.code);
                }
            }
            if (version < VERSION) {
                for (var sql : CREATE) {
                    statement.execute(sql);
                }
                statement.execute("PRAGMA user_version = " + VERSION);
            }
            for (var sql : CREATE_SNAPSHOTS) {
                statement.execute(sql);
            }
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// @return the version of the tables; 0 when there are none yet
    static int checkVersion(Path file, Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("PRAGMA user_version")) {
            if (found.getInt(1) > VERSION) {
                throw new OperationFailed(
                        Code.LEDGER_NEWER,
                        file + " was written by a newer release; install that one",
                        null);
            }
            return found.getInt(1);
        }
    }

    static Connection connect(Path file, boolean writes) throws SQLException {
        var config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        if (writes) {
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        }
        var connection = config.createConnection("jdbc:sqlite:" + file);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA secure_delete = ON"); // what is erased is overwritten
            if (!writes) {
                statement.execute("PRAGMA query_only = ON");
            }
        }
        return connection;
    }
}
