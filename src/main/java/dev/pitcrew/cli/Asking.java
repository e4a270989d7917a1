package dev.pitcrew.cli;

import dev.pitcrew.app.init.Ground;
import dev.pitcrew.app.init.Question;
import dev.pitcrew.app.init.Question.Name;
import dev.pitcrew.app.init.Questions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;

/// Asks a person, one question after the other: what was chosen for him stands in brackets, and an empty line takes it.
final class Asking {
    private final BufferedReader in;
    private final PrintWriter out;

    /// @param in what he types
    /// @param out what he sees
    Asking(BufferedReader in, PrintWriter out) {
        this.in = in;
        this.out = out;
    }

    /// @param given answers that are there already, which nobody is asked for
    /// @return these and his own
    Map<Name, String> ask(Ground ground, Map<Name, String> given) throws IOException {
        var answers = new EnumMap<Name, String>(Name.class);
        answers.putAll(given);
        for (Name name : Name.values()) {
            // Each anew: an answer may change what the next one offers.
            var question =
                    Questions.of(ground, answers).stream()
                            .filter(one -> one.name() == name)
                            .findFirst();
            if (question.isPresent() && !given.containsKey(name) && !ask(question.get(), answers)) {
                break;
            }
        }
        return answers;
    }

    /// @return whether he is still there
    private boolean ask(Question question, Map<Name, String> answers) throws IOException {
        out.println(question.text());
        out.println("  " + String.join(" | ", question.choices()));
        if (!question.because().isEmpty()) {
            out.println("  " + question.because());
        }
        while (true) {
            out.print("[%s] ".formatted(question.chosen()));
            out.flush();
            String line = in.readLine();
            if (line == null || line.isBlank()) {
                return line != null;
            }
            var answer = question.accepted(line.strip());
            if (answer.isPresent()) {
                answers.put(question.name(), answer.get());
                return true;
            }
            out.println(
                    "  '%s' is none of them%s"
                            .formatted(
                                    line.strip(),
                                    question.isList() ? "; several go with commas" : ""));
        }
    }
}
