package dev.pitcrew.read.sql;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.SchemaChange;
import dev.pitcrew.model.infra.SchemaChange.Column;
import dev.pitcrew.model.infra.SchemaChange.Kind;
import dev.pitcrew.read.sql.SqlTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/// Reads what statements do to tables; what it can't make out it leaves out.
public final class SqlChanges {
    private static final Set<String> NO_COLUMN =
            Set.of(
                    "constraint",
                    "primary",
                    "unique",
                    "foreign",
                    "check",
                    "exclude",
                    "like",
                    "key",
                    "index",
                    "period",
                    "fulltext",
                    "spatial",
                    "partition");
    private static final Set<String> VERBS =
            Set.of("create", "alter", "drop", "delete", "truncate", "select");
    private static final Pattern AGE =
            Pattern.compile(
                    "([0-9]{1,5})\\s*(d|days?|weeks?|mons?|months?|y|years?|hours?)\\b",
                    Pattern.CASE_INSENSITIVE);
    private static final int NESTED_MAX = 3;

    private final IntFunction<Place> places;
    private final List<SchemaChange> changes;
    private final List<Token> tokens;
    private final int nested;
    private final SqlCursor in;

    private SqlChanges(
            List<Token> tokens, IntFunction<Place> places, List<SchemaChange> changes, int nested) {
        this.tokens = tokens;
        this.places = places;
        this.changes = changes;
        this.nested = nested;
        this.in = new SqlCursor(tokens, places);
    }

    /// Those of a text.
    ///
    /// @param places where the character of an offset stands
    public static List<SchemaChange> of(String text, IntFunction<Place> places) {
        var changes = new ArrayList<SchemaChange>();
        read(text, places, changes, 0);
        return changes;
    }

    private static void read(
            String text, IntFunction<Place> places, List<SchemaChange> changes, int nested) {
        for (List<Token> statement : SqlTokens.statements(text)) {
            new SqlChanges(statement, places, changes, nested).read();
        }
    }

    private void read() {
        boolean isBlock = nested > 0;
        while (isBlock && in.hasNext() && !VERBS.contains(in.next().text())) {
            in.skip(1);
        }
        if (in.take("create")) {
            create();
        } else if (in.take("alter")) {
            alter();
        } else if (in.take("drop")) {
            drop();
        } else if (in.take("delete")) {
            delete();
        } else if (in.take("truncate")) {
            in.take("table");
            in.name().ifPresent(table -> add(Kind.TRUNCATE, table, List.of()));
        } else if (in.take("select")) {
            retention();
        } else if (in.take("do")) {
            bodies();
        }
    }

    private void create() {
        boolean isTemporary = false;
        boolean isConcurrent = false;
        while (in.hasNext()) {
            if (in.take("table")) {
                if (!isTemporary) {
                    table();
                }
                return;
            }
            if (in.take("index")) {
                isConcurrent = in.take("concurrently");
                index(isConcurrent);
                return;
            }
            if (in.peek("function") || in.peek("procedure")) {
                bodies();
                return;
            }
            isTemporary |= in.peek("temp") || in.peek("temporary");
            if (!in.peek("unique")
                    && !in.peek("or")
                    && !in.peek("replace")
                    && !in.peek("global")
                    && !in.peek("local")
                    && !in.peek("temp")
                    && !in.peek("temporary")
                    && !in.peek("unlogged")
                    && !in.peek("foreign")) {
                return;
            }
            in.skip(1);
        }
    }

    private void table() {
        in.ifExists();
        int start = in.at();
        var table = in.name();
        if (table.isEmpty() || !in.take("(")) {
            return;
        }
        var columns = new ArrayList<Column>();
        for (List<Token> part : in.parts(true)) {
            if (!part.isEmpty() && !NO_COLUMN.contains(SqlColumn.keyword(part.getFirst()))) {
                SqlColumn.of(part, 0, places).ifPresent(columns::add);
            }
        }
        changes.add(
                new SchemaChange(
                        in.place(start),
                        Kind.CREATE_TABLE,
                        table.get(),
                        columns,
                        "",
                        false,
                        Optional.empty()));
    }

    private void index(boolean isConcurrent) {
        int start = in.at();
        while (in.hasNext() && !in.peek("on")) {
            in.skip(1);
        }
        if (in.take("on") && !in.take("only")) {
            in.name()
                    .ifPresent(
                            table ->
                                    changes.add(
                                            new SchemaChange(
                                                    in.place(Math.max(0, start - 1)),
                                                    Kind.CREATE_INDEX,
                                                    table,
                                                    List.of(),
                                                    "",
                                                    isConcurrent,
                                                    Optional.empty())));
        }
    }

    private void alter() {
        if (!in.take("table")) {
            return;
        }
        in.ifExists();
        in.take("only");
        var table = in.name();
        if (table.isEmpty()) {
            return;
        }
        for (List<Token> action : in.parts(false)) {
            new SqlChanges(action, places, changes, nested).action(table.get());
        }
    }

