package dev.pitcrew.app.harden;

import dev.pitcrew.model.Place;
import dev.pitcrew.read.survey.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A file's text in lines, as edits need it.
final class Texts {
    private final SourceFile file;

    Texts(SourceFile file) {
        this.file = file;
    }

    SourceFile file() {
        return file;
    }

    String text() {
        return file.text();
    }

    /// What ends a line here.
    String lineEnd() {
        int first = text().indexOf('\n');
        return first > 0 && text().charAt(first - 1) == '\r' ? "\r\n" : "\n";
    }

    boolean has(Place place) {
        return place.line() <= file.lines();
    }

    /// Where a line begins; the end of the text for the line after the last.
    int start(int line) {
        return line > file.lines() ? text().length() : file.offset(file.place(line, 1));
    }

    /// Where the visible text of a line ends, before its line end.
    int end(int line) {
        return start(line) + file.line(line).length();
    }

    String line(int line) {
        return file.line(line);
    }

    static String indentation(String line) {
        return line.substring(0, line.length() - line.stripLeading().length());
    }

    /// Whole lines before a line; after the last one, which may lack its line end, a new end comes first and the last line stays without one.
    Edit lines(int before, List<String> lines) {
        String end = lineEnd();
        if (before > file.lines()) {
            boolean isEnded = text().isEmpty() || text().endsWith("\n");
            String joined = String.join(end, lines);
            return new Edit(
                    file.path(),
                    text().length(),
                    text().length(),
                    isEnded ? joined + end : end + joined);
        }
        return new Edit(file.path(), start(before), start(before), String.join(end, lines) + end);
    }

    /// Lines go, with their ends.
    Edit without(int from, int to) {
        int start = start(from);
        int end = start(to + 1);
        // The line before the last one keeps the file without a last newline.
        if (end == text().length() && !text().endsWith("\n") && start > 0) {
            start -= lineEnd().length();
        }
        return new Edit(file.path(), start, end, "");
    }

    Edit span(int start, int end, String text) {
        return new Edit(file.path(), start, end, text);
    }

    /// What the lines of a file are indented by: the smallest step found, else two blanks, or a tab where tabs are.
    String step() {
        int least = 0;
        for (int i = 1; i <= file.lines(); i++) {
            String line = file.line(i);
            if (line.startsWith("\t")) {
                return "\t";
            }
            int blanks = indentation(line).length();
            if (blanks > 1 && !line.isBlank() && (least == 0 || blanks < least)) {
                least = blanks;
            }
        }
        return " ".repeat(least == 0 ? 2 : least);
    }

    /// The text after edits that do not meet.
    static String after(String text, List<Edit> edits) {
        var built = new StringBuilder(text);
        var backwards = new ArrayList<>(edits);
        backwards.sort(Comparator.comparingInt(Edit::start).reversed());
        backwards.forEach(edit -> built.replace(edit.start(), edit.end(), edit.text()));
        return built.toString();
    }
}
