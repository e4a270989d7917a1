package dev.pitcrew.assess.fix;

import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Survey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a finding tells of itself. A check has worked out which port or name is right and says it in its sentence, which its golden file holds to the word; a fix takes it from there, so that nothing
/// is worked out twice.
final class Told {
    private static final Function<Survey, Map<String, List<Container>>> BY_FILE = Told::byFile;

    private static Map<String, List<Container>> byFile(Survey survey) {
        return survey.all(Container.class).stream()
                .collect(Collectors.groupingBy(one -> one.place().file()));
    }

    private Told() {}

    /// The part of the sentence that a form names; nothing when it says something else.
    ///
    /// @param form a regular expression that is found in the sentence
    static Optional<MatchResult> in(Finding finding, String form) {
        return in(finding, Pattern.compile(form));
    }

    private static Optional<MatchResult> in(Finding finding, Pattern form) {
        var match = form.matcher(finding.what());
        return match.find() ? Optional.of(match.toMatchResult()) : Optional.empty();
    }

    /// A fixer of findings that say something of a form.
    static Fixer when(String form, Function<Said, List<Fix>> fixes) {
        var pattern = Pattern.compile(form);
        return (finding, subject) ->
                in(finding, pattern)
                        .map(words -> fixes.apply(new Said(finding, subject, words)))
                        .orElse(List.of());
    }

    /// A fixer of all findings of a check.
    static Fixer always(Function<Said, List<Fix>> fixes) {
        return when("", fixes);
    }

    /// A finding, and words of its sentence.
    record Said(Finding finding, Subject subject, MatchResult match) {
        /// A word that the form names by its number.
        String word(int number) {
            return match.group(number);
        }

        Place place() {
            return finding.place();
        }

        /// A related place whose sentence matches a form.
        Optional<Place> related(String form) {
            return finding.related().stream()
                    .filter(one -> Pattern.compile(form).matcher(one.what()).find())
                    .map(Finding.Related::place)
                    .findFirst();
        }

        <F extends InfraFact> List<F> all(Class<F> kind) {
            return subject.all(kind);
        }

        /// The container that stands at a place: the last one of its file that begins at it or before it.
        Optional<Container> container() {
            return container(place());
        }

        Optional<Container> container(Place at) {
            return subject.survey().once(BY_FILE).getOrDefault(at.file(), List.of()).stream()
                    .filter(one -> isBefore(one.place(), at) || one.place().equals(at))
                    .reduce((a, b) -> isBefore(a.place(), b.place()) ? b : a);
        }

        private static boolean isBefore(Place one, Place other) {
            return one.line() < other.line()
                    || (one.line() == other.line() && one.column() < other.column());
        }

        /// The containers of a name, in the folder of the finding's file if there are any.
        List<Container> named(String name) {
            var all = all(Container.class).stream().filter(one -> one.name().equals(name)).toList();
            var here =
                    all.stream().filter(one -> one.place().file().equals(place().file())).toList();
            return here.isEmpty() ? all : here;
        }

        /// A fix that reaches what trades only if the finding is about a service on the order path, or about none that is known.
        Fix byDuty(String effect, Change... changes) {
            var names = new ArrayList<String>();
            finding.service().ifPresent(names::add);
            boolean isOrderPath =
                    subject.sketch().services().stream()
                            .filter(part -> names.contains(part.name()))
                            .map(Sketch.Part::duty)
                            .anyMatch(duty -> duty.isOrderPath());
            return isOrderPath || names.isEmpty()
                    ? Fix.behaviour(effect, changes)
                    : Fix.safe(effect, changes);
        }
    }
}
