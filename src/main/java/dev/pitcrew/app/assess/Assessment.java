package dev.pitcrew.app.assess;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.assess.Family;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.outlook.Outlook;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.infra.Suppression;
import dev.pitcrew.read.survey.Sources;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is wrong with a repository.
///
/// @param sources the files
/// @param subject all facts, and the systems that they add up to, drawn as one
/// @param systems the systems that are shown, each with its own facts
/// @param findings the worst first, without those that are suppressed
/// @param suppressed findings that somebody asks not to be told
/// @param problems files or parts of them that can't be read
/// @param notes suppressions that have no reason, have expired or match nothing any more
/// @param comparison with an earlier run, if it was held against one: then the findings are those that are new
public record Assessment(
        Sources sources,
        Subject subject,
        List<Subject> systems,
        List<Finding> findings,
        List<Suppressed> suppressed,
        List<Problem> problems,
        List<Problem> notes,
        Optional<Comparison> comparison) {
    public Assessment {
        systems = List.copyOf(systems);
        findings = List.copyOf(findings);
        suppressed = List.copyOf(suppressed);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /// A finding that isn't told, and who asked for that.
    public record Suppressed(Finding finding, Suppression by) {}

    /// All findings of one check, which have one cause and one cure.
    ///
    /// @param severity of the worst of them
    /// @param findings at least one, the worst first
    public record Group(Check.Id check, Severity severity, List<Finding> findings) {
        public Group {
            findings = List.copyOf(findings);
        }
    }

    static Assessment of(
            Sources sources,
            Subject subject,
            List<Subject> systems,
            List<Finding> all,
            List<Problem> problems,
            Set<String> ran,
            LocalDate today) {
        var told = new ArrayList<Finding>();
        var suppressed = new ArrayList<Suppressed>();
        var used = new LinkedHashSet<Suppression>();
        var wishes = subject.survey().suppressions();
        for (Finding finding : all) {
            var by =
                    wishes.stream()
                            .filter(one -> one.isAbout(finding.check().code(), finding.place()))
                            .findFirst();
            by.ifPresent(used::add);
            var holding = by.filter(one -> one.holdsOn(today) && !one.reason().isBlank());
            if (holding.isPresent()) {
                suppressed.add(new Suppressed(finding, holding.get()));
            } else {
                told.add(finding);
            }
        }
        var notes =
                wishes.stream()
                        .flatMap(one -> note(one, used.contains(one), ran, today).stream())
                        .toList();
        return new Assessment(
                sources, subject, systems, told, suppressed, problems, notes, Optional.empty());
    }

    /// The same held against an earlier run.
    ///
    /// @param fresh what that one didn't find
    Assessment with(List<Finding> fresh, Comparison against) {
        return new Assessment(
                sources,
                subject,
                systems,
                fresh,
                suppressed,
                problems,
                notes,
                Optional.of(against));
    }

    private static Optional<Problem> note(
            Suppression wish, boolean isUsed, Set<String> ran, LocalDate today) {
        String what;
        boolean isAny = wish.code().equals(Suppression.ANY);
        boolean isOfOthers = wish.code().startsWith(Family.OWN.prefix() + "-") && !hasOwn(ran);
        if (!isAny && !isOfOthers && !isThere(wish.code(), ran)) {
            what = "suppresses %s, and there is no such check".formatted(wish.code());
        } else if (isUsed && wish.reason().isBlank()) {
            what =
                    "suppresses %s without a reason, so it is told; add `because …`"
                            .formatted(wish.code());
        } else if (isUsed && !wish.holdsOn(today)) {
            what =
                    "suppressed %s until %s, so it is told again"
                            .formatted(wish.code(), wish.until().orElseThrow());
        } else if (!isUsed && !isOfOthers && ran.size() >= Checks.ALL.size()) {
            what =
                    "suppresses %s, which finds nothing here any more; delete it"
                            .formatted(isAny ? "every check" : wish.code());
        } else {
            return Optional.empty();
        }
        return Optional.of(new Problem(wish.place(), what));
    }

    private static boolean isThere(String code, Set<String> ran) {
        return ran.contains(code) || Checks.of(code).isPresent();
    }

    private static boolean hasOwn(Set<String> ran) {
        return ran.stream().anyMatch(code -> code.startsWith(Family.OWN.prefix() + "-"));
    }

    /// The findings by check, the worst first, then the most.
    public List<Group> groups() {
        var byCheck = new LinkedHashMap<Check.Id, List<Finding>>();
        findings.forEach(
                one -> byCheck.computeIfAbsent(one.check(), _ -> new ArrayList<>()).add(one));
        return byCheck.entrySet().stream()
                .map(
                        entry ->
                                new Group(
                                        entry.getKey(),
                                        entry.getValue().getFirst().severity(),
                                        entry.getValue()))
                .sorted(
                        Comparator.comparing(Group::severity)
                                .thenComparing(group -> group.findings().getFirst().confidence())
                                .thenComparing(group -> !isOurs(group.check()))
                                .thenComparing(group -> group.check().code()))
                .toList();
    }

    /// What no other tool finds comes first among equals.
    private static boolean isOurs(Check.Id check) {
        return switch (check.family()) {
            case TRADING, WHOLE -> true;
            default -> false;
        };
    }

    /// The worst severity, if anything was found.
    public Optional<Severity> worst() {
        return findings.stream().map(Finding::severity).min(Comparator.naturalOrder());
    }

    /// The column after the last character of the line at a place, for those who want a region.
    int endColumn(Place place) {
        return sources.file(place.file())
                .filter(file -> place.line() <= file.lines())
                .map(file -> file.line(place.line()).stripTrailing().length() + 1)
                .filter(end -> end > place.column())
                .orElse(place.column() + 1);
    }

    /// The systems that are shown, and what a bad day would bring.
    public Outlook outlook() {
        return Outlook.of(subject.sketch(), systems);
    }

    /// How much was read.
    ///
    /// @param files claimed by a format
    /// @param lines in them
    /// @param leftOut files that are there for tests to read
    public record Extent(int files, int lines, int leftOut) {}

    /// How much was read.
    public Extent extent() {
        var files = subject.survey().files();
        int lines = files.stream().mapToInt(one -> one.lines()).sum();
        return new Extent(files.size(), lines, subject.survey().leftOut());
    }
}