    private void action(String table) {
        if (in.take("add")) {
            boolean isSaid = in.take("column");
            in.ifExists();
            if (in.hasNext() && (isSaid || !NO_COLUMN.contains(SqlColumn.keyword(in.next())))) {
                SqlColumn.of(tokens, in.at(), places)
                        .ifPresent(column -> add(Kind.ADD_COLUMN, table, List.of(column)));
            }
        } else if (in.take("drop")) {
            boolean isSaid = in.take("column");
            in.ifExists();
            if (in.hasNext() && (isSaid || !NO_COLUMN.contains(SqlColumn.keyword(in.next())))) {
                in.bare().ifPresent(column -> add(Kind.DROP_COLUMN, table, List.of(column)));
            }
        } else if (in.take("alter")) {
            in.take("column");
            alterColumn(table);
        } else if (in.take("modify")) {
            in.take("column");
            SqlColumn.of(tokens, in.at(), places)
                    .ifPresent(column -> add(Kind.CHANGE_TYPE, table, List.of(column)));
        } else if (in.take("rename")) {
            rename(table);
        }
    }

    private void alterColumn(String table) {
        var column = in.bare();
        if (column.isEmpty()) {
            return;
        }
        Column old = column.get();
        if (in.take("set") && in.take("not")) {
            add(
                    Kind.SET_NOT_NULL,
                    table,
                    List.of(new Column(old.name(), old.place(), "", true, "")));
            return;
        }
        in.take("data");
        if (in.take("type")) {
            add(
                    Kind.CHANGE_TYPE,
                    table,
                    List.of(
                            new Column(
                                    old.name(),
                                    old.place(),
                                    SqlColumn.type(tokens, in.at()),
                                    false,
                                    "")));
        }
    }

    private void rename(String table) {
        if (in.take("to")) {
            int start = in.at();
            in.name()
                    .ifPresent(
                            to ->
                                    changes.add(
                                            new SchemaChange(
                                                    in.place(start),
                                                    Kind.RENAME_TABLE,
                                                    table,
                                                    List.of(),
                                                    to,
                                                    false,
                                                    Optional.empty())));
            return;
        }
        if (in.peek("constraint") || in.peek("index")) {
            return;
        }
        in.take("column");
        var column = in.bare();
        if (column.isPresent() && in.take("to")) {
            in.bare()
                    .ifPresent(
                            to ->
                                    changes.add(
                                            new SchemaChange(
                                                    column.get().place(),
                                                    Kind.RENAME_COLUMN,
                                                    table,
                                                    List.of(column.get()),
                                                    to.name(),
                                                    false,
                                                    Optional.empty())));
        }
    }

    private void drop() {
        if (!in.take("table")) {
            return;
        }
        in.ifExists();
        for (int i = 0; i < 200 && in.hasNext(); i++) {
            in.name().ifPresent(table -> add(Kind.DROP_TABLE, table, List.of()));
            if (!in.take(",")) {
                return;
            }
        }
    }

    private void delete() {
        if (!in.take("from")) {
            return;
        }
        in.take("only");
        int start = in.at();
        in.name()
                .ifPresent(
                        table ->
                                changes.add(
                                        new SchemaChange(
                                                in.place(start),
                                                Kind.DELETE,
                                                table,
                                                List.of(),
                                                "",
                                                false,
                                                isByAge() ? age() : Optional.empty())));
    }

    /// Whether rows older than something go: `<`, a minus and an interval.
    private boolean isByAge() {
        var rest = in.rest();
        return rest.stream().anyMatch(one -> one.is("<") || one.is("before"))
                && rest.stream().anyMatch(one -> one.is("interval") || one.is("-"));
    }

    private Optional<Integer> age() {
        for (Token token : in.rest()) {
            if (token.kind() == '\'' && token.text().length() < 100) {
                var match = AGE.matcher(token.text());
                if (match.find()) {
                    int count = Integer.parseInt(match.group(1));
                    String unit = match.group(2).toLowerCase(Locale.ROOT);
                    return Optional.of(
                            unit.startsWith("y")
                                    ? count * 365
                                    : unit.startsWith("mon")
                                            ? count * 30
                                            : unit.startsWith("w")
                                                    ? count * 7
                                                    : unit.startsWith("h") ? count / 24 : count);
                }
            }
        }
        return Optional.empty();
    }

    /// `SELECT add_retention_policy('audit_log', INTERVAL '90 days')`, and statements in the strings of a scheduler.
    private void retention() {
        var rest = in.rest();
        if (rest.size() > 2
                && rest.getFirst().is("add_retention_policy")
                && rest.get(2).kind() == '\'') {
            Token table = rest.get(2);
            in.skip(3);
            String name = table.text().toLowerCase(Locale.ROOT);
            changes.add(
                    new SchemaChange(
                            places.apply(table.at()),
                            Kind.DELETE,
                            name.substring(name.lastIndexOf('.') + 1).replace("\"", ""),
                            List.of(),
                            "",
                            false,
                            age()));
        } else if (tokens.stream().limit(20).anyMatch(one -> one.is("cron"))) {
            bodies();
        }
    }

    /// What stands in strings that are programs: of `DO`, of functions, of a scheduler.
    private void bodies() {
        if (nested >= NESTED_MAX) {
            return;
        }
        for (Token token : tokens) {
            boolean isText =
                    token.kind() == '\''
                            && token.text().length() > 10
                            && !token.text().contains("'");
            if (token.kind() == '$' || isText) {
                int inner = token.inner();
                read(token.text(), i -> places.apply(inner + i), changes, nested + 1);
            }
        }
    }

    private void add(Kind kind, String table, List<Column> columns) {
        changes.add(
                new SchemaChange(
                        columns.isEmpty()
                                ? in.place(Math.max(0, in.at() - 1))
                                : columns.getFirst().place(),
                        kind,
                        table,
                        columns,
                        "",
                        false,
                        Optional.empty()));
    }
}
