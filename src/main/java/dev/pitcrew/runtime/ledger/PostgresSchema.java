package dev.pitcrew.runtime.ledger;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.sql.Connection;
import java.sql.SQLException;

/// The tables of a ledger's database, in a schema of their own. A database holds one ledger.
///
/// The database itself refuses an index that isn't the next one, and every change of an entry. Its owner and a superuser can
/// lift that, which is what signed checkpoints and witnesses are for.
final class PostgresSchema {
    /// The SQLSTATE of an entry whose index isn't the next one.
    static final String WRONG_INDEX = "PC001";

    private static final int VERSION = 1;
    private static final long MAKING = 0x70697463726577L; // "pitcrew", the lock of who makes them

    private static final String[] CREATE = {
        "CREATE SCHEMA pitcrew",
        "CREATE TABLE pitcrew.about (version integer NOT NULL, desk text NOT NULL)",
        """
        CREATE TABLE pitcrew.entry (
          idx bigint PRIMARY KEY CHECK (idx >= 0), leaf bytea NOT NULL, hash bytea NOT NULL, link bytea NOT NULL
        )""",
        "ALTER TABLE pitcrew.entry ALTER leaf SET STORAGE EXTERNAL", // no time for compression
        "CREATE TABLE pitcrew.checkpoint (size bigint PRIMARY KEY, note text NOT NULL)",
        "CREATE TABLE pitcrew.opening (digest bytea PRIMARY KEY, salt bytea NOT NULL, clear text NOT NULL)",
        """
        CREATE TABLE pitcrew.lease (
          one boolean PRIMARY KEY CHECK (one), epoch bigint NOT NULL, holder text NOT NULL, until timestamptz NOT NULL
        )""",
        "INSERT INTO pitcrew.lease VALUES (true, 0, '', '-infinity')",
        """
        CREATE FUNCTION pitcrew.next_only() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
        BEGIN
          IF NEW.idx <> (SELECT coalesce(max(idx) + 1, 0) FROM pitcrew.entry) THEN
            RAISE EXCEPTION 'entry % is not the next one', NEW.idx USING ERRCODE = 'PC001';
          END IF;
          RETURN NEW;
        END $$""",
        """
        CREATE FUNCTION pitcrew.append_only() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
        BEGIN
          RAISE EXCEPTION 'a ledger is append-only';
        END $$""",
        """
        CREATE TRIGGER entry_is_next BEFORE INSERT ON pitcrew.entry
        FOR EACH ROW EXECUTE FUNCTION pitcrew.next_only()""",
        """
        CREATE TRIGGER entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON pitcrew.entry
        FOR EACH STATEMENT EXECUTE FUNCTION pitcrew.append_only()""",
        """
        CREATE FUNCTION pitcrew.epoch_grows() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
        BEGIN
          IF NEW.epoch < OLD.epoch OR (NEW.epoch = OLD.epoch AND NEW.holder <> OLD.holder) THEN
            RAISE EXCEPTION 'an epoch only grows, and has one holder';
          END IF;
          RETURN NEW;
        END $$""",
        """
        CREATE TRIGGER epoch_grows BEFORE UPDATE ON pitcrew.lease
        FOR EACH ROW EXECUTE FUNCTION pitcrew.epoch_grows()""",
        """
        CREATE TRIGGER lease_stays BEFORE DELETE OR TRUNCATE ON pitcrew.lease
        FOR EACH STATEMENT EXECUTE FUNCTION pitcrew.append_only()""",
        "REVOKE UPDATE, DELETE, TRUNCATE ON pitcrew.entry FROM PUBLIC, CURRENT_USER",
        "REVOKE DELETE, TRUNCATE ON pitcrew.lease FROM PUBLIC, CURRENT_USER",
        "INSERT INTO pitcrew.about VALUES (" + VERSION + ", '')",
    };

