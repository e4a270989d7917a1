package dev.pitcrew.app.harden;

import dev.pitcrew.app.assess.Assessment;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.model.infra.Migration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The part of a proof that is about facts: whatever was read and stands on no edited line is as it was. A line that the finding names counts as edited, and so does a file that an ignore list now leaves
/// out.
final class FactsKept {
    private final Map<String, Lines> lines;
    private final Set<String> names;
    private final Map<String, List<Container>> containersByFile;
    private final List<Moved> changedOld;
    private final List<Moved> changedNew;
    private final Set<String> changedContainers;

    /// @param lines what became of the lines of each edited file
    FactsKept(Assessment before, Assessment after, Map<String, Lines> lines) {
        this.lines = lines;
        var containers = before.subject().all(Container.class);
        this.names = containers.stream().map(Container::name).collect(Collectors.toSet());
        this.containersByFile =
                containers.stream().collect(Collectors.groupingBy(one -> one.place().file()));
        // Most are the very same objects, which is told sooner than that two are equal.
        var facts = before.subject().survey().facts();
        var nowFacts = after.subject().survey().facts();
        var old = unnumbered(without(facts, nowFacts, new IdentityHashMap<>()));
        var now = unnumbered(without(nowFacts, facts, new IdentityHashMap<>()));
        var gone = without(old, now, new HashMap<>());
        var come = without(now, old, new HashMap<>());
        // A fact that only moved is the same fact.
        var places = new PlacesIn(lines.keySet());
        var oldOnes =
                gone.parallelStream()
                        .map(
                                fact -> {
                                    String text = fact.toString();
                                    return new Moved(fact, text, places.moved(text, this::now));
                                })
                        .toList();
        var newOnes =
                come.parallelStream()
                        .map(
                                fact -> {
                                    String text = fact.toString();
                                    return new Moved(fact, text, text);
                                })
                        .toList();
        this.changedOld = otherTexts(oldOnes, newOnes);
        this.changedNew = otherTexts(newOnes, oldOnes);
        this.changedContainers = containers(List.of(changedOld, changedNew));
    }

    /// The facts without what only says how many others there are: the number of a migration in its series.
    private static List<InfraFact> unnumbered(List<InfraFact> facts) {
        return facts.stream()
                .map(
                        fact ->
                                fact instanceof Migration one
                                        ? new Migration(
                                                one.format(),
                                                one.place(),
                                                one.series(),
                                                0,
                                                0,
                                                one.dialect(),
                                                one.changes())
                                        : fact)
                .toList();
    }

    /// The files of facts that changed though nothing was edited where they stand; none when all else is as it was.
    Set<String> changedElsewhere(List<Mended> fixes) {
        var meant = new Meant(fixes);
        var before = expected(true, meant);
        var after = expected(false, meant);
        var edited = new HashSet<String>();
        changedOld.parallelStream()
                .filter(one -> touches(one, before))
                .map(one -> who(one.fact(), true))
                .forEachOrdered(edited::add);
        changedNew.parallelStream()
                .filter(one -> touches(one, after))
                .map(one -> who(one.fact(), false))
                .forEachOrdered(edited::add);
        var files = new TreeSet<String>();
        changedOld.stream()
                .filter(one -> !edited.contains(who(one.fact(), true)))
                .forEach(one -> files.add(one.fact().place().file()));
        changedNew.stream()
                .filter(one -> !edited.contains(who(one.fact(), false)))
                .forEach(one -> files.add(one.fact().place().file()));
        return files;
    }

    /// The containers that are others now, or new or gone, by name.
    Set<String> changedContainers() {
        return changedContainers;
    }

    private static Set<String> containers(List<List<Moved>> changed) {
        var names = new TreeSet<String>();
        for (var list : changed) {
            for (var one : list) {
                if (one.fact() instanceof Container container) {
                    names.add(container.name());
                }
            }
        }
        return names;
    }

