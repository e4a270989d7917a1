package dev.pitcrew.app.init;

import dev.pitcrew.app.init.Ground.Fact;
import dev.pitcrew.app.init.Ground.Secret;
import dev.pitcrew.app.init.Ground.Service;
import dev.pitcrew.app.init.Question.Name;
import dev.pitcrew.model.Problem;
import dev.pitcrew.read.SecretRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Writes a system file that its reader accepts. Whatever the reader refuses is left out with the reason, so nothing is written that wasn't read back.
public final class Init {
    /// A file that the repository names and doesn't hold: whoever runs the desk has it.
    private static final String GAP = "there is no file ";

    private final Map<Name, String> answers;
    private final Function<String, List<Problem>> reader;
    private final Map<String, String> refused = new TreeMap<>();
    private Ground ground;

    private Init(Ground ground, Map<Name, String> answers, Function<String, List<Problem>> reader) {
        this.ground = ground;
        this.answers = answers;
        this.reader = reader;
    }

    /// @param answers of a person; what isn't in it is taken from the files
    /// @param reader the reader of system files: what is wrong with a text, with places relative to the repository
    public static Initial write(
            Ground ground, Map<Name, String> answers, Function<String, List<Problem>> reader) {
        return new Init(ground, answers, reader).write();
    }

    private Initial write() {
        for (Service one : carried()) {
            alone(one);
        }
        together();
        withoutProject();
        String text = text(refused);
        return new Initial(
                text,
                ground,
                Questions.of(ground, answers),
                refused,
                reader.apply(text).stream().distinct().toList());
    }

    private List<Service> carried() {
        return ground.services().stream()
                .filter(one -> !one.isLeft() && !refused.containsKey(one.original()))
                .toList();
    }

    private String text(Map<String, String> without) {
        return new SystemText(ground, Questions.of(ground, answers), without).text();
    }

    /// What is wrong with one service, whatever the others are.
    private void alone(Service service) {
        var problems = problemsOf(service.original());
        var secrets = secrets(service, problems);
        if (!secrets.isEmpty()) {
            put(service.with(secrets));
            problems = problemsOf(service.original());
        }
        problems.stream()
                .filter(one -> !isGap(one))
                .findFirst()
                .ifPresent(one -> refused.put(service.original(), reason(one)));
    }

    private List<Problem> problemsOf(String service) {
        var others = new LinkedHashMap<>(refused);
        carried().stream()
                .map(Service::original)
                .filter(one -> !one.equals(service))
                .forEach(one -> others.put(one, ""));
        return reader.apply(text(others));
    }

    /// Variables whose values stand in the open, and are secrets.
    private static List<Secret> secrets(Service service, List<Problem> problems) {
        var secrets = new LinkedHashSet<Secret>();
        for (Problem problem : problems) {
            for (Fact variable : service.variables()) {
                boolean isMeant =
                        variable.place().file().equals(problem.place().file())
                                && variable.place().line() == problem.place().line()
                                && (problem.message().contains("plain text")
                                        || SecretRules.soundsSecret(variable.text()));
                if (isMeant) {
                    secrets.add(
                            new Secret(
                                    variable.text(),
                                    "{env: %s}".formatted(variable.text()),
                                    "in the open at %s; take it out there"
                                            .formatted(Said.place(variable.place()))));
                }
            }
        }
        return List.copyOf(secrets);
    }

    private void put(Service changed) {
        ground =
                ground.with(
                        ground.services().stream()
                                .map(
                                        one ->
                                                one.original().equals(changed.original())
                                                        ? changed
                                                        : one)
                                .toList());
    }

    /// What is wrong with them side by side, such as one port for two: the later one goes.
    private void together() {
        while (!carried().isEmpty()) {
            var problems = real(reader.apply(text(refused)));
            if (problems.isEmpty()) {
                return;
            }
            var culprit = culprit(problems.size()).orElse(carried().getLast());
            refused.put(culprit.original(), reason(problems.getFirst()));
        }
    }

    /// A Compose project that can't be read whatever is left out of it is no part of the file.
    private void withoutProject() {
        var problems = real(reader.apply(text(refused)));
        if (!problems.isEmpty() && ground.origin() == Origin.COMPOSE) {
            var others = new ArrayList<>(ground.others());
            others.add(
                    "the Compose project %s, because %s"
                            .formatted(
                                    String.join(", ", ground.files()),
                                    reason(problems.getFirst())));
            ground = ground.without(others);
        }
    }

    /// The last one without which less is wrong.
    private Optional<Service> culprit(int problems) {
        for (Service one : carried().reversed()) {
            var without = new TreeMap<>(refused);
            without.put(one.original(), "");
            if (real(reader.apply(text(without))).size() < problems) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private static List<Problem> real(List<Problem> problems) {
        var real = new ArrayList<>(problems);
        real.removeIf(Init::isGap);
        return real;
    }

    private static boolean isGap(Problem problem) {
        return problem.message().startsWith(GAP);
    }

    private static String reason(Problem problem) {
        return Said.place(problem.place())
                + " "
                + problem.message().replaceFirst(", or leave the service to Compose:.*", "");
    }
}
