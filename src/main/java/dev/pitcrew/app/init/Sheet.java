package dev.pitcrew.app.init;

import java.util.ArrayList;
import java.util.List;

/// The lines of a system file as a person writes them: comments beside what they are about, in one column, and above it where they are long.
final class Sheet {
    private static final int WIDTH = 150;
    private static final int COLUMN_MAX = 56;
    private static final int NOTE_WIDTH = 118;

    private record Line(String text, String comment) {}

    private final List<Line> lines = new ArrayList<>();

    /// @param depth of the indentation
    void line(int depth, String text) {
        line(depth, text, "");
    }

    void line(int depth, String text, String comment) {
        lines.add(new Line("  ".repeat(depth) + text, bare(comment)));
    }

    /// A comment by itself, on as many lines as it takes.
    void note(int depth, String comment) {
        String indent = "  ".repeat(depth) + "# ";
        var line = new StringBuilder();
        for (String word : bare(comment).split(" ", -1)) {
            if (!line.isEmpty() && indent.length() + line.length() + word.length() >= NOTE_WIDTH) {
                lines.add(new Line(indent + line, ""));
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(new Line(indent + line, ""));
    }

    /// A question, and below it what an answer would look like, to be uncommented.
    void question(int depth, String text, String example) {
        note(depth, "Question: " + text);
        if (!example.isEmpty()) {
            line(depth, "# " + example);
        }
    }

    /// An empty line, unless there is one.
    void gap() {
        if (!lines.isEmpty() && !lines.getLast().text().isEmpty()) {
            lines.add(new Line("", ""));
        }
    }

    String text() {
        var text = new StringBuilder();
        int from = 0;
        while (from < lines.size()) {
            int to = from;
            while (to < lines.size() && !lines.get(to).text().isEmpty()) {
                to++;
            }
            block(lines.subList(from, to), text);
            if (to < lines.size()) {
                text.append('\n');
            }
            from = to + 1;
        }
        return text.toString();
    }

    private static void block(List<Line> block, StringBuilder text) {
        int column =
                block.stream()
                        .filter(one -> !one.comment().isEmpty() && fits(one))
                        .mapToInt(one -> one.text().length())
                        .filter(length -> length <= COLUMN_MAX)
                        .max()
                        .orElse(0);
        for (Line one : block) {
            if (one.comment().isEmpty()) {
                text.append(one.text()).append('\n');
            } else if (fits(one)) {
                int spaces = Math.max(column - one.text().length(), 0) + 3;
                text.append(one.text()).repeat(' ', spaces).append("# ");
                text.append(one.comment()).append('\n');
            } else {
                var above = new Sheet();
                above.note(indent(one.text()) / 2, one.comment());
                text.append(above.text()).append(one.text()).append('\n');
            }
        }
    }

    private static boolean fits(Line line) {
        return Math.max(line.text().length(), COLUMN_MAX) + line.comment().length() <= WIDTH;
    }

    private static int indent(String text) {
        return text.length() - text.stripLeading().length();
    }

    /// In one line: what was read in a file may have any character.
    private static String bare(String comment) {
        return comment.replaceAll("[\\p{Cntrl}\\s\\u0085\\u2028\\u2029]+", " ").strip();
    }

    /// A value as YAML has it: plain where that is safe, else in double quotes.
    static String scalar(String value) {
        boolean isPlain =
                value.matches("[A-Za-z/_.][A-Za-z0-9/_.+-]*")
                        && !value.matches("(?i)true|false|yes|no|on|off|y|n|null|\\.(inf|nan)");
        return isPlain ? value : quoted(value);
    }

    private static String quoted(String value) {
        var text = new StringBuilder("\"");
        value.codePoints()
                .forEach(
                        one -> {
                            switch (one) {
                                case '"' -> text.append("\\\"");
                                case '\\' -> text.append("\\\\");
                                case '\n' -> text.append("\\n");
                                case '\t' -> text.append("\\t");
                                default -> {
                                    if (one < 0x20 || (one >= 0x7F && one < 0xA0)) {
                                        text.append("\\x%02x".formatted(one));
                                    } else if (one == 0x2028 || one == 0x2029 || one == 0xFEFF) {
                                        text.append("\\u%04x".formatted(one));
                                    } else {
                                        text.appendCodePoint(one);
                                    }
                                }
                            }
                        });
        return text.append('"').toString();
    }

    /// A list of values in one line.
    static String list(List<String> values) {
        return "[" + String.join(", ", values.stream().map(Sheet::scalar).toList()) + "]";
    }
}
