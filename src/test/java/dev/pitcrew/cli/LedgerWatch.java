package dev.pitcrew.cli;

import dev.pitcrew.ledger.Bytes;
import dev.pitcrew.ledger.Commitment;
import dev.pitcrew.ledger.Entry;
import dev.pitcrew.ledger.Hash;
import dev.pitcrew.ledger.History;
import dev.pitcrew.ledger.Leaf;
import dev.pitcrew.ledger.LedgerStore.Indexed;
import dev.pitcrew.ledger.Opening;
import dev.pitcrew.ledger.VerifierKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sqlite.SQLiteConfig;

/// Reads what a controller appends as soon as it is durable, by way of the file alone.
///
/// It opens the file to read only: the last one who closes it else tidies up what the dead one left, and the next controller would not
/// have to.
final class LedgerWatch implements AutoCloseable {
    private final Connection connection;
    private final List<Entry> entries = new ArrayList<>();
    private long next;

    /// @param after the entry after which it looks
    LedgerWatch(Path file, long after) throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        connection = config.createConnection("jdbc:sqlite:" + file);
        next = after + 1;
    }

    /// All entries that are durable by now.
    List<Entry> entries() throws SQLException {
        var news = new ArrayList<Indexed>();
        try (var query =
                connection.prepareStatement(
                        "SELECT idx, leaf, hash, link FROM entry WHERE idx >= ? ORDER BY idx")) {
            query.setLong(1, next);
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    var leaf =
                            new Leaf(
                                    Bytes.copyOf(row.getBytes(2)),
                                    Hash.of(row.getBytes(3)),
                                    Bytes.copyOf(row.getBytes(4)));
                    news.add(new Indexed(row.getLong(1), leaf));
                }
            }
        }
        if (!news.isEmpty()) {
            next = news.getLast().index() + 1;
            entries.addAll(new News(news).entries().toList());
        }
        return entries;
    }

    private record News(List<Indexed> all) implements History {
        @Override
        public VerifierKey key() {
            throw new UnsupportedOperationException("nobody verifies a part");
        }

        @Override
        public Stream<Indexed> leaves() {
            return all.stream();
        }

        @Override
        public List<String> checkpoints() {
            return List.of();
        }

        @Override
        public Optional<Opening> opening(Commitment commitment) {
            return Optional.empty(); // nobody asks who it was
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
