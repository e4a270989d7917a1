package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;
import java.util.List;
import java.util.Optional;

/// What a statement of a migration does to the schema, or to many rows.
///
/// @param table without schema and quotes, in lower case
/// @param columns those that are created, added, changed, dropped or renamed
/// @param other the new name, when something is renamed
/// @param isConcurrent whether an index is built without locking writes out
/// @param keptDays after how many days rows are deleted, when that is said
public record SchemaChange(
        Place place,
        Kind kind,
        String table,
        List<Column> columns,
        String other,
        boolean isConcurrent,
        Optional<Integer> keptDays) {
    public SchemaChange {
        columns = List.copyOf(columns);
    }

    /// What is done.
    public enum Kind {
        CREATE_TABLE,
        DROP_TABLE,
        RENAME_TABLE,
        ADD_COLUMN,
        DROP_COLUMN,
        RENAME_COLUMN,
        CHANGE_TYPE,
        SET_NOT_NULL,
        CREATE_INDEX,
        DELETE,
        TRUNCATE
    }

    /// A column.
    ///
    /// @param name without quotes, in lower case
    /// @param type in lower case, such as `numeric(20,8)`; empty where it isn't said
    /// @param fallback its default, in lower case; empty: none
    public record Column(
            String name, Place place, String type, boolean isNotNull, String fallback) {}
}
