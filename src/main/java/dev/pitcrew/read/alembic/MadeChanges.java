package dev.pitcrew.read.alembic;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.SchemaChange;
import dev.pitcrew.model.infra.SchemaChange.Column;
import dev.pitcrew.model.infra.SchemaChange.Kind;
import dev.pitcrew.read.alembic.Value.Call;
import dev.pitcrew.read.alembic.Value.Text;
import dev.pitcrew.read.sql.SqlChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/// What calls in a migration's Python change of tables, in order.
final class MadeChanges {
    private final IntFunction<Place> places;
    private final List<SchemaChange> all = new ArrayList<>();

    /// @param places of positions in the file
    MadeChanges(IntFunction<Place> places) {
        this.places = places;
    }

    List<SchemaChange> all() {
        return all;
    }

    Place place(int at) {
        return places.apply(at);
    }

    /// @param other the new name, where it gets one
    void add(Call call, Kind kind, String table, List<Column> columns, String other) {
        boolean isOfColumn = kind != Kind.CREATE_TABLE && !columns.isEmpty();
        add(
                isOfColumn ? columns.getFirst().place() : place(call.at()),
                kind,
                table,
                columns,
                other,
                false);
    }

    void addIndex(Call call, String table, boolean isConcurrent) {
        add(place(call.at()), Kind.CREATE_INDEX, table, List.of(), "", isConcurrent);
    }

    private void add(
            Place place,
            Kind kind,
            String table,
            List<Column> columns,
            String other,
            boolean isConcurrent) {
        all.add(
                new SchemaChange(
                        place, kind, table, columns, other, isConcurrent, Optional.empty()));
    }

    /// What a text of SQL changes.
    void addSql(Text sql) {
        all.addAll(SqlChanges.of(sql.text(), offset -> place(sql.inner() + offset)));
    }

    /// A column of which only the name is told.
    Column bare(Text name) {
        return new Column(lower(name.text()), place(name.at()), "", false, "");
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
