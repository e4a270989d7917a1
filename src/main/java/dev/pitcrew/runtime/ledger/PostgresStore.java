package dev.pitcrew.runtime.ledger;

import dev.pitcrew.ledger.Bytes;
import dev.pitcrew.ledger.Commitment;
import dev.pitcrew.ledger.Hash;
import dev.pitcrew.ledger.Leaf;
import dev.pitcrew.ledger.LedgerStore;
import dev.pitcrew.ledger.Opening;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A ledger in a PostgreSQL database, for several controllers of which one leads.
///
/// Each append is one statement, which the database takes only from the newest epoch of the lease and only at the next index. So
/// whoever was away and wakes can append nothing, and what was in flight when the server or the way to it failed is there once or
/// not at all. Reading has a connection of its own, and a snapshot: it never waits for the writer, nor the writer for it.
public final class PostgresStore implements LedgerStore {
    private static final LedgerTables TABLES = new LedgerTables("pitcrew.");
    private static final Duration LIMIT = Duration.ofSeconds(10); // of an answer
    static final String IF_LED =
            "WITH led AS (SELECT FROM pitcrew.lease WHERE epoch = ? FOR UPDATE)\n";

    /// Instead of a folder's id: the desk is on several hosts, each with a folder of its own.
    static final String SEVERAL = "several hosts";

    private final @Nullable PostgresLease lease; // none: this one only reads
    private final PostgresSession writer;
    private final PostgresSession reader;

    private PostgresStore(
            PostgresAccess access, @Nullable PostgresLease lease, String who, Duration limit) {
        this.lease = lease;
        writer = new PostgresSession(access, "pitcrew writer of " + who, limit);
        reader = new PostgresSession(access, "pitcrew reader of " + who, limit);
    }

    /// Opens for writing under a lease, which it gives back when it is closed.
    public static PostgresStore open(PostgresLease lease) {
        return new PostgresStore(lease.access(), lease, lease.holder(), LIMIT);
    }

    /// Takes the lease and opens for writing; makes the tables when there are none.
    ///
    /// @param holder what others read of us
    /// @param length how long the lease lasts unless it is renewed
    /// @throws OperationFailed with `LEDGER_IN_USE` while somebody else has the lease, `LEDGER_NEWER` when a newer release
    ///     wrote it, `LEDGER_UNAVAILABLE` when the server can't be asked
    public static PostgresStore open(PostgresAccess access, String holder, Duration length) {
        try (var candidate = new PostgresCandidate(access, holder, length)) {
            return candidate.tryTake().map(PostgresStore::open).orElseThrow(candidate::taken);
        }
    }