    /// Of a desk on several hosts: which there are, and who runs where. Beside the ledger, and later than its first release.
    private static final String[] CREATE_HOSTS = {
        "CREATE TABLE pitcrew.host (host text PRIMARY KEY, desk text NOT NULL)",
        """
        CREATE TABLE pitcrew.process (
          instance text PRIMARY KEY, host text NOT NULL, service text NOT NULL, version text NOT NULL, ports text NOT NULL,
          has_ended boolean NOT NULL DEFAULT false, wanted text NOT NULL DEFAULT ''
        )""",
    };

    /// States that were folded from the ledger; later than its first release as well. One may hold what is erased.
    private static final String[] CREATE_SNAPSHOTS = {
        """
        CREATE TABLE pitcrew.snapshot (
          name text PRIMARY KEY, size bigint NOT NULL, entry bigint NOT NULL, state bytea NOT NULL
        )""",
        """
        CREATE FUNCTION pitcrew.forget() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
        BEGIN
          DELETE FROM pitcrew.snapshot;
          RETURN NULL;
        END $$""",
        """
        CREATE TRIGGER opening_erased AFTER DELETE OR TRUNCATE ON pitcrew.opening
        FOR EACH STATEMENT EXECUTE FUNCTION pitcrew.forget()""",
    };

    /// Since when who took the lease has led, by its epoch; for people.
    private static final String[] CREATE_LED = {
        "CREATE TABLE pitcrew.led (epoch bigint PRIMARY KEY, since timestamptz NOT NULL)",
    };

    private PostgresSchema() {}

    /// Creates what is missing.
    static void prepare(PostgresAccess access, Connection connection) throws SQLException {
        requireDurable(access, connection);
        if (!exists(connection)) {
            create(connection, "pitcrew.about", CREATE);
        }
        checkVersion(access, connection);
        if (!has(connection, "pitcrew.process")) {
            create(connection, "pitcrew.process", CREATE_HOSTS);
        }
        if (!has(connection, "pitcrew.snapshot")) {
            create(connection, "pitcrew.snapshot", CREATE_SNAPSHOTS);
        }
        if (!has(connection, "pitcrew.led")) {
            create(connection, "pitcrew.led", CREATE_LED);
        }
    }

    /// What is acknowledged survives a loss of power only if the server flushes.
    private static void requireDurable(PostgresAccess access, Connection connection)
            throws SQLException {
        try (var query = connection.createStatement();
                var found =
                        query.executeQuery(
                                "SELECT name FROM pg_settings WHERE setting = 'off'"
                                        + " AND name IN ('fsync', 'full_page_writes')")) {
            if (found.next()) {
                throw new OperationFailed(
                        Code.LEDGER_UNAVAILABLE,
                        "the server of %s has %s off, so entries could be lost; switch it on"
                                .formatted(access, found.getString(1)),
                        null);
            }
        }
    }

    /// @param last the table that is there once all is
    private static void create(Connection connection, String last, String[] all)
            throws SQLException {
        connection.setAutoCommit(false); // after a failure the whole connection goes
        PostgresSession.execute(connection, "SELECT pg_advisory_xact_lock(" + MAKING + ")");
        if (!has(connection, last)) { // another one may have been quicker
            for (var sql : all) {
                PostgresSession.execute(connection, sql);
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    static boolean exists(Connection connection) throws SQLException {
        return has(connection, "pitcrew.about");
    }

    private static boolean has(Connection connection, String table) throws SQLException {
        try (var query = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            query.setString(1, table);
            return Rows.of(query, row -> row.getBoolean(1)).getFirst();
        }
    }

    static void checkVersion(PostgresAccess access, Connection connection) throws SQLException {
        try (var query = connection.createStatement();
                var found = query.executeQuery("SELECT max(version) FROM pitcrew.about")) {
            if (found.next() && found.getInt(1) > VERSION) {
                throw new OperationFailed(
                        Code.LEDGER_NEWER,
                        access + " was written by a newer release; install that one",
                        null);
            }
        }
    }
}
