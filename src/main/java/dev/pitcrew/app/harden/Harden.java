package dev.pitcrew.app.harden;

import dev.pitcrew.app.assess.Assess;
import dev.pitcrew.app.assess.Assessment;
import dev.pitcrew.app.assess.Looked;
import dev.pitcrew.app.harden.Hardening.ByHand;
import dev.pitcrew.app.harden.Hardening.Why;
import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.fix.Fix;
import dev.pitcrew.assess.fix.Fix.Reach;
import dev.pitcrew.assess.fix.Fixes;
import dev.pitcrew.model.Problem;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Mends what can be mended, in memory. Pure: the same files give the same fixes.
///
/// In rounds: the files are assessed, every finding's first fix that fits is turned into edits, those that don't meet are made on a copy, and the copy is read and assessed again. If the [Proof] does
/// not hold for all of them, [Parts] of them are looked at by themselves, so that a bad fix costs no other. What met another fix waits for the next round; the last round has nothing left to do.
public final class Harden {
    private static final int ROUNDS_MAX = 30;
    private static final int READINGS_AT_ONCE = 8; // as the files are: somebody waits for findings

    private final List<Problem> unread;
    private final Set<String> codes;
    private final LocalDate today;
    private final boolean isExample;
    private final Predicate<String> isWritable;

    private final Looked looked = new Looked();

    /// Edited files as they were tried, by path: what is edited to the same text again is the same file, and not read again.
    private final Map<String, List<SourceFile>> edited = new HashMap<>();

    /// How many fixes of a finding have not held.
    private final Map<String, Integer> tried = new HashMap<>();

    private int round;

    /// How often the files may still be read again.
    private int readings = Integer.MAX_VALUE;

    private Harden(
            List<Problem> unread,
            List<Check> checks,
            LocalDate today,
            boolean isExample,
            Predicate<String> isWritable) {
        this.unread = unread;
        this.codes =
                checks.stream()
                        .map(check -> check.id().code())
                        .collect(java.util.stream.Collectors.toUnmodifiableSet());
        this.today = today;
        this.isExample = isExample;
        this.isWritable = isWritable;
    }

    /// @param sources the files
    /// @param unread what could not be read
    /// @param checks whose findings are to be mended; the proof takes all of them
    /// @param isExample as for [Assess]
    /// @param isWritable whether a file may be edited, by its path
    /// @param reach up to which fixes are made
    public static Hardening harden(
            Sources sources,
            List<Problem> unread,
            List<Check> checks,
            LocalDate today,
            boolean isExample,
            Predicate<String> isWritable,
            Reach reach) {
        return new Harden(unread, checks, today, isExample, isWritable).run(sources, reach);
    }

    /// The fixes that can be made in the files as they are, whatever they reach: one a finding, proven together. Where the files would have to be
    /// read more than a few times for that, the fixes in doubt are left out.
    ///
    /// @param checks whose findings are to be mended
    public static List<Mended> atOnce(
            Sources sources,
            List<Problem> unread,
            List<Check> checks,
            LocalDate today,
            boolean isExample) {
        var harden = new Harden(unread, checks, today, isExample, _ -> true);
        var before = harden.assess(sources);
        harden.round = 1;
        harden.readings = READINGS_AT_ONCE;
        var candidates = harden.candidates(before, Reach.BEHAVIOUR);
        return candidates.isEmpty() ? List.of() : harden.proven(before, candidates).fixes();
    }

    private Hardening run(Sources sources, Reach reach) {
        var before = assess(sources);
        var mended = new ArrayList<Mended>();
        var safe = rounds(before, Reach.SAFE, mended);
        if (reach == Reach.BEHAVIOUR) {
            safe = rounds(safe, Reach.BEHAVIOUR, mended);
        }
        var withheld = new ArrayList<Mended>();
        var rest = reach == Reach.BEHAVIOUR ? safe : rounds(safe, Reach.BEHAVIOUR, withheld);
        var byHand =
                rest.findings().stream()
                        .filter(one -> codes.contains(one.check().code()))
                        .map(one -> new ByHand(one, why(one, rest)))
                        .toList();
        return new Hardening(before, safe.sources(), mended, withheld, byHand);
    }

    private Why why(Finding one, Assessment in) {
        if (!Fixes.has(one.check())) {
            return Why.NO_FIX;
        }
        return tried.containsKey(Proof.said(one)) && !Fixes.of(one, in.subject()).isEmpty()
                ? Why.NOT_PROVEN
                : Why.NOT_HERE;
    }

    private Assessment assess(Sources sources) {
        return Assess.withCopies(sources, unread, Checks.ALL, today, isExample, looked);
    }

    private Assessment rounds(Assessment from, Reach reach, List<Mended> mended) {
        var now = from;
        for (int i = 0; i < ROUNDS_MAX; i++) {
            round++;
            var candidates = candidates(now, reach);
            if (candidates.isEmpty()) {
                return now;
            }
            var held = proven(now, candidates);
            if (!held.fixes().isEmpty()) {
                mended.addAll(held.fixes());
                now = held.after();
            }
        }
        return now;
    }

