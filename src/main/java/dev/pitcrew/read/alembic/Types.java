package dev.pitcrew.read.alembic;

import dev.pitcrew.read.alembic.Value.Call;
import dev.pitcrew.read.alembic.Value.Word;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What SQLAlchemy's types are in SQL.
final class Types {
    private Types() {}

    /// Empty for one that isn't known.
    static String of(@Nullable Value type) {
        return switch (type) {
            case Call call -> named(call.name(), call);
            case Word word ->
                    named(
                            word.text().substring(word.text().lastIndexOf('.') + 1),
                            new Call("", 0, List.of(), Map.of()));
            case null, default -> "";
        };
    }

    private static String named(String name, Call call) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "NUMERIC", "DECIMAL" -> "numeric" + sizes(call, "precision", "scale");
            case "FLOAT", "DOUBLE", "DOUBLE_PRECISION" -> "double precision";
            case "REAL" -> "real";
            case "SMALLINTEGER", "SMALLINT" -> "smallint";
            case "INTEGER", "INT" -> "integer";
            case "BIGINTEGER", "BIGINT" -> "bigint";
            case "STRING", "VARCHAR", "UNICODE" -> "varchar" + sizes(call, "length");
            case "TEXT", "UNICODETEXT" -> "text";
            case "BOOLEAN" -> "boolean";
            case "DATE" -> "date";
            case "DATETIME", "TIMESTAMP" ->
                    call.isTrue("timezone")
                            ? "timestamp with time zone"
                            : "timestamp without time zone";
            case "UUID" -> "uuid";
            case "JSONB" -> "jsonb";
            case "JSON" -> "json";
            default -> "";
        };
    }

    private static String sizes(Call call, String... names) {
        String sizes =
                Stream.iterate(0, i -> i < names.length, i -> i + 1)
                        .flatMap(i -> call.any(i, names[i]).stream())
                        .filter(Word.class::isInstance)
                        .map(size -> ((Word) size).text())
                        .filter(size -> size.matches("[0-9]{1,6}"))
                        .collect(Collectors.joining(","));
        return sizes.isEmpty() ? "" : "(" + sizes + ")";
    }
}
