package dev.pitcrew.read.liquibase;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Migration;
import dev.pitcrew.model.infra.Migration.Dialect;
import dev.pitcrew.model.infra.SchemaChange;
import dev.pitcrew.model.infra.SchemaChange.Column;
import dev.pitcrew.model.infra.SchemaChange.Kind;
import dev.pitcrew.read.sql.Dialects;
import dev.pitcrew.read.sql.SqlChanges;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Changelogs of Liquibase; the files of a folder follow each other by their names, and in each its change sets. What a change set says for rolling back is left out.
///
/// @see <a href="https://docs.liquibase.com/change-types/home.html">change types</a>
public final class LiquibaseFormat implements Format {
    private static final List<String> ENDINGS = List.of(".xml", ".yaml", ".yml");
    private static final Map<String, Kind> KINDS =
            Map.of(
                    "createTable", Kind.CREATE_TABLE,
                    "dropTable", Kind.DROP_TABLE,
                    "renameTable", Kind.RENAME_TABLE,
                    "addColumn", Kind.ADD_COLUMN,
                    "dropColumn", Kind.DROP_COLUMN,
                    "renameColumn", Kind.RENAME_COLUMN,
                    "modifyDataType", Kind.CHANGE_TYPE,
                    "addNotNullConstraint", Kind.SET_NOT_NULL,
                    "createIndex", Kind.CREATE_INDEX);

    @Override
    public String name() {
        return "liquibase";
    }

    @Override
    public boolean claims(SourceFile file) {
        return ENDINGS.stream().anyMatch(file.path()::endsWith)
                && file.text().contains("databaseChangeLog")
                && file.text().contains("changeSet");
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        var series = new TreeMap<String, List<SourceFile>>();
        for (SourceFile file : files) {
            series.computeIfAbsent(file.folder(), _ -> new ArrayList<>()).add(file);
        }
        series.forEach(
                (folder, all) -> {
                    for (int i = 0; i < all.size(); i++) {
                        SourceFile file = all.get(i);
                        var changes = new ArrayList<SchemaChange>();
                        sets(root(file, found), changes);
                        found.fact(
                                new Migration(
                                        name(),
                                        file.place(1, 1),
                                        folder,
                                        i,
                                        all.size() - 1 - i,
                                        dialect(file),
                                        changes));
                    }
                });
    }

    private static Element root(SourceFile file, Found found) {
        if (file.name().endsWith(".xml")) {
            return Element.xml(file);
        }
        var parsed = YamlTree.parse(file.path(), file.text());
        parsed.problems().forEach(one -> found.problem(one.place(), one.message()));
        Place place = file.place(1, 1);
        return parsed.root()
                .map(root -> Element.yaml("", place, root))
                .orElseGet(() -> Element.xml(new SourceFile(file.path(), "")));
    }

    private static Dialect dialect(SourceFile file) {
        return Dialects.of(file.text());
    }

    private static void sets(Element around, List<SchemaChange> changes) {
        for (Element one : around.inner()) {
            if (one.name().equals("changeSet")) {
                one.inner().forEach(change -> change(change, changes));
            } else if (one.name().equals("databaseChangeLog")) {
                sets(one, changes);
            }
        }
    }

    private static void change(Element change, List<SchemaChange> changes) {
        if (change.name().equals("sql")) {
            String text = change.get("sql").map(Located::value).orElse(change.text().toString());
            changes.addAll(SqlChanges.of(text, _ -> change.place()));
            return;
        }
        Kind kind = KINDS.get(change.name());
        var table = change.get("tableName").or(() -> change.get("oldTableName"));
        if (kind == null || table.isEmpty()) {
            return;
        }
        var columns = columns(change);
        String other =
                change.get("newColumnName")
                        .or(() -> change.get("newTableName"))
                        .map(one -> lower(one.value()))
                        .orElse("");
        if (kind == Kind.ADD_COLUMN) { // one change each, as SQL has it
            columns.forEach(one -> add(one.place(), kind, table.get(), List.of(one), "", changes));
        } else {
            var of = kind == Kind.CREATE_INDEX ? List.<Column>of() : columns;
            add(change.place(), kind, table.get(), of, other, changes);
        }
    }

    private static void add(
            Place place,
            Kind kind,
            Located<String> table,
            List<Column> columns,
            String other,
            List<SchemaChange> changes) {
        changes.add(
                new SchemaChange(
                        place,
                        kind,
                        lower(table.value()),
                        columns,
                        other,
                        false,
                        Optional.empty()));
    }

    private static List<Column> columns(Element change) {
        var columns = new ArrayList<Column>();
        change.get("columnName")
                .or(() -> change.get("oldColumnName"))
                .ifPresent(
                        name ->
                                columns.add(
                                        new Column(
                                                lower(name.value()),
                                                name.place(),
                                                type(change, "newDataType"),
                                                change.name().equals("addNotNullConstraint"),
                                                "")));
        for (Element one : change.inner()) {
            var name = one.get("name");
            if (one.name().equals("column") && name.isPresent()) {
                boolean isNotNull =
                        one.one("constraints")
                                .flatMap(it -> it.get("nullable"))
                                .filter(it -> it.value().equals("false"))
                                .isPresent();
                boolean hasValue =
                        one.attributes().keySet().stream()
                                .anyMatch(it -> it.matches("defaultValue.*|value.*|autoIncrement"));
                columns.add(
                        new Column(
                                lower(name.get().value()),
                                name.get().place(),
                                type(one, "type"),
                                isNotNull,
                                hasValue ? "something" : ""));
            }
        }
        return columns;
    }

    private static String type(Element of, String attribute) {
        String type = of.get(attribute).map(one -> lower(one.value())).orElse("");
        return type.equals("double") ? "double precision" : type;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
