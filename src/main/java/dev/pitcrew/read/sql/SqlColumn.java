package dev.pitcrew.read.sql;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.SchemaChange.Column;
import dev.pitcrew.read.sql.SqlTokens.Token;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/// Reads the columns that a statement names.
final class SqlColumn {
    private static final Set<String> TYPE_ENDS =
            Set.of(
                    "not",
                    "null",
                    "default",
                    "primary",
                    "unique",
                    "references",
                    "check",
                    "constraint",
                    "generated",
                    "collate",
                    "auto_increment",
                    "autoincrement",
                    "comment",
                    "on",
                    "using",
                    "first",
                    "after",
                    "codec",
                    "storage",
                    "as");

    private SqlColumn() {}

    /// A column as its part of a statement gives it; empty when it begins with no name.
    ///
    /// @param from the index of its name
    /// @param places where the character of an offset stands
    static Optional<Column> of(List<Token> part, int from, IntFunction<Place> places) {
        if (from >= part.size() || !part.get(from).isName()) {
            return Optional.empty();
        }
        Token name = part.get(from);
        boolean isNotNull = false;
        String fallback = "";
        for (int i = from + 1; i < part.size(); i++) {
            boolean isPrimary = part.get(i).is("primary");
            boolean isNot =
                    part.get(i).is("not") && i + 1 < part.size() && part.get(i + 1).is("null");
            isNotNull |= isPrimary || isNot;
            if (part.get(i).is("default") && i + 1 < part.size()) {
                fallback = fallback(part, i + 1);
            } else if (part.get(i).is("generated") || part.get(i).is("autoincrement")) {
                fallback = "generated";
            }
        }
        return Optional.of(
                new Column(
                        name.text().toLowerCase(Locale.ROOT),
                        places.apply(name.at()),
                        type(part, from + 1),
                        isNotNull,
                        fallback));
    }

    private static String fallback(List<Token> part, int from) {
        var text = new StringBuilder();
        int depth = 0;
        for (int i = from; i < part.size() && text.length() < 200; i++) {
            Token token = part.get(i);
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (i > from && depth == 0 && TYPE_ENDS.contains(keyword(token))) {
                break;
            }
            text.append(token.kind() == '\'' ? "'" + token.text() + "'" : token.text());
        }
        return text.toString();
    }

    /// The type that begins at a token, as far as it goes.
    static String type(List<Token> part, int from) {
        var text = new StringBuilder();
        int depth = 0;
        for (int i = from; i < part.size() && text.length() < 200; i++) {
            Token token = part.get(i);
            if (depth == 0 && TYPE_ENDS.contains(keyword(token))) {
                break;
            }
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            boolean isApart =
                    token.kind() != 's'
                            && !text.isEmpty()
                            && "(,".indexOf(text.charAt(text.length() - 1)) < 0;
            text.append(isApart ? " " : "").append(token.text().toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }

    static String keyword(Token token) {
        return token.kind() == 'w' ? token.text() : "";
    }
}
