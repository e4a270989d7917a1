package dev.pitcrew.read.compose;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Fills `${NAME}`, `${NAME:-default}` and their kin, as Compose does; a name that nobody gives stays as it is, because the one who starts it may give it.
final class Interpolation {
    private static final int DEPTH_MAX = 8;
    private static final int LENGTH_MAX = 100_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Map<String, String> values;
    private final Set<String> kept;
    private final UnaryOperator<String> unknown;

    /// @param values of the project's `.env`
    Interpolation(Map<String, String> values) {
        this(values, Set.of(), name -> "${" + name + "}");
    }

    /// @param kept names that are not filled in even where they have a value
    /// @param unknown what stands for a name that is kept, or that nobody gives
    Interpolation(Map<String, String> values, Set<String> kept, UnaryOperator<String> unknown) {
        this.values = Map.copyOf(values);
        this.kept = Set.copyOf(kept);
        this.unknown = unknown;
    }

    String fill(String text) {
        return text.indexOf('$') < 0 || text.length() > LENGTH_MAX ? text : fill(text, 0);
    }

    /// A variable and what it is when nobody gives it; empty when the text isn't just that.
    record Default(String source, String value) {}

    static Optional<Default> fallback(String text) {
        var match =
                Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*):?-([^${}]*)}")
                        .matcher(text.strip());
        return match.matches()
                ? Optional.of(new Default(match.group(1), match.group(2)))
                : Optional.empty();
    }

    private String fill(String text, int depth) {
        var out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int dollar = text.indexOf('$', at);
            if (dollar < 0 || dollar + 1 >= text.length()) {
                break;
            }
            out.append(text, at, dollar);
            char next = text.charAt(dollar + 1);
            int end = next == '{' ? closing(text, dollar + 1) : -1;
            if (next == '$') {
                out.append('$');
                at = dollar + 2;
            } else if (end > 0) {
                out.append(braced(text.substring(dollar + 2, end), depth));
                at = end + 1;
            } else {
                var name = NAME.matcher(text).region(dollar + 1, text.length());
                if (name.lookingAt()) {
                    out.append(value(name.group()));
                    at = name.end();
                } else {
                    out.append('$');
                    at = dollar + 1;
                }
            }
        }
        return out.append(text, at, text.length()).toString();
    }

    private String value(String name) {
        return kept.contains(name) || !values.containsKey(name)
                ? unknown.apply(name)
                : values.getOrDefault(name, "");
    }

    private String braced(String inner, int depth) {
        var name = NAME.matcher(inner);
        if (!name.lookingAt() || depth > DEPTH_MAX) {
            return "${" + inner + "}";
        }
        if (kept.contains(name.group())) {
            return unknown.apply(name.group());
        }
        String value = values.get(name.group());
        String rest = inner.substring(name.end());
        boolean colon = rest.startsWith(":");
        String operator = colon ? rest.substring(1) : rest;
        boolean isGiven = value != null && !(colon && value.isEmpty());
        if (operator.startsWith("-")) {
            return isGiven && value != null ? value : fill(operator.substring(1), depth + 1);
        }
        if (operator.startsWith("+")) {
            return isGiven ? fill(operator.substring(1), depth + 1) : "";
        }
        return value == null ? unknown.apply(name.group()) : value;
    }

    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            if (text.charAt(i) == '{') {
                depth++;
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
