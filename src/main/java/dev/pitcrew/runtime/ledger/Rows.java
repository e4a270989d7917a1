package dev.pitcrew.runtime.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What a query finds.
final class Rows {
    private Rows() {}

    /// Reads one row.
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// All of them, in the query's order.
    static <T> List<T> of(PreparedStatement query, Row<T> row) throws SQLException {
        try (var found = query.executeQuery()) {
            var rows = new ArrayList<T>();
            while (found.next()) {
                rows.add(row.read(found));
            }
            return rows;
        }
    }
}
