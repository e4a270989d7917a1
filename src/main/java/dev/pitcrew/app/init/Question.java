package dev.pitcrew.app.init;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// What the files can't say for sure. There are five at most, the one with the most at stake first.
///
/// @param name by which it is answered
/// @param text as a person is asked
/// @param choices what may be answered; of several values with `isList`
/// @param isList whether several may be named, with commas
/// @param chosen what the file says; empty when it is left open
/// @param because why that, or what is lost by leaving it open
/// @param isAnswered whether a person chose it
public record Question(
        Name name,
        String text,
        List<String> choices,
        boolean isList,
        String chosen,
        String because,
        boolean isAnswered) {
    public Question {
        choices = List.copyOf(choices);
    }

    /// The questions, in the order of what is at stake.
    public enum Name {
        SENDERS,
        KIND,
        APPROVAL,
        DRAIN,
        CALENDAR;

        /// As a command line spells it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// The question of a word.
        public static Optional<Name> of(String word) {
            return List.of(values()).stream().filter(one -> one.word().equals(word)).findFirst();
        }
    }

    /// The question of a name; one without an answer where it isn't asked.
    static Question among(List<Question> some, Name name) {
        return some.stream()
                .filter(one -> one.name() == name)
                .findFirst()
                .orElseGet(() -> new Question(name, "", List.of(), true, "", "", false));
    }

    /// The answer as it counts; empty when it is none of the choices.
    public Optional<String> accepted(String answer) {
        var words = isList ? List.of(answer.split("\\s*,\\s*", 50)) : List.of(answer);
        Predicate<String> isOne =
                word ->
                        choices.contains(word)
                                || (name == Name.DRAIN && word.matches("[1-9][0-9]{0,3}(ms|s|m)"))
                                || (name == Name.APPROVAL
                                        && word.matches("delay [1-9][0-9]?(s|m)"));
        boolean isMixed = words.size() > 1 && words.contains("none");
        return words.stream().allMatch(isOne) && !isMixed
                ? Optional.of(String.join(",", words))
                : Optional.empty();
    }

    /// The names in an answer of several.
    List<String> several() {
        return chosen.isEmpty() || chosen.equals("none")
                ? List.of()
                : List.of(chosen.split(",", -1));
    }
}
