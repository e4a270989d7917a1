package dev.pitcrew.read.prometheus;

import dev.pitcrew.read.survey.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The parts of a YAML file that are documents of their own, each with blank lines in place of what stands before it, so that all places hold.
final class Documents {
    private static final int PARTS_MAX = 200;
    private static final Pattern DATA =
            Pattern.compile(
                    "^( *)\"?([\\w.-]+\\.(?:ya?ml|rules|json))\"?: *[|>][-+0-9]*\\s*(?:#.*)?$");

    private Documents() {}

    /// The documents of a file that `---` divides.
    static List<SourceFile> of(SourceFile file) {
        if (!file.text().contains("\n---")) {
            return List.of(file);
        }
        var parts = new ArrayList<SourceFile>();
        int start = 1;
        for (int number = 1; number <= file.lines() + 1 && parts.size() < PARTS_MAX; number++) {
            if (number > file.lines() || file.line(number).startsWith("---")) {
                if (number > start) {
                    parts.add(lines(file, start, number));
                }
                start = number + 1;
            }
        }
        return parts;
    }

    /// The files that a ConfigMap holds.
    static List<SourceFile> embedded(SourceFile file) {
        if (!file.text().contains("ConfigMap")) {
            return List.of();
        }
        var parts = new ArrayList<SourceFile>();
        for (int number = 1; number <= file.lines() && parts.size() < PARTS_MAX; number++) {
            String line = file.line(number);
            var data = line.length() > 200 ? null : DATA.matcher(line);
            if (data == null || !data.matches()) {
                continue;
            }
            int indent = data.group(1).length();
            int end = number + 1;
            while (end <= file.lines() && isDeeper(file.line(end), indent)) {
                end++;
            }
            if (end > number + 1) {
                parts.add(lines(file, number + 1, end));
                number = end - 1;
            }
        }
        return parts;
    }

    private static boolean isDeeper(String line, int indent) {
        return line.isBlank()
                || (line.length() > indent && line.substring(0, indent + 1).isBlank());
    }

    /// @param from the first line
    /// @param to the line behind the last one
    private static SourceFile lines(SourceFile file, int from, int to) {
        var text = new StringBuilder("\n".repeat(from - 1));
        for (int number = from; number < to; number++) {
            text.append(file.line(number)).append('\n');
        }
        return new SourceFile(file.path(), text.toString());
    }
}
