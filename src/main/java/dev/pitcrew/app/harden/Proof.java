package dev.pitcrew.app.harden;

import dev.pitcrew.app.assess.Assessment;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Whether edits did what they are for and nothing else. Three things must hold: the findings are gone, no finding and no problem is new, and all else is as it was, which [FactsKept] looks at.
///
/// @param doubted the fixes that it must be the fault of where it does not hold; none when nothing points at some
/// @param holds whether it holds for all of them together
record Proof(boolean holds, List<Mended> doubted) {
    Proof {
        doubted = List.copyOf(doubted);
    }

    /// @param before what was found before the fixes
    /// @param after what is found with them
    /// @param lines what became of the lines of each edited file
    static Proof of(
            Assessment before, Assessment after, Map<String, Lines> lines, List<Mended> fixes) {
        var old = counted(before.findings(), Said::of);
        var doubted = new LinkedHashSet<Mended>(stayed(old, after, fixes));
        var files = fresh(old, before, after, lines, fixes);
        var kept = new FactsKept(before, after, lines);
        files.addAll(kept.changedElsewhere(fixes));
        var unexplained = new HashSet<>(kept.changedContainers());
        for (Mended one : fixes) {
            var about = kept.containersOf(one);
            unexplained.removeAll(about);
            about.retainAll(kept.changedContainers());
            if (about.size() > one.fix().changes().size() || edits(one, files)) {
                doubted.add(one);
            }
        }
        boolean holds = doubted.isEmpty() && files.isEmpty() && unexplained.isEmpty();
        boolean isKnown = !doubted.isEmpty() && unexplained.isEmpty();
        return new Proof(holds, isKnown ? new ArrayList<>(doubted) : List.of());
    }

    private static boolean edits(Mended one, Set<String> files) {
        return one.edits().stream().anyMatch(edit -> files.contains(edit.file()));
    }

    /// The fixes whose findings are still there.
    private static List<Mended> stayed(Map<Said, Long> old, Assessment after, List<Mended> fixes) {
        var now = counted(after.findings(), Said::of);
        var mended = counted(fixes.stream().map(Mended::finding).toList(), Said::of);
        return fixes.stream()
                .filter(
                        one -> {
                            var said = Said.of(one.finding());
                            return now.getOrDefault(said, 0L)
                                    > old.getOrDefault(said, 0L) - mended.getOrDefault(said, 0L);
                        })
                .toList();
    }

    /// The files of findings, problems and notes that are new. Some checks tell one place of a file at a time: what one of those tells next, where nothing was edited, was there before.
    private static Set<String> fresh(
            Map<Said, Long> old,
            Assessment before,
            Assessment after,
            Map<String, Lines> lines,
            List<Mended> fixes) {
        var files = new HashSet<String>();
        var next = fixes.stream().map(one -> Where.of(one.finding())).collect(Collectors.toSet());
        var places = fixes.stream().map(one -> Spot.of(one.finding())).collect(Collectors.toSet());
        var told =
                after.findings().stream()
                        .filter(
                                one ->
                                        !next.contains(Where.of(one))
                                                || places.contains(Spot.of(one))
                                                || isEdited(one, after, lines))
                        .toList();
        fresh(old, told, Said::of, one -> one.place().file(), files);
        fresh(
                counted(before.problems(), Proof::said),
                after.problems(),
                Proof::said,
                one -> one.place().file(),
                files);
        fresh(
                counted(before.notes(), Proof::said),
                after.notes(),
                Proof::said,
                one -> one.place().file(),
                files);
        return files;
    }

    private static boolean isEdited(Finding one, Assessment after, Map<String, Lines> lines) {
        var of = lines.get(one.place().file());
        return of != null
                && after.sources()
                        .file(one.place().file())
                        .filter(file -> of.wrote(file.offset(one.place())))
                        .isPresent();
    }

    private record Where(String code, String file) {
        static Where of(Finding one) {
            return new Where(one.check().code(), one.place().file());
        }
    }

    private record Spot(Place place, Optional<String> service) {
        static Spot of(Finding one) {
            return new Spot(one.place(), one.service());
        }
    }

    private static <T, S> void fresh(
            Map<S, Long> before,
            List<T> after,
            Function<T, S> said,
            Function<T, String> file,
            Set<String> files) {
        var left = new HashMap<>(before);
        for (T one : after) {
            long count = left.getOrDefault(said.apply(one), 0L);
            left.put(said.apply(one), count - 1);
            if (count <= 0) {
                files.add(file.apply(one));
            }
        }
    }

    private static <T, S> Map<S, Long> counted(List<T> all, Function<T, S> said) {
        return all.stream().collect(Collectors.groupingBy(said, Collectors.counting()));
    }

    /// The same as [#said(Finding)], compared without putting it together.
    private record Said(String code, String file, String service, String what) {
        static Said of(Finding one) {
            return new Said(
                    one.check().code(), one.place().file(), one.service().orElse(""), one.what());
        }
    }

    /// What a finding says, wherever it has moved to.
    static String said(Finding one) {
        return String.join(
                "\n", one.check().code(), one.place().file(), one.service().orElse(""), one.what());
    }

    private static String said(Problem one) {
        return one.place().file() + "\n" + one.message();
    }
}
