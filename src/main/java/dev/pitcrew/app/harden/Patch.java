package dev.pitcrew.app.harden;

import dev.pitcrew.assess.fix.Fix.Reach;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A hardening as one patch: what each hunk is for stands in its head, and all of it in front of its file, where `git apply` and `patch` pass over it.
public final class Patch {
    private Patch() {}

    /// The text of it; empty when nothing is mended.
    public static String of(Hardening hardening) {
        var text = new StringBuilder();
        hardening.changes().forEach((path, change) -> file(path, change, hardening, text));
        return text.toString();
    }

    private static void file(
            String path, Hardening.Change change, Hardening hardening, StringBuilder text) {
        var here =
                hardening.mended().stream()
                        .filter(one -> one.edits().stream().anyMatch(at -> at.file().equals(path)))
                        .toList();
        for (Mended one : here) {
            text.append(line(one)).append('\n');
        }
        var hunks = UnifiedDiff.hunks(change.before(), change.after());
        var words = words(path, hunks, here);
        text.append(
                UnifiedDiff.of(path, change.before(), change.after(), change.isNew(), words::get));
    }

    /// `TRD-001 compose.yaml:7:17 changes what trades: One copy runs instead of 2; the others are stopped.`
    static String line(Mended one) {
        return "%s %s%s: %s"
                .formatted(
                        one.finding().check().code(),
                        one.finding().place(),
                        one.fix().reach() == Reach.BEHAVIOUR ? " (behaviour)" : "",
                        one.fix().effect());
    }

    /// What stands in the head of each hunk: the codes, places and sentences of the fixes that it holds.
    private static List<String> words(
            String path, List<UnifiedDiff.Hunk> hunks, List<Mended> here) {
        Map<Integer, LinkedHashSet<String>> byHunk = new TreeMap<>();
        for (Mended one : here) {
            for (int i = 0; i < one.edits().size(); i++) {
                if (one.edits().get(i).file().equals(path)) {
                    byHunk.computeIfAbsent(
                                    hunk(hunks, one.lines().get(i)), _ -> new LinkedHashSet<>())
                            .add(line(one));
                }
            }
        }
        var words = new ArrayList<String>();
        for (int i = 0; i < hunks.size(); i++) {
            words.add(String.join(" | ", byHunk.getOrDefault(i, new LinkedHashSet<>())));
        }
        return words;
    }

    /// The hunk that is nearest to a line. An edit of a later round counts the lines that earlier ones left, so this is for people alone.
    private static int hunk(List<UnifiedDiff.Hunk> hunks, int line) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < hunks.size(); i++) {
            var hunk = hunks.get(i);
            int last = hunk.from() + hunk.count();
            int away = line < hunk.from() ? hunk.from() - line : Math.max(0, line - last);
            if (away < least) {
                least = away;
                best = i;
            }
        }
        return best;
    }
}
