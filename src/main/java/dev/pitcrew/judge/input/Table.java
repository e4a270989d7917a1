package dev.pitcrew.judge.input;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// Lines of text with or without a header, split at commas: CSV without quotes, and one value a line.
final class Table {
    private static final int PROBLEMS_MAX = 20;

    private final String name;
    private final List<String> header;
    private final List<Line> lines = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /// @param number counted from 1
    record Line(int number, List<String> cells) {}

    Table(String name, String text) {
        this.name = name;
        var all = text.lines().toList();
        var head = List.<String>of();
        for (int i = 0; i < all.size(); i++) {
            String line = i == 0 ? all.get(i).replace("\uFEFF", "").strip() : all.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var cells = Arrays.stream(line.split(",", -1)).map(String::strip).toList();
            if (lines.isEmpty()
                    && head.isEmpty()
                    && number(cells.getFirst()).isEmpty()
                    && isWord(cells.getFirst())) {
                head = cells.stream().map(cell -> cell.toLowerCase(Locale.ROOT)).toList();
            } else {
                lines.add(new Line(i + 1, cells));
            }
        }
        header = head;
    }

    /// A name of a column, and neither a number nor a time.
    private static boolean isWord(String cell) {
        return cell.matches("[A-Za-z_\"][A-Za-z0-9_ .\"-]*") && time(cell).isEmpty();
    }

    List<Line> lines() {
        return lines;
    }

    boolean hasHeader() {
        return !header.isEmpty();
    }

    /// Where the first column with one of these names is.
    Optional<Integer> column(String... names) {
        for (String one : names) {
            int at = header.indexOf(one);
            if (at >= 0) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    Optional<String> cell(Line line, int column) {
        if (column >= line.cells().size()) {
            problem(
                    line.number(),
                    "has %d columns, and %d are needed".formatted(line.cells().size(), column + 1));
            return Optional.empty();
        }
        return Optional.of(line.cells().get(column));
    }

    void problem(int line, String message) {
        if (problems.size() < PROBLEMS_MAX) {
            problems.add(new Problem(new Place(name, line, 1), message));
        }
    }

    List<Problem> problems() {
        return problems;
    }

    static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException _) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "nan", "null", "none", "na", "n/a" -> OptionalDouble.of(Double.NaN);
                case "inf", "+inf", "-inf" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
                default -> OptionalDouble.empty();
            };
        }
    }

    /// Seconds, of a number of them or of an instant as ISO 8601 has it.
    static OptionalDouble time(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException _) {
            try {
                var at = Instant.parse(text);
                return OptionalDouble.of(at.getEpochSecond() + at.getNano() / 1e9);
            } catch (DateTimeException _) {
                return OptionalDouble.empty();
            }
        }
    }
}
