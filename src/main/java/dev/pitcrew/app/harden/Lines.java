package dev.pitcrew.app.harden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What edits made of the lines of a file.
///
/// @param old lines that an edit touched, as they were counted before, from 1
/// @param fresh lines that are other or new, as they are counted now
/// @param shifts for each old line from 0, the line that it is now; the index is the old line
/// @param spans of the new text that edits wrote
record Lines(Set<Integer> old, Set<Integer> fresh, List<Integer> shifts, List<Span> spans) {
    /// @param from the first character, from 0
    /// @param to the one after the last
    record Span(int from, int to) {}

    /// @param text before
    /// @param edits in the order of their places, none meeting another
    static Lines of(String text, List<Edit> edits) {
        var old = new HashSet<Integer>();
        var fresh = new HashSet<Integer>();
        int count = breaks(text, 0, text.length()) + 2;
        int[] now = new int[count + 1];
        var spans = new ArrayList<Span>();
        int shift = 0;
        int next = 0;
        int moved = 0;
        for (Edit edit : edits) {
            spans.add(new Span(edit.start() + moved, edit.start() + moved + edit.text().length()));
            moved += edit.text().length() - (edit.end() - edit.start());
            int first = breaks(text, 0, edit.start()) + 1;
            int last = breaks(text, 0, edit.end()) + 1;
            boolean isAtStart = edit.start() == 0 || text.charAt(edit.start() - 1) == '\n';
            boolean isWhole =
                    isAtStart && (edit.end() == text.length() || isStart(text, edit.end()));
            for (; next <= Math.min(count, isAtStart ? first - 1 : first); next++) {
                now[next] = next + shift;
            }
            int added = breaks(edit.text(), 0, edit.text().length());
            for (int line = first; line < last || (line == last && !isWhole); line++) {
                old.add(line);
            }
            for (int line = 0; line <= added; line++) {
                fresh.add(first + shift + line);
            }
            if (isWhole && added > 0) {
                fresh.remove(first + shift + added);
            }
            shift += added - (last - first);
        }
        for (; next <= count; next++) {
            now[next] = next + shift;
        }
        return new Lines(old, fresh, Arrays.stream(now).boxed().toList(), spans);
    }

    private static boolean isStart(String text, int at) {
        return at == 0 || text.charAt(at - 1) == '\n';
    }

    private static int breaks(String text, int from, int to) {
        int count = 0;
        for (int at = text.indexOf('\n', from);
                at >= 0 && at < to;
                at = text.indexOf('\n', at + 1)) {
            count++;
        }
        return count;
    }

    /// The line that an old one is now.
    int now(int line) {
        return line < shifts.size() ? shifts.get(line) : line;
    }

    /// Whether an edit wrote a character of the new text.
    boolean wrote(int offset) {
        return spans.stream().anyMatch(span -> span.from() <= offset && offset < span.to());
    }
}
