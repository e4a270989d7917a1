package dev.pitcrew.runtime.ledger;

import dev.pitcrew.ledger.Bytes;
import dev.pitcrew.ledger.Commitment;
import dev.pitcrew.ledger.Hash;
import dev.pitcrew.ledger.Leaf;
import dev.pitcrew.ledger.LedgerStore.Indexed;
import dev.pitcrew.ledger.LedgerStore.Snapshot;
import dev.pitcrew.ledger.Opening;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Reads the tables of a ledger, which are the same in every database.
///
/// @param schema what stands before their names, such as `pitcrew.`
record LedgerTables(String schema) {

    /// How many entries there are.
    long size(Connection connection) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "SELECT coalesce(max(idx) + 1, 0) FROM " + schema + "entry")) {
            return Rows.of(query, row -> row.getLong(1)).getFirst();
        }
    }

    List<Indexed> entries(Connection connection, long from, int atMost) throws SQLException {
        return page(
                connection,
                "idx, leaf, hash, link",
                from,
                atMost,
                row ->
                        new Indexed(
                                row.getLong(1),
                                new Leaf(
                                        Bytes.copyOf(row.getBytes(2)),
                                        Hash.of(row.getBytes(3)),
                                        Bytes.copyOf(row.getBytes(4)))));
    }

    List<Hash> hashes(Connection connection, long from, int atMost) throws SQLException {
        return page(connection, "hash", from, atMost, row -> Hash.of(row.getBytes(1)));
    }

    private <T> List<T> page(
            Connection connection, String columns, long from, int atMost, Rows.Row<T> row)
            throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "SELECT %s FROM %sentry WHERE idx >= ? ORDER BY idx LIMIT ?"
                                .formatted(columns, schema))) {
            query.setLong(1, from);
            query.setInt(2, atMost);
            return Rows.of(query, row);
        }
    }

    Optional<String> checkpoint(Connection connection, long size) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "SELECT note FROM " + schema + "checkpoint WHERE size = ?")) {
            query.setLong(1, size);
            return Rows.of(query, row -> row.getString(1)).stream().findFirst();
        }
    }

    /// All of them, the smallest size first.
    List<String> checkpoints(Connection connection) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "SELECT note FROM " + schema + "checkpoint ORDER BY size")) {
            return Rows.of(query, row -> row.getString(1));
        }
    }

    Optional<Opening> opening(Connection connection, Commitment commitment) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "SELECT salt, clear FROM " + schema + "opening WHERE digest = ?")) {
            query.setBytes(1, commitment.digest().toArray());
            return Rows.of(
                            query,
                            row -> new Opening(Bytes.copyOf(row.getBytes(1)), row.getString(2)))
                    .stream()
                    .findFirst();
        }
    }

    Optional<Snapshot> snapshot(Connection connection, String name) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "SELECT size, entry, state FROM " + schema + "snapshot WHERE name = ?")) {
            query.setString(1, name);
            return Rows.of(
                            query,
                            row ->
                                    new Snapshot(
                                            row.getLong(1),
                                            row.getLong(2),
                                            Bytes.copyOf(row.getBytes(3))))
                    .stream()
                    .findFirst();
        }
    }
}
