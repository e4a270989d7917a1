package dev.pitcrew.read.systemd;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.SystemdUnit.UnitLine;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/// Reads the lines of a unit file: sections, keys, values that go on after a backslash.
final class UnitText {
    private static final int LINES_MAX = 5000;
    private static final int WRONG_MAX = 20; // after that it is no unit
    private static final int LINE_MAX = 20_000;
    private static final Pattern SECTION = Pattern.compile("\\[([^\\]]{1,100})\\]");
    private static final Pattern LINE =
            Pattern.compile("([A-Za-z][A-Za-z0-9-]{0,60})\\s*=\\s*(.*)");

    private UnitText() {}

    /// Its lines in order; what is none is a problem, and the rest is read.
    static List<UnitLine> read(SourceFile file, Found found) {
        var lines = new ArrayList<UnitLine>();
        String section = "";
        int number = 1;
        int wrong = 0;
        while (number <= file.lines() && lines.size() < LINES_MAX && wrong < WRONG_MAX) {
            String text = file.line(number);
            String bare = text.strip();
            int next = number + 1;
            if (text.length() > LINE_MAX) {
                found.problem(
                        file.place(number, 1),
                        "is too long for a line of a unit, and was not read");
            } else if (bare.isEmpty() || bare.startsWith("#") || bare.startsWith(";")) {
                // says nothing
            } else if (SECTION.matcher(bare).matches()) {
                section = bare.substring(1, bare.length() - 1);
            } else if (!isTemplate(bare)) {
                var match = LINE.matcher(bare);
                if (match.matches()) {
                    int lead = text.indexOf(bare.charAt(0));
                    var value = new StringBuilder(match.group(2));
                    while (endsOpen(value) && next <= file.lines() && value.length() < LINE_MAX) {
                        value.setLength(value.length() - 1);
                        value.append(file.line(next));
                        next++;
                    }
                    lines.add(
                            new UnitLine(
                                    section,
                                    match.group(1),
                                    file.place(number, lead + 1),
                                    new Located<>(
                                            value.toString().strip(),
                                            file.place(number, lead + match.start(2) + 1))));
                } else {
                    wrong++;
                    found.problem(
                            file.place(number, 1),
                            "is neither a section nor KEY=VALUE, so systemd ignores it");
                }
            }
            number = next;
        }
        return lines;
    }

    private static boolean endsOpen(StringBuilder value) {
        return !value.isEmpty() && value.charAt(value.length() - 1) == '\\';
    }

    /// What a template leaves out or in, line by line.
    private static boolean isTemplate(String line) {
        return line.startsWith("{%") || line.startsWith("{{") || line.startsWith("<%");
    }

    /// Where the characters of a value stand; of one that goes on over several lines, its beginning.
    static IntFunction<Place> places(SourceFile file, Located<String> value) {
        int offset = file.offset(value.place());
        int end = offset + value.value().length();
        boolean isOneLine = file.text().startsWith(value.value(), offset);
        return index -> isOneLine ? file.place(Math.min(offset + index, end)) : value.place();
    }
}
