package dev.pitcrew.read.systemd;

import dev.pitcrew.read.survey.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Units that a shell script writes by a here-document, which is how most of them are installed.
final class WrittenUnits {
    private static final Pattern OPENS =
            Pattern.compile(
                    "(?m)^(?=[^\\n]{0,500}<<)[^\\n#]{0,400}?([A-Za-z0-9@_.-]{1,100}\\.(?:service|timer|socket))\\b[^\\n]*$");
    private static final Pattern END = Pattern.compile("<<-?\\s{0,4}[\"'\\\\]?([A-Za-z_0-9]+)");
    private static final int UNITS_MAX = 50;

    private WrittenUnits() {}

    /// A unit, at the places where it stands in the script.
    ///
    /// @param name of the unit
    /// @param file the script, with blanks in the place of all else
    record Written(String name, SourceFile file) {}

    static boolean isIn(SourceFile file) {
        return file.name().matches(".*\\.(sh|bash)")
                && file.text().contains("<<")
                && (file.text().contains("[Service]") || file.text().contains("[Timer]"));
    }

    static List<Written> of(SourceFile file) {
        var written = new ArrayList<Written>();
        String text = file.text();
        var opens = OPENS.matcher(text);
        int from = 0;
        while (written.size() < UNITS_MAX && from < text.length() && opens.find(from)) {
            var end = END.matcher(opens.group());
            from = opens.end();
            if (end.find()) {
                int body = Math.min(text.length(), opens.end() + 1);
                int to = end(text, body, end.group(1));
                written.add(new Written(opens.group(1), alone(file, body, to)));
                from = to;
            }
        }
        return written;
    }

    /// Where the line stands that ends a here-document.
    private static int end(String text, int from, String mark) {
        int at = from;
        while (at < text.length()) {
            int newline = text.indexOf('\n', at);
            int to = newline < 0 ? text.length() : newline;
            if (text.substring(at, to).strip().equals(mark)) {
                return at;
            }
            at = to + 1;
        }
        return text.length();
    }

    private static SourceFile alone(SourceFile file, int from, int to) {
        var blank = new StringBuilder(file.text());
        for (int i = 0; i < blank.length(); i++) {
            if ((i < from || i >= to) && blank.charAt(i) != '\n') {
                blank.setCharAt(i, ' ');
            }
        }
        return new SourceFile(file.path(), blank.toString());
    }
}