    /// The containers that a fix is about: that of its finding's service, and those that its places stand in. What several share by an anchor is about one of them at most.
    Set<String> containersOf(Mended fix) {
        var about = new TreeSet<String>();
        fix.finding().service().ifPresent(part -> addNames(part, about));
        var places = new ArrayList<Place>();
        places.add(fix.finding().place());
        fix.finding().related().forEach(one -> places.add(one.place()));
        fix.fix().changes().forEach(one -> places.add(one.place()));
        for (Place place : places) {
            containersByFile.getOrDefault(place.file(), List.of()).stream()
                    .filter(one -> one.place().line() <= place.line())
                    .reduce((a, b) -> b.place().line() >= a.place().line() ? b : a)
                    .ifPresent(one -> about.add(one.name()));
        }
        return about;
    }

    /// The names that a service may have its containers by: its own, or what stands before ` (live)`.
    private void addNames(String part, Set<String> about) {
        for (int at = part.indexOf(" ("); at >= 0; at = part.indexOf(" (", at + 1)) {
            if (names.contains(part.substring(0, at))) {
                about.add(part.substring(0, at));
            }
        }
        if (names.contains(part)) {
            about.add(part);
        }
    }

    /// @param text of the fact
    /// @param moved the same with the lines that its places have now
    private record Moved(InfraFact fact, String text, String moved) {}

    private static List<InfraFact> without(
            List<InfraFact> some, List<InfraFact> others, Map<InfraFact, Integer> left) {
        others.forEach(one -> left.merge(one, 1, Integer::sum));
        var rest = new ArrayList<InfraFact>();
        for (InfraFact one : some) {
            int count = left.getOrDefault(one, 0);
            if (count > 0) {
                left.put(one, count - 1);
            } else {
                rest.add(one);
            }
        }
        return rest;
    }

    private static List<Moved> otherTexts(List<Moved> some, List<Moved> others) {
        var left =
                others.stream().collect(Collectors.groupingBy(Moved::moved, Collectors.counting()));
        var rest = new ArrayList<Moved>();
        for (Moved one : some) {
            long count = left.getOrDefault(one.moved(), 0L);
            if (count > 0) {
                left.put(one.moved(), count - 1);
            } else {
                rest.add(one);
            }
        }
        return rest;
    }

    /// Kind and place of a fact, in lines of the new text.
    private String who(InfraFact fact, boolean isOld) {
        var place = fact.place();
        Lines of = lines.get(place.file());
        int line = of == null || !isOld ? place.line() : of.now(place.line());
        return fact.getClass().getSimpleName() + " " + place.file() + " " + line;
    }

    private int now(String file, int line) {
        var of = lines.get(file);
        return of == null ? line : of.now(line);
    }

    /// Where else than on edited lines a fix may be seen: what the findings name, and files that are left out from now on.
    private static final class Meant {
        private final Map<String, Set<Integer>> lines = new HashMap<>();
        private final Set<String> files = new HashSet<>();

        Meant(List<Mended> fixes) {
            for (Mended one : fixes) {
                add(one.finding().place());
                one.finding().related().forEach(other -> add(other.place()));
                one.edits().stream()
                        .filter(edit -> edit.file().endsWith("ignore"))
                        .forEach(edit -> files.add(edit.text().strip()));
            }
        }

        private void add(Place place) {
            lines.computeIfAbsent(place.file(), _ -> new HashSet<>()).add(place.line());
        }
    }

    /// Whether some place in a fact lies on an edited line, or on one that is meant.
    private boolean touches(Moved one, Expected expected) {
        return expected.files().contains(one.fact().place().file())
                || expected.places()
                        .any(
                                one.text(),
                                (file, line) ->
                                        expected.lines()
                                                .getOrDefault(file, Set.of())
                                                .contains(line));
    }

    /// Where a fact may be another, in lines before or after.
    private record Expected(Map<String, Set<Integer>> lines, Set<String> files, PlacesIn places) {}

    private Expected expected(boolean isOld, Meant meant) {
        var expected = new HashMap<String, Set<Integer>>();
        lines.forEach(
                (file, of) -> expected.put(file, new HashSet<>(isOld ? of.old() : of.fresh())));
        meant.lines.forEach(
                (file, all) -> {
                    var into = expected.computeIfAbsent(file, _ -> new HashSet<>());
                    all.forEach(line -> into.add(isOld ? line : now(file, line)));
                });
        return new Expected(expected, meant.files, new PlacesIn(expected.keySet()));
    }
}
