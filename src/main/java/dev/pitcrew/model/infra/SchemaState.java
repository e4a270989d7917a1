package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.SchemaChange.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tables as they are after migrations in their order: each column with the place that gave it its type.
public final class SchemaState {
    private final Map<String, Table> tables = new LinkedHashMap<>();

    /// @param place where it was created
    /// @param order of the migration that did
    /// @param columns by name
    public record Table(String name, Place place, int order, Map<String, Column> columns) {}

    /// After all migrations of a series.
    public static SchemaState after(List<Migration> series) {
        return before(series, Integer.MAX_VALUE);
    }

    /// Before the migration of an order.
    public static SchemaState before(List<Migration> series, int order) {
        var state = new SchemaState();
        series.stream()
                .filter(one -> one.order() < order)
                .sorted(Comparator.comparingInt(Migration::order))
                .forEach(state::apply);
        return state;
    }

    private void apply(Migration migration) {
        migration.changes().forEach(change -> apply(change, migration.order()));
    }

    private void apply(SchemaChange change, int order) {
        switch (change.kind()) {
            case CREATE_TABLE ->
                    tables.putIfAbsent(
                            change.table(),
                            new Table(change.table(), change.place(), order, byName(change)));
            case DROP_TABLE -> tables.remove(change.table());
            case RENAME_TABLE -> {
                Table old = tables.remove(change.table());
                if (old != null) {
                    tables.put(
                            change.other(),
                            new Table(change.other(), old.place(), old.order(), old.columns()));
                }
            }
            case ADD_COLUMN, DROP_COLUMN, RENAME_COLUMN, CHANGE_TYPE, SET_NOT_NULL -> {
                Table table = tables.get(change.table());
                if (table != null) {
                    change.columns().forEach(column -> apply(change, column, table.columns()));
                }
            }
            case CREATE_INDEX, DELETE, TRUNCATE -> {}
        }
    }

    private static Map<String, Column> byName(SchemaChange change) {
        var columns = new LinkedHashMap<String, Column>();
        change.columns().forEach(one -> columns.put(one.name(), one));
        return columns;
    }

    private static void apply(SchemaChange change, Column column, Map<String, Column> columns) {
        Column old = columns.get(column.name());
        switch (change.kind()) {
            case ADD_COLUMN -> columns.putIfAbsent(column.name(), column);
            case DROP_COLUMN -> columns.remove(column.name());
            case RENAME_COLUMN -> {
                if (old != null) {
                    columns.remove(column.name());
                    columns.put(
                            change.other(),
                            new Column(
                                    change.other(),
                                    old.place(),
                                    old.type(),
                                    old.isNotNull(),
                                    old.fallback()));
                }
            }
            case CHANGE_TYPE -> columns.put(column.name(), column);
            default -> {}
        }
    }

    /// All tables, in the order of their creation.
    public List<Table> tables() {
        return new ArrayList<>(tables.values());
    }

    /// The table of a name.
    public Optional<Table> table(String name) {
        return Optional.ofNullable(tables.get(name));
    }
}