    /// The fixes of a round: of each finding the first that fits and was not tried, without those that meet one before.
    private List<Mended> candidates(Assessment now, Reach reach) {
        var editor = new Editor(now.sources());
        var chosen = new ArrayList<Mended>();
        var edited = new HashMap<String, List<Edit>>();
        for (Finding finding : now.findings()) {
            if (codes.contains(finding.check().code())) {
                candidate(finding, now, editor, reach)
                        .filter(one -> !one.meets(edited))
                        .ifPresent(
                                one -> {
                                    chosen.add(one);
                                    one.edits().forEach(edit -> add(edited, edit));
                                });
            }
        }
        return chosen;
    }

    private Optional<Mended> candidate(
            Finding finding, Assessment now, Editor editor, Reach reach) {
        var fixes =
                Fixes.of(finding, now.subject()).stream()
                        .filter(fix -> fix.reach().compareTo(reach) <= 0)
                        .toList();
        for (int i = tried.getOrDefault(key(finding, reach), 0); i < fixes.size(); i++) {
            Fix fix = fixes.get(i);
            var edits =
                    editor.edits(fix.changes())
                            .filter(
                                    all ->
                                            all.stream()
                                                    .allMatch(one -> isWritable.test(one.file())));
            if (edits.isPresent()) {
                tried.put(key(finding, reach), i);
                return Optional.of(
                        new Mended(
                                finding,
                                fix,
                                edits.get(),
                                edits.get().stream().map(one -> line(one, now)).toList(),
                                round));
            }
        }
        return Optional.empty();
    }

    private static int line(Edit edit, Assessment now) {
        return now.sources()
                .file(edit.file())
                .map(file -> file.place(edit.start()).line())
                .orElse(1);
    }

    private static String key(Finding finding, Reach reach) {
        return reach + "\n" + Proof.said(finding);
    }

    private static void add(Map<String, List<Edit>> byFile, Edit edit) {
        var edits = byFile.computeIfAbsent(edit.file(), _ -> new ArrayList<>());
        if (!edits.contains(edit)) { // two findings may ask for the same
            edits.add(edit);
        }
    }

    /// @param fixes for which the proof holds together
    /// @param after what is found once they are made
    private record Held(List<Mended> fixes, Assessment after) {}

    /// Those of some fixes that hold together. One that does not hold where no other edits its file is not tried again.
    private Held proven(Assessment now, List<Mended> fixes) {
        if (readings <= 0) {
            return new Held(List.of(), now);
        }
        var checked = check(now, fixes);
        if (checked.proof().holds()) {
            return new Held(fixes, checked.after());
        }
        var parts = Parts.of(fixes, checked.proof().doubted());
        if (parts.isEmpty()) {
            fixes.forEach(this::givenUp);
            return new Held(List.of(), now);
        }
        var left = proven(now, parts.get().first());
        var right = proven(now, parts.get().second());
        if (left.fixes().isEmpty()) {
            return right;
        }
        if (right.fixes().isEmpty()) {
            return left;
        }
        if (readings <= 0) {
            return left;
        }
        // Each part holds by itself; where both together don't, the other one waits for the next
        // round.
        var both = new ArrayList<>(left.fixes());
        both.addAll(right.fixes());
        var together = check(now, both);
        return together.proof().holds() ? new Held(both, together.after()) : left;
    }

    private SourceFile edited(String path, String text) {
        var known = edited.computeIfAbsent(path, _ -> new ArrayList<>());
        return known.stream()
                .filter(one -> one.text().equals(text))
                .findFirst()
                .orElseGet(
                        () -> {
                            var file = new SourceFile(path, text);
                            known.add(file);
                            return file;
                        });
    }

    private void givenUp(Mended one) {
        for (Reach reach : Reach.values()) {
            tried.computeIfPresent(key(one.finding(), reach), (_, count) -> count + 1);
        }
        tried.putIfAbsent(Proof.said(one.finding()), 1);
    }

    /// @param after what is found with the fixes
    private record Checked(Assessment after, Proof proof) {}

    private Checked check(Assessment now, List<Mended> fixes) {
        readings--;
        var byFile = new TreeMap<String, List<Edit>>();
        fixes.forEach(one -> one.edits().forEach(edit -> add(byFile, edit)));
        var files = new LinkedHashMap<String, SourceFile>();
        now.sources().all().forEach(file -> files.put(file.path(), file));
        var lines = new HashMap<String, Lines>();
        byFile.forEach(
                (path, edits) -> {
                    edits.sort(Comparator.comparingInt(Edit::start));
                    String text = now.sources().file(path).map(SourceFile::text).orElse("");
                    files.put(path, edited(path, Texts.after(text, edits)));
                    lines.put(path, Lines.of(text, edits));
                });
        var after = assess(new Sources(List.copyOf(files.values())));
        return new Checked(after, Proof.of(now, after, lines, fixes));
    }
}
