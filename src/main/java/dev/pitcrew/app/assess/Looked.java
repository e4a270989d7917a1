package dev.pitcrew.app.assess;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.assess.Checks.Answer;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Survey;
import dev.pitcrew.model.infra.Survey.SurveyedFile;
import dev.pitcrew.read.survey.Formats;
import dev.pitcrew.read.survey.Project;
import dev.pitcrew.read.survey.Readings;
import dev.pitcrew.read.survey.Sketcher;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.survey.Surveyor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/// What was found in one repository, for copies of it in which somebody edited a few lines: what follows from facts that are the same is not worked out again. That changes nothing, as checks are pure. For one thread, but that systems of other roots may be looked at side by side.
public final class Looked {
    private static final int KEPT = 12; // as it was, and what was last tried

    private final Readings readings = new Readings();
    private final Map<Place, List<InfraFact>> facts = new HashMap<>();
    private List<InfraFact> last = List.of();
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

    /// The survey of a copy, with facts of surveys before, where they are equal: it is told by their identity then what is the same.
    Survey survey(Sources sources) {
        var survey = Surveyor.survey(sources, Formats.ALL, readings);
        last.forEach(one -> facts.computeIfAbsent(one.place(), _ -> new ArrayList<>(1)).add(one));
        var all = survey.facts().toArray(InfraFact[]::new);
        var fresh = new ArrayList<InfraFact>();
        for (int i = 0; i < all.length; i++) {
            var one = all[i];
            var equal =
                    facts.getOrDefault(one.place(), List.of()).stream()
                            .filter(one::equals)
                            .findFirst();
            all[i] = equal.orElse(one);
            if (equal.isEmpty()) {
                fresh.add(one);
            }
        }
        last = fresh;
        return new Survey(
                survey.files(),
                List.of(all),
                survey.problems(),
                survey.suppressions(),
                survey.leftOut());
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
                        .filter(one -> one.one().subject().isExample() == subject.isExample())
                        .toList();
        var answers =
                IntStream.range(0, checks.size())
                        .parallel()
                        .mapToObj(
                                at ->
                                        answer(checks.get(at), at, sketch, alike)
                                                .orElseGet(
                                                        () -> Checks.look(checks.get(at), subject)))
                        .toList();
        var one = new One(project, subject, sketched, answers);
        keep(before, one);
        return one;
    }

    /// @param at the check's number, which is that of its answer
    private static Optional<Answer> answer(
            Check check, int at, Sketch sketch, List<Likeness> alike) {
        for (Likeness like : alike) {
            var one = like.one().answers().get(at);
            boolean isSameSketch = like.one().subject().sketch() == sketch;
            if (one.check().equals(check)
                    && (isSameSketch || !one.asked().contains(Sketch.class))
                    && like.areSame(one.asked())) {
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
    ///
    /// @param known by kind of fact, once somebody asked
    private record Likeness(One one, Project now, Map<Class<?>, Boolean> known) {
        Likeness(One one, Project now) {
            this(one, now, new ConcurrentHashMap<>());
        }

        boolean isSame() {
            return now.kind() == one.project().kind()
                    && now.borrowed().equals(one.project().borrowed())
                    && isSame(SurveyedFile.class)
                    && isSame(InfraFact.class);
        }

        /// @param kinds of facts; the sketch, which follows from facts, is for whoever asks
        boolean areSame(Set<Class<?>> kinds) {
            for (Class<?> kind : kinds) {
                if (kind != Sketch.class && !isSame(kind)) {
                    return false;
                }
            }
            return true;
        }

        private boolean isSame(Class<?> kind) {
            return known.computeIfAbsent(kind, this::compared);
        }

        @SuppressWarnings("unchecked") // surveys tell no other kinds
        private boolean compared(Class<?> kind) {
            var old = one.project().survey();
            var fresh = now.survey();
            return kind == SurveyedFile.class
                    ? old.files().equals(fresh.files())
                    : Readings.areSame(
                            old.all((Class<InfraFact>) kind), fresh.all((Class<InfraFact>) kind));
        }
    }
}
