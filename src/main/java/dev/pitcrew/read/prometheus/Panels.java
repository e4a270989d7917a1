package dev.pitcrew.read.prometheus;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Query;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/// Expressions that Grafana sends to a Prometheus, with the windows that it fills in.
final class Panels {
    /// A variable in brackets stands for a window.
    private static final Pattern WINDOW =
            Pattern.compile("(?<=[\\[:])\\s*+\\$(?:\\w{1,60}|\\{\\w{1,60}\\})(?=\\s*[\\]:])");

    private Panels() {}

    /// A condition on the result of an expression.
    ///
    /// @param operator `>` or `<`
    record Threshold(String operator, double number) {}

    /// What is asked; empty when it isn't an expression that Prometheus takes, for it may be one of another source, or be filled in later.
    static Optional<Query> query(SourceFile file, Scalar expression) {
        return query(file, expression, Optional.empty());
    }

    /// The same with the condition under which an alert fires, as if it stood at the end.
    static Optional<Query> query(
            SourceFile file, Scalar expression, Optional<Threshold> threshold) {
        String text =
                WINDOW.matcher(expression.text())
                        .replaceAll(window -> "5m" + " ".repeat(window.group().length() - 2));
        try {
            var query = Queries.of(text, places(file, expression), threshold);
            return query.selectors().isEmpty() && !query.isAlways()
                    ? Optional.empty()
                    : Optional.of(query);
        } catch (PromQlParser.Unreadable _) {
            return Optional.empty();
        }
    }

    private static IntFunction<Place> places(SourceFile file, Scalar expression) {
        boolean isEscaped =
                file.name().endsWith(".json")
                        && expression.place().line() <= file.lines()
                        && file.line(expression.place().line()).contains("\\u");
        return isEscaped ? _ -> expression.place() : ScalarPlaces.of(file, expression);
    }

    /// A number as files write it.
    static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException _) {
            return OptionalDouble.empty();
        }
    }
}