    /// Opens an existing ledger to read beside its writer.
    ///
    /// @throws OperationFailed with `LEDGER_UNAVAILABLE` when there is none
    public static PostgresStore openForReading(PostgresAccess access) {
        var store = new PostgresStore(access, null, "nobody", LIMIT);
        try {
            store.reader.again("can't be opened", connection -> requireOne(access, connection));
            return store;
        } catch (RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    /// Whether there is a ledger in it.
    public static boolean exists(PostgresAccess access) {
        try (var session = new PostgresSession(access, "pitcrew", LIMIT)) {
            return session.again("can't be read", PostgresSchema::exists);
        }
    }

    /// Says whose desk it is. Another one would take what runs there for dead.
    ///
    /// @param desk what the controllers of one desk have in common
    /// @throws OperationFailed with `LEDGER_IN_USE` when another one was here before
    public void claim(String desk) {
        int count =
                writer.again(
                        "can't be claimed",
                        connection -> {
                            try (var update =
                                    connection.prepareStatement(
                                            "UPDATE pitcrew.about SET desk = ? WHERE desk IN ('', ?)")) {
                                update.setString(1, desk);
                                update.setString(2, desk);
                                return update.executeUpdate();
                            }
                        });
        if (count == 0) {
            throw new OperationFailed(
                    Code.LEDGER_IN_USE,
                    "the ledger in %s is of a desk whose processes another data folder lists, or that is on several hosts; work with that folder, or with --host; once all of them are dead you may say `UPDATE pitcrew.about SET desk = ''`"
                            .formatted(reader.access()),
                    null);
        }
    }

    private static boolean requireOne(PostgresAccess access, Connection connection)
            throws SQLException {
        if (!PostgresSchema.exists(connection)) {
            throw new OperationFailed(
                    Code.LEDGER_UNAVAILABLE, "there is no ledger in " + access + " yet", null);
        }
        PostgresSchema.checkVersion(access, connection);
        return true;
    }

    @Override
    public long size() {
        return reader.again("can't be read", TABLES::size);
    }

    @Override
    public void append(long first, List<Leaf> leaves, List<Opening> openings) {
        int count =
                writer.once(
                        "can't be appended to",
                        connection -> append(connection, first, leaves, openings));
        if (count != leaves.size()) {
            throw writing().lost();
        }
    }

    private int append(Connection connection, long first, List<Leaf> leaves, List<Opening> openings)
            throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        IF_LED
                                + """
                                , kept AS (
                                  INSERT INTO pitcrew.opening SELECT * FROM unnest(?, ?, ?)
                                  WHERE EXISTS (SELECT FROM led) ON CONFLICT DO NOTHING)
                                INSERT INTO pitcrew.entry
                                SELECT ? + nth - 1, leaf, hash, link
                                FROM unnest(?, ?, ?) WITH ORDINALITY AS new (leaf, hash, link, nth)
                                WHERE EXISTS (SELECT FROM led) ORDER BY nth""")) {
            insert.setLong(1, writing().epoch());
            bytes(insert, 2, openings, one -> one.commitment().digest().toArray());
            bytes(insert, 3, openings, one -> one.salt().toArray());
            insert.setArray(
                    4,
                    connection.createArrayOf(
                            "text", openings.stream().map(Opening::clear).toArray()));
            insert.setLong(5, first);
            bytes(insert, 6, leaves, one -> one.data().toArray());
            bytes(insert, 7, leaves, one -> one.hash().toArray());
            bytes(insert, 8, leaves, one -> one.link().toArray());
            return insert.executeUpdate();
        }
    }

    private static <T> void bytes(
            PreparedStatement statement, int index, List<T> all, Function<T, byte[]> bytesOf)
            throws SQLException {
        var array = all.stream().map(bytesOf).toArray(byte[][]::new);
        statement.setArray(index, statement.getConnection().createArrayOf("bytea", array));
    }

    private PostgresLease writing() {
        if (lease == null) {
            throw new IllegalStateException("this one only reads");
        }
        return lease;
    }

    @Override
    public List<Indexed> read(long from, int atMost) {
        return reader.again(
                "can't read entries from " + from,
                connection -> TABLES.entries(connection, from, atMost));
    }

    @Override
    public List<Hash> hashes(long from, int atMost) {
        return reader.again(
                "can't read entries from " + from,
                connection -> TABLES.hashes(connection, from, atMost));
    }

    @Override
    public void putCheckpoint(long size, String note) {
        int count =
                writer.again(
                        "can't keep a checkpoint",
                        connection -> {
                            try (var insert =
                                    connection.prepareStatement(
                                            IF_LED
                                                    + """
                                                    INSERT INTO pitcrew.checkpoint
                                                    SELECT ?, ? WHERE EXISTS (SELECT FROM led)
                                                    ON CONFLICT (size) DO UPDATE SET note = excluded.note""")) {
                                insert.setLong(1, writing().epoch());
                                insert.setLong(2, size);
                                insert.setString(3, note);
                                return insert.executeUpdate();
                            }
                        });
        if (count != 1) {
            throw writing().lost();
        }
    }

    @Override
    public Optional<String> checkpoint(long size) {
        return reader.again(
                "can't read a checkpoint", connection -> TABLES.checkpoint(connection, size));
    }

    @Override
    public List<String> checkpoints() {
        return reader.again("can't read checkpoints", TABLES::checkpoints);
    }

    @Override
    public Optional<Opening> opening(Commitment commitment) {
        return reader.again(
                "can't read an opening", connection -> TABLES.opening(connection, commitment));
    }

    @Override
    public Map<Commitment, Opening> openings(Collection<Commitment> commitments) {
        return reader.again(
                "can't read openings",
                connection -> {
                    try (var query =
                            connection.prepareStatement(
                                    "SELECT digest, salt, clear FROM pitcrew.opening WHERE digest = ANY (?)")) {
                        bytes(query, 1, List.copyOf(commitments), one -> one.digest().toArray());
                        var found = new HashMap<Commitment, Opening>();
                        var _ =
                                Rows.of(
                                        query,
                                        row ->
                                                found.put(
                                                        new Commitment(Hash.of(row.getBytes(1))),
                                                        new Opening(
                                                                Bytes.copyOf(row.getBytes(2)),
                                                                row.getString(3))));
                        return found;
                    }
                });
    }

    /// Erases from the table and its file. The server's write-ahead log, its replicas and backups have it for as long as they
    /// are kept.
    @Override
    public int erase(Collection<Commitment> commitments) {
        int erased = writer.once("can't erase", connection -> erase(connection, commitments));
        if (erased < 0) {
            throw writing().lost();
        }
        writer.again(
                "is erased, but its file may still hold it; erase again",
                connection -> {
                    PostgresSession.execute(
                            connection, "VACUUM (FULL) pitcrew.opening, pitcrew.snapshot");
                    return true;
                });
        return erased;
    }

    /// @return how many there were; less than none when another one leads
    private int erase(Connection connection, Collection<Commitment> commitments)
            throws SQLException {
        try (var delete =
                connection.prepareStatement(
                        IF_LED
                                + """
                                , gone AS (
                                  DELETE FROM pitcrew.opening
                                  WHERE digest = ANY (?) AND EXISTS (SELECT FROM led) RETURNING 1)
                                SELECT CASE WHEN EXISTS (SELECT FROM led) THEN (SELECT count(*) FROM gone) ELSE -1 END""")) {
            delete.setLong(1, writing().epoch());
            bytes(delete, 2, List.copyOf(commitments), one -> one.digest().toArray());
            return Rows.of(delete, row -> row.getInt(1)).getFirst();
        }
    }

    @Override
    public void putSnapshot(String name, Snapshot snapshot) {
        int count =
                writer.again(
                        "can't keep a snapshot",
                        connection -> {
                            try (var insert =
                                    connection.prepareStatement(
                                            IF_LED
                                                    + """
                                                    INSERT INTO pitcrew.snapshot
                                                    SELECT ?, ?, ?, ? WHERE EXISTS (SELECT FROM led)
                                                    ON CONFLICT (name) DO UPDATE SET
                                                    size = excluded.size, entry = excluded.entry, state = excluded.state""")) {
                                insert.setLong(1, writing().epoch());
                                insert.setString(2, name);
                                insert.setLong(3, snapshot.size());
                                insert.setLong(4, snapshot.entry());
                                insert.setBytes(5, snapshot.state().toArray());
                                return insert.executeUpdate();
                            }
                        });
        if (count != 1) {
            throw writing().lost();
        }
    }

    @Override
    public Optional<Snapshot> snapshot(String name) {
        return reader.again(
                "can't read a snapshot", connection -> TABLES.snapshot(connection, name));
    }

    /// The lease under which it writes; none when it only reads.
    public Optional<PostgresLease> lease() {
        return Optional.ofNullable(lease);
    }

    @Override
    public void close() {
        writer.close();
        reader.close();
        if (lease != null) {
            lease.close();
        }
    }
}
