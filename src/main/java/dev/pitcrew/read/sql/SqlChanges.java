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
    private int at;

    private SqlChanges(
            List<Token> tokens, IntFunction<Place> places, List<SchemaChange> changes, int nested) {
        this.tokens = tokens;
        this.places = places;
        this.changes = changes;
        this.nested = nested;
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
        while (isBlock && at < tokens.size() && !VERBS.contains(tokens.get(at).text())) {
            at++;
        }
        if (take("create")) {
            create();
        } else if (take("alter")) {
            alter();
        } else if (take("drop")) {
            drop();
        } else if (take("delete")) {
            delete();
        } else if (take("truncate")) {
            take("table");
            name().ifPresent(table -> add(Kind.TRUNCATE, table, List.of()));
        } else if (take("select")) {
            retention();
        } else if (take("do")) {
            bodies();
        }
    }

    private void create() {
        boolean isTemporary = false;
        boolean isConcurrent = false;
        while (at < tokens.size()) {
            if (take("table")) {
                if (!isTemporary) {
                    table();
                }
                return;
            }
            if (take("index")) {
                isConcurrent = take("concurrently");
                index(isConcurrent);
                return;
            }
            if (peek("function") || peek("procedure")) {
                bodies();
                return;
            }
            isTemporary |= peek("temp") || peek("temporary");
            if (!peek("unique")
                    && !peek("or")
                    && !peek("replace")
                    && !peek("global")
                    && !peek("local")
                    && !peek("temp")
                    && !peek("temporary")
                    && !peek("unlogged")
                    && !peek("foreign")) {
                return;
            }
            at++;
        }
    }

    private void table() {
        ifExists();
        int start = at;
        var table = name();
        if (table.isEmpty() || !take("(")) {
            return;
        }
        var columns = new ArrayList<Column>();
        for (List<Token> part : parts(at, true)) {
            if (!part.isEmpty() && !NO_COLUMN.contains(SqlColumn.keyword(part.getFirst()))) {
                SqlColumn.of(part, 0, places).ifPresent(columns::add);
            }
        }
        changes.add(
                new SchemaChange(
                        place(start),
                        Kind.CREATE_TABLE,
                        table.get(),
                        columns,
                        "",
                        false,
                        Optional.empty()));
    }

    private void index(boolean isConcurrent) {
        int start = at;
        while (at < tokens.size() && !peek("on")) {
            at++;
        }
        if (take("on") && !take("only")) {
            name().ifPresent(
                            table ->
                                    changes.add(
                                            new SchemaChange(
                                                    place(Math.max(0, start - 1)),
                                                    Kind.CREATE_INDEX,
                                                    table,
                                                    List.of(),
                                                    "",
                                                    isConcurrent,
                                                    Optional.empty())));
        }
    }

    private void alter() {
        if (!take("table")) {
            return;
        }
        ifExists();
        take("only");
        var table = name();
        if (table.isEmpty()) {
            return;
        }
        for (List<Token> action : parts(at, false)) {
            new SqlChanges(action, places, changes, nested).action(table.get());
        }
    }

    private void action(String table) {
        if (take("add")) {
            boolean isSaid = take("column");
            ifExists();
            if (at < tokens.size()
                    && (isSaid || !NO_COLUMN.contains(SqlColumn.keyword(tokens.get(at))))) {
                SqlColumn.of(tokens, at, places)
                        .ifPresent(column -> add(Kind.ADD_COLUMN, table, List.of(column)));
            }
        } else if (take("drop")) {
            boolean isSaid = take("column");
            ifExists();
            if (at < tokens.size()
                    && (isSaid || !NO_COLUMN.contains(SqlColumn.keyword(tokens.get(at))))) {
                bare().ifPresent(column -> add(Kind.DROP_COLUMN, table, List.of(column)));
            }
        } else if (take("alter")) {
            take("column");
            alterColumn(table);
        } else if (take("modify")) {
            take("column");
            SqlColumn.of(tokens, at, places)
                    .ifPresent(column -> add(Kind.CHANGE_TYPE, table, List.of(column)));
        } else if (take("rename")) {
            rename(table);
        }
    }

    private void alterColumn(String table) {
        var column = bare();
        if (column.isEmpty()) {
            return;
        }
        Column old = column.get();
        if (take("set") && take("not")) {
            add(
                    Kind.SET_NOT_NULL,
                    table,
                    List.of(new Column(old.name(), old.place(), "", true, "")));
            return;
        }
        take("data");
        if (take("type")) {
            add(
                    Kind.CHANGE_TYPE,
                    table,
                    List.of(
                            new Column(
                                    old.name(),
                                    old.place(),
                                    SqlColumn.type(tokens, at),
                                    false,
                                    "")));
        }
    }

    private void rename(String table) {
        if (take("to")) {
            int start = at;
            name().ifPresent(
                            to ->
                                    changes.add(
                                            new SchemaChange(
                                                    place(start),
                                                    Kind.RENAME_TABLE,
                                                    table,
                                                    List.of(),
                                                    to,
                                                    false,
                                                    Optional.empty())));
            return;
        }
        if (peek("constraint") || peek("index")) {
            return;
        }
        take("column");
        var column = bare();
        if (column.isPresent() && take("to")) {
            bare().ifPresent(
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
        if (!take("table")) {
            return;
        }
        ifExists();
        for (int i = 0; i < 200 && at < tokens.size(); i++) {
            name().ifPresent(table -> add(Kind.DROP_TABLE, table, List.of()));
            if (!take(",")) {
                return;
            }
        }
    }

    private void delete() {
        if (!take("from")) {
            return;
        }
        take("only");
        int start = at;
        name().ifPresent(
                        table ->
                                changes.add(
                                        new SchemaChange(
                                                place(start),
                                                Kind.DELETE,
                                                table,
                                                List.of(),
                                                "",
                                                false,
                                                isByAge() ? age() : Optional.empty())));
    }

    /// Whether rows older than something go: `<`, a minus and an interval.
    private boolean isByAge() {
        var rest = tokens.subList(Math.min(at, tokens.size()), tokens.size());
        return rest.stream().anyMatch(one -> one.is("<") || one.is("before"))
                && rest.stream().anyMatch(one -> one.is("interval") || one.is("-"));
    }

    private Optional<Integer> age() {
        for (Token token : tokens.subList(Math.min(at, tokens.size()), tokens.size())) {
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
        if (at + 2 < tokens.size()
                && tokens.get(at).is("add_retention_policy")
                && tokens.get(at + 2).kind() == '\'') {
            Token table = tokens.get(at + 2);
            at += 3;
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
                        columns.isEmpty() ? place(Math.max(0, at - 1)) : columns.getFirst().place(),
                        kind,
                        table,
                        columns,
                        "",
                        false,
                        Optional.empty()));
    }

    private Place place(int index) {
        return places.apply(tokens.get(Math.min(index, tokens.size() - 1)).at());
    }

    private Optional<Column> bare() {
        if (at >= tokens.size() || !tokens.get(at).isName()) {
            return Optional.empty();
        }
        Token token = tokens.get(at);
        at++;
        return Optional.of(
                new Column(
                        token.text().toLowerCase(Locale.ROOT),
                        places.apply(token.at()),
                        "",
                        false,
                        ""));
    }

    /// What commas part, outside of parentheses.
    ///
    /// @param isInside whether it ends at a closing parenthesis
    private List<List<Token>> parts(int from, boolean isInside) {
        var parts = new ArrayList<List<Token>>();
        var part = new ArrayList<Token>();
        int depth = 0;
        for (int i = from; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is(")") && depth == 0 && isInside) {
                break;
            }
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (token.is(",") && depth == 0) {
                parts.add(part);
                part = new ArrayList<>();
            } else {
                part.add(token);
            }
        }
        parts.add(part);
        return parts;
    }

    private void ifExists() {
        if (take("if")) {
            take("not");
            take("exists");
        }
    }

    private Optional<String> name() {
        String name = "";
        while (at < tokens.size() && tokens.get(at).isName()) {
            name = tokens.get(at).text().toLowerCase(Locale.ROOT);
            at++;
            if (!take(".")) {
                break;
            }
        }
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    private boolean peek(String word) {
        return at < tokens.size() && tokens.get(at).is(word);
    }

    private boolean take(String word) {
        boolean isNext = peek(word);
        at += isNext ? 1 : 0;
        return isNext;
    }
}
