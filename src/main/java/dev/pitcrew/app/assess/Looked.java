package dev.pitcrew.app.assess;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.assess.Checks.Answer;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Survey;
import dev.pitcrew.model.infra.Survey.SurveyedFile;
import dev.pitcrew.read.survey.Project;
import dev.pitcrew.read.survey.Sketcher;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/// What was found in one repository, for copies of it in which somebody edited a few lines: what follows from facts that are the same is not worked out again. That changes nothing, as checks are pure. For one thread, but that systems of other roots may be looked at side by side.
public final class Looked {
    private static final int KEPT = 4; // as it was, and what was last tried

    private final Deque<Survey> surveys = new ArrayDeque<>();
    private final Map<String, Deque<One>> byRoot = new ConcurrentHashMap<>();

    /// A system that was looked at.
    ///
    /// @param sketched the kinds of facts that its sketch was made from
    /// @param answers of each check, in their order
    record One(Project project, Subject subject, Set<Class<?>> sketched, List<Answer> answers) {
        List<Finding> findings() {
            return answers.stream().flatMap(one -> one.findings().stream()).toList();
        }
    }

    /// The survey with facts of surveys before, where they are equal: it is told by their identity then what is the same.
    Survey known(Survey survey) {
        var facts = survey.facts().toArray(InfraFact[]::new);
        var found = new BitSet(facts.length);
        for (Survey before : surveys) {
            put(before.facts(), facts, found);
        }
        var known =
                new Survey(
                        survey.files(),
                        List.of(facts),
                        survey.problems(),
                        survey.suppressions(),
                        survey.leftOut());
        keep(surveys, known);
        return known;
    }

    /// Both are in the order of their places, so each is gone through once.
    ///
    /// @param found the numbers of the facts for which an equal one was found
    private static void put(List<InfraFact> before, InfraFact[] facts, BitSet found) {
        int at = 0;
        for (int i = found.nextClearBit(0); i < facts.length; i = found.nextClearBit(i + 1)) {
            while (at < before.size() && compare(before.get(at), facts[i]) < 0) {
                at++;
            }
            for (int j = at; j < before.size() && compare(before.get(j), facts[i]) == 0; j++) {
                if (before.get(j).equals(facts[i])) {
                    facts[i] = before.get(j);
                    found.set(i);
                    break;
                }
            }
        }
    }

    private static int compare(InfraFact one, InfraFact other) {
        var place = one.place();
        var with = other.place();
        boolean isSameFile = place.file().equals(with.file()); // told at once by the same object
        int files = isSameFile ? 0 : place.file().compareTo(with.file());
        int lines = Integer.compare(place.line(), with.line());
        return files != 0
                ? files
                : lines != 0 ? lines : Integer.compare(place.column(), with.column());
    }

    /// @param isExample as for [Assess]
    One look(Project project, List<Check> checks, boolean isExample) {
        var before = byRoot.computeIfAbsent(project.root(), _ -> new ArrayDeque<>());
        var likes = before.stream().map(one -> new Likeness(one, project)).toList();
        var same = likes.stream().filter(Likeness::isSame).map(Likeness::one).findFirst();
        if (same.isPresent()) {
            before.remove(same.get());
            keep(before, same.get()); // who was asked for last is kept longest
            return same.get();
        }
        var sketched = new HashSet<Class<?>>();
        var drawn = likes.stream().filter(one -> one.areSame(one.one().sketched())).findFirst();
        Sketch sketch;
        if (drawn.isPresent()) {
            sketch = drawn.get().one().subject().sketch();
            sketched.addAll(drawn.get().one().sketched());
        } else {
            sketch = Sketcher.sketch(project.survey().heardBy(sketched::add));
        }
        var subject = Assess.subject(project, sketch, isExample);
        var alike =
                likes.stream()
                        .filter(one -> one.one().subject().sketch() == sketch)
                        .filter(one -> one.one().subject().isExample() == subject.isExample())
                        .toList();
        var answers =
                IntStream.range(0, checks.size())
                        .parallel()
                        .mapToObj(
                                at ->
                                        answer(checks.get(at), at, alike)
                                                .orElseGet(
                                                        () -> Checks.look(checks.get(at), subject)))
                        .toList();
        var one = new One(project, subject, sketched, answers);
        keep(before, one);
        return one;
    }

    /// @param at the check's number, which is that of its answer
    private static Optional<Answer> answer(Check check, int at, List<Likeness> alike) {
        for (Likeness like : alike) {
            var one = like.one().answers().get(at);
            if (one.check().equals(check) && like.areSame(one.asked())) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private static <T> void keep(Deque<T> all, T one) {
        all.addFirst(one);
        if (all.size() > KEPT) {
            all.removeLast();
        }
    }

    /// In what a system is like it was.
    private record Likeness(One one, Project now) {
        boolean isSame() {
            return now.kind() == one.project().kind()
                    && now.borrowed().equals(one.project().borrowed())
                    && isSame(SurveyedFile.class)
                    && isSame(InfraFact.class);
        }

        boolean areSame(Set<Class<?>> kinds) {
            return kinds.stream().allMatch(this::isSame);
        }

        @SuppressWarnings("unchecked") // surveys tell no other kinds
        private boolean isSame(Class<?> kind) {
            var old = one.project().survey();
            var fresh = now.survey();
            return kind == SurveyedFile.class
                    ? old.files().equals(fresh.files())
                    : areSame(old.all((Class<InfraFact>) kind), fresh.all((Class<InfraFact>) kind));
        }

        @SuppressWarnings(
                "ReferenceEquality") // quick, and what was not read again is the very same
        private static boolean areSame(List<InfraFact> some, List<InfraFact> others) {
            if (some.size() != others.size()) {
                return false;
            }
            for (int i = 0; i < some.size(); i++) {
                if (some.get(i) != others.get(i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
