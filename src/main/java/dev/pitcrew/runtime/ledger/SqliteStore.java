package dev.pitcrew.runtime.ledger;

import dev.pitcrew.ledger.Commitment;
import dev.pitcrew.ledger.Hash;
import dev.pitcrew.ledger.Leaf;
import dev.pitcrew.ledger.LedgerStore;
import dev.pitcrew.ledger.Opening;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/// A ledger in one SQLite file: write-ahead log, flushed to the disk at each commit.
///
/// A commit that was torn by a crash is dropped by SQLite when the file is opened next, by the checksums of its log;
/// one that was acknowledged is there. Reading has a connection of its own, so it never waits for a writer.
public final class SqliteStore implements LedgerStore {
    private static final LedgerTables TABLES = new LedgerTables("");

    private final Path file;
    private final @Nullable WriterLock lock; // none: this one only reads
    private final Connection writer;
    private final Connection reader;
    private long size;

    private SqliteStore(
            Path file, @Nullable WriterLock lock, Connection writer, Connection reader, long size) {
        this.file = file;
        this.lock = lock;
        this.writer = writer;
        this.reader = reader;
        this.size = size;
    }

    /// Opens for writing, and creates the file when there is none.
    ///
    /// @throws OperationFailed with `LEDGER_IN_USE` while another process writes it, `LEDGER_CORRUPT` when it is
    ///     damaged, `LEDGER_NEWER` when a newer release wrote it
    public static SqliteStore open(Path file) {
        var lock = WriterLock.take(file);
        try {
            return opened(file, lock);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /// Opens an existing file to read beside its writer.
    public static SqliteStore openForReading(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new OperationFailed(
                    Code.LEDGER_UNAVAILABLE, "there is no ledger at " + file, null);
        }
        return opened(file, null);
    }

    private static SqliteStore opened(Path file, @Nullable WriterLock lock) {
        try {
            if (lock != null) {
                SqliteSchema.prepare(file);
            }
            var writer = SqliteSchema.connect(file, lock != null);
            var reader = SqliteSchema.connect(file, false);
            SqliteSchema.checkVersion(file, reader);
            return new SqliteStore(file, lock, writer, reader, TABLES.size(reader));
        } catch (SQLException e) {
            throw failed(file, "can't be opened", e);
        }
    }

    @Override
    public long size() {
        return read("size", TABLES::size);
    }

    @Override
    public synchronized void append(long first, List<Leaf> leaves, List<Opening> openings) {
        if (first != size) {
            throw new OperationFailed(
                    Code.LEDGER_IN_USE,
                    "%s has %d entries where %d were expected: another controller writes it"
                            .formatted(file, size, first),
                    null);
        }
        write(
                "can't be appended to",
                connection -> {
                    insert(connection, first, leaves);
                    keep(connection, openings);
                });
        size = first + leaves.size();
    }

    private static void insert(Connection connection, long first, List<Leaf> leaves)
            throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO entry VALUES (?, ?, ?, ?)")) {
            long index = first;
            for (var leaf : leaves) {
                insert.setLong(1, index++);
                insert.setBytes(2, leaf.data().toArray());
                insert.setBytes(3, leaf.hash().toArray());
                insert.setBytes(4, leaf.link().toArray());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void keep(Connection connection, List<Opening> openings) throws SQLException {
        if (openings.isEmpty()) {
            return;
        }
        try (var insert =
                connection.prepareStatement("INSERT OR IGNORE INTO opening VALUES (?, ?, ?)")) {
            for (var opening : openings) {
                insert.setBytes(1, opening.commitment().digest().toArray());
                insert.setBytes(2, opening.salt().toArray());
                insert.setString(3, opening.clear());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public List<Indexed> read(long from, int atMost) {
        return read("entries from " + from, connection -> TABLES.entries(connection, from, atMost));
    }

    @Override
    public List<Hash> hashes(long from, int atMost) {
        return read("entries from " + from, connection -> TABLES.hashes(connection, from, atMost));
    }

    @Override
    public synchronized void putCheckpoint(long size, String note) {
        write(
                "can't keep a checkpoint",
                connection -> {
                    try (var insert =
                            connection.prepareStatement(
                                    "INSERT OR REPLACE INTO checkpoint VALUES (?, ?)")) {
                        insert.setLong(1, size);
                        insert.setString(2, note);
                        insert.executeUpdate();
                    }
                });
    }

    @Override
    public Optional<String> checkpoint(long size) {
        return read("a checkpoint", connection -> TABLES.checkpoint(connection, size));
    }

    @Override
    public List<String> checkpoints() {
        return read("checkpoints", TABLES::checkpoints);
    }

    @Override
    public Optional<Opening> opening(Commitment commitment) {
        return read("an opening", connection -> TABLES.opening(connection, commitment));
    }

    @Override
    public synchronized int erase(Collection<Commitment> commitments) {
        int[] erased = {0};
        write(
                "can't erase",
                connection -> {
                    try (var delete =
                            connection.prepareStatement("DELETE FROM opening WHERE digest = ?")) {
                        for (var commitment : commitments) {
                            delete.setBytes(1, commitment.digest().toArray());
                            erased[0] += delete.executeUpdate();
                        }
                    }
                });
        emptyLog();
        return erased[0];
    }

    /// The log still holds the clear values.
    private void emptyLog() {
        try (var statement = writer.createStatement();
                var answer = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            if (answer.getInt(1) != 0) {
                throw new OperationFailed(
                        Code.LEDGER_IN_USE,
                        file
                                + ": it is erased, but its log may still hold it while another process reads; stop that one and erase again",
                        null);
            }
        } catch (SQLException e) {
            throw failed(file, "can't erase from its log", e);
        }
    }

    @Override
    public synchronized void putSnapshot(String name, Snapshot snapshot) {
        write(
                "can't keep a snapshot",
                connection -> {
                    try (var insert =
                            connection.prepareStatement(
                                    "INSERT OR REPLACE INTO snapshot VALUES (?, ?, ?, ?)")) {
                        insert.setString(1, name);
                        insert.setLong(2, snapshot.size());
                        insert.setLong(3, snapshot.entry());
                        insert.setBytes(4, snapshot.state().toArray());
                        insert.executeUpdate();
                    }
                });
    }

    @Override
    public Optional<Snapshot> snapshot(String name) {
        return read("a snapshot", connection -> TABLES.snapshot(connection, name));
    }

    @Override
    public synchronized void close() {
        try (lock;
                writer;
                reader) {
            // Closing all three even when one fails is what the braces are for.
        } catch (SQLException e) {
            throw failed(file, "can't be closed", e);
        }
    }

    private void write(String failure, Work work) {
        try {
            SqliteSchema.execute(writer, "BEGIN IMMEDIATE");
            work.run(writer);
            SqliteSchema.execute(writer, "COMMIT");
        } catch (SQLException e) {
            var failed = failed(file, failure, e);
            try { // on a full disk SQLite has rolled back itself, and says so
                SqliteSchema.execute(writer, "ROLLBACK");
            } catch (SQLException again) {
                failed.addSuppressed(again);
            }
            throw failed;
        }
    }

    private <T> T read(String what, Query<T> query) {
        synchronized (reader) {
            try {
                return query.run(reader);
            } catch (SQLException | IllegalArgumentException e) {
                throw failed(file, "can't read " + what, e);
            }
        }
    }

    private static OperationFailed failed(Path file, String failure, Exception cause) {
        var result =
                cause instanceof SQLException e
                        ? SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xFF)
                        : SQLiteErrorCode.SQLITE_CORRUPT;
        var where = "the ledger " + file + " " + failure + ": ";
        return switch (result) {
            case SQLITE_FULL ->
                    new OperationFailed(
                            Code.LEDGER_FULL,
                            where + "the disk is full; nothing was written, make room",
                            cause);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                    new OperationFailed(
                            Code.LEDGER_CORRUPT,
                            where + "the file is damaged; keep it and restore its last good copy",
                            cause);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                    new OperationFailed(
                            Code.LEDGER_IN_USE, where + "another process writes it", cause);
            default ->
                    new OperationFailed(
                            Code.LEDGER_UNAVAILABLE,
                            where + cause.getMessage() + "; look at the disk and its rights",
                            cause);
        };
    }

    @FunctionalInterface
    private interface Work {
        void run(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    private interface Query<T> {
        T run(Connection connection) throws SQLException;
    }
}
