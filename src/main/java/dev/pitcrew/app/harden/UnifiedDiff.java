package dev.pitcrew.app.harden;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// What changed in a text, as `git apply` and `patch -p1` take it.
///
/// The lines that stay are found by the longest common subsequence between the first and the last line that differ, which edits keep short.
///
/// @see <a href="https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html">the format</a>
public final class UnifiedDiff {
    private static final int CONTEXT = 3;
    private static final long CELLS_MAX = 4_000_000;

    private UnifiedDiff() {}

    /// Lines that belong together.
    ///
    /// @param from the first of the old lines, from 1; 0 where there are none
    /// @param count of old lines
    /// @param to the first of the new lines, from 1; 0 where there are none
    /// @param newCount of new lines
    /// @param oldLines numbers of the old lines that go, from 1
    /// @param newLines numbers of the new lines that come, from 1
    /// @param lines with their first character: blank, `-`, `+`, or `\`
    public record Hunk(
            int from,
            int count,
            int to,
            int newCount,
            List<Integer> oldLines,
            List<Integer> newLines,
            List<String> lines) {
        public Hunk {
            oldLines = List.copyOf(oldLines);
            newLines = List.copyOf(newLines);
            lines = List.copyOf(lines);
        }

        /// `@@ -3,6 +3,7 @@ WORDS`
        String head(String words) {
            return "@@ -%d,%d +%d,%d @@%s"
                    .formatted(from, count, to, newCount, words.isEmpty() ? "" : " " + words);
        }
    }

    /// The hunks between two texts; none when they are the same.
    public static List<Hunk> hunks(String before, String after) {
        var old = lines(before);
        var now = lines(after);
        return grouped(old, now, steps(old, now));
    }

    /// The whole of it for a file, with what stands behind the `@@` of each hunk.
    public static String of(
            String path, String before, String after, boolean isNew, IntFunction<String> words) {
        var hunks = hunks(before, after);
        var text = new StringBuilder();
        text.append("diff --git ").append(name("a/" + path)).append(' ').append(name("b/" + path));
        text.append('\n');
        if (isNew) {
            text.append("new file mode 100644\n--- /dev/null\n");
        } else {
            text.append("--- ").append(name("a/" + path)).append(tab(path)).append('\n');
        }
        text.append("+++ ").append(name("b/" + path)).append(tab(path)).append('\n');
        for (int i = 0; i < hunks.size(); i++) {
            text.append(hunks.get(i).head(words.apply(i))).append('\n');
            hunks.get(i).lines().forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    /// GNU patch takes a name up to the tab, so that blanks in it are part of it.
    private static String tab(String path) {
        return path.contains(" ") ? "\t" : "";
    }

    /// A name as git writes it: quoted where it holds quotes, control characters or bytes beyond ASCII.
    private static String name(String path) {
        boolean isPlain = path.chars().allMatch(c -> c >= 32 && c < 127 && c != '"' && c != '\\');
        if (isPlain) {
            return path;
        }
        var quoted = new StringBuilder("\"");
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c >= 32 && c < 127) {
                quoted.append(c);
            } else {
                quoted.append("\\%03o".formatted((int) c));
            }
        }
        return quoted.append('"').toString();
    }

    /// Each with its line end; the last one may have none.
    private static List<String> lines(String text) {
        var lines = new ArrayList<String>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int next = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(start, next));
            start = next;
        }
        return lines;
    }

    /// One line of the way from one text to the other.
    private record Step(char kind, int old, int fresh) {}

    private static List<Step> steps(List<String> old, List<String> now) {
        int head = 0;
        while (head < Math.min(old.size(), now.size()) && old.get(head).equals(now.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(old.size(), now.size()) - head
                && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        var steps = new ArrayList<Step>();
        for (int i = 0; i < head; i++) {
            steps.add(new Step(' ', i, i));
        }
        middle(old, now, head, old.size() - tail, now.size() - tail, steps);
        for (int i = tail; i > 0; i--) {
            steps.add(new Step(' ', old.size() - i, now.size() - i));
        }
        return steps;
    }

    private static void middle(
            List<String> old,
            List<String> now,
            int head,
            int oldEnd,
            int nowEnd,
            List<Step> steps) {
        int rows = oldEnd - head;
        int columns = nowEnd - head;
        boolean isShort = (long) rows * columns <= CELLS_MAX;
        int[][] common = new int[isShort ? rows + 1 : 1][isShort ? columns + 1 : 1];
        for (int i = rows - 1; isShort && i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                common[i][j] =
                        old.get(head + i).equals(now.get(head + j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < rows || j < columns) {
            boolean isSame =
                    isShort
                            && i < rows
                            && j < columns
                            && old.get(head + i).equals(now.get(head + j));
            if (isSame) {
                steps.add(new Step(' ', head + i++, head + j++));
            } else if (i < rows
                    && (j == columns || !isShort || common[i + 1][j] >= common[i][j + 1])) {
                steps.add(new Step('-', head + i++, head + j));
            } else {
                steps.add(new Step('+', head + i, head + j++));
            }
        }
    }

    private static List<Hunk> grouped(List<String> old, List<String> now, List<Step> steps) {
        var hunks = new ArrayList<Hunk>();
        int next = 0;
        while (next < steps.size()) {
            while (next < steps.size() && steps.get(next).kind() == ' ') {
                next++;
            }
            if (next == steps.size()) {
                break;
            }
            int start = Math.max(0, next - CONTEXT);
            int last = next;
            for (int i = next; i < steps.size() && i <= last + 2 * CONTEXT; i++) {
                if (steps.get(i).kind() != ' ') {
                    last = i;
                }
            }
            int end = Math.min(steps.size(), last + 1 + CONTEXT);
            hunks.add(hunk(old, now, steps.subList(start, end)));
            next = end;
        }
        return hunks;
    }

    private static Hunk hunk(List<String> old, List<String> now, List<Step> steps) {
        var lines = new ArrayList<String>();
        var gone = new ArrayList<Integer>();
        var come = new ArrayList<Integer>();
        int count = 0;
        int newCount = 0;
        for (Step step : steps) {
            boolean isOld = step.kind() != '+';
            String line = isOld ? old.get(step.old()) : now.get(step.fresh());
            count += isOld ? 1 : 0;
            newCount += step.kind() != '-' ? 1 : 0;
            if (step.kind() == '-') {
                gone.add(step.old() + 1);
            } else if (step.kind() == '+') {
                come.add(step.fresh() + 1);
            }
            boolean isEnded = line.endsWith("\n");
            lines.add(step.kind() + (isEnded ? line.substring(0, line.length() - 1) : line));
            if (!isEnded) {
                lines.add("\\ No newline at end of file");
            }
        }
        int from = steps.getFirst().old() + (count == 0 ? 0 : 1);
        int to = steps.getFirst().fresh() + (newCount == 0 ? 0 : 1);
        return new Hunk(from, count, to, newCount, gone, come, lines);
    }
}
