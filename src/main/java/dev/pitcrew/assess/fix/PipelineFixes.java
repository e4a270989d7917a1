package dev.pitcrew.assess.fix;

import static dev.pitcrew.assess.fix.Told.always;
import static dev.pitcrew.assess.fix.Told.when;

import dev.pitcrew.assess.fix.Change.AddItem;
import dev.pitcrew.assess.fix.Change.Replace;
import dev.pitcrew.assess.fix.Change.SetKey;
import dev.pitcrew.assess.fix.Change.Variable;
import dev.pitcrew.assess.fix.Change.Within;
import dev.pitcrew.assess.fix.Told.Said;
import dev.pitcrew.model.infra.Pipeline;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Fixes in pipelines of GitHub and GitLab.
final class PipelineFixes {
    static final Map<String, Fixer> ALL =
            Map.ofEntries(
                    Map.entry("CI-002", always(PipelineFixes::ofPullRequests)),
                    Map.entry("CI-003", when("^(\\S+) is pasted", PipelineFixes::asVariable)),
                    Map.entry("CI-004", when("^job (\\S+) runs", PipelineFixes::inTurn)),
                    Map.entry(
                            "SYS-032",
                            when(
                                    "^job (\\S+) runs .* whatever job (\\S+) finds",
                                    PipelineFixes::afterTests)),
                    Map.entry(
                            "SYS-035",
                            when(
                                    "in namespace (\\S+), and its manifest puts it into (\\S+)",
                                    PipelineFixes::namespace)),
                    Map.entry("TRD-051", when("^job (\\S+) runs", PipelineFixes::approved)),
                    Map.entry("TRD-053", always(PipelineFixes::mayNotFail)));

    private PipelineFixes() {}

    private static List<Fix> ofPullRequests(Said said) {
        return said.related("strangers' pull requests")
                .map(
                        at ->
                                List.of(
                                        Fix.safe(
                                                "Pull requests of forks run without the repository's secrets and with a token that only reads.",
                                                new Replace(
                                                        at,
                                                        "pull_request_target",
                                                        "pull_request"))))
                .orElse(List.of());
    }

    private static List<Fix> asVariable(Said said) {
        String path = said.word(1);
        String name =
                path.substring(path.lastIndexOf('.') + 1)
                        .toUpperCase(Locale.ROOT)
                        .replaceAll("[^A-Z0-9]", "_");
        return Stream.of("${{ " + path + " }}", "${{" + path + "}}")
                .map(
                        expression ->
                                Fix.safe(
                                        "The script gets the text as a variable, and never as a part of itself.",
                                        new Variable(said.place(), expression, name),
                                        new SetKey(
                                                said.place(),
                                                Within.STEP,
                                                List.of("env", name),
                                                "${{ " + path + " }}",
                                                "")))
                .toList();
    }

    private static List<Fix> inTurn(Said said) {
        String effect = "A second deploy waits until the first one has ended.";
        return List.of(
                isGitLab(said)
                        ? Fix.safe(
                                effect,
                                new SetKey(
                                        said.place(),
                                        Within.TOP_KEY,
                                        List.of("resource_group"),
                                        said.word(1),
                                        ""))
                        : Fix.safe(
                                effect,
                                new SetKey(
                                        said.place(),
                                        Within.FILE,
                                        List.of("concurrency"),
                                        "{group: %s, cancel-in-progress: false}"
                                                .formatted(said.word(1)),
                                        "jobs")));
    }

    private static List<Fix> afterTests(Said said) {
        String test = said.word(2);
        String effect =
                "The deploy waits for job %s, and does not run when it fails.".formatted(test);
        var within = isGitLab(said) ? Within.TOP_KEY : Within.JOB;
        var job =
                said.all(Pipeline.class).stream()
                        .flatMap(pipeline -> pipeline.jobs().stream())
                        .filter(one -> one.place().equals(said.place()))
                        .findFirst();
        var needs =
                job.map(Pipeline.Job::needs).orElse(List.of()).stream()
                        .map(Object::toString)
                        .toList();
        return List.of(
                Fix.safe(
                        effect, new AddItem(said.place(), within, List.of("needs"), List.of(test))),
                Fix.safe(
                        effect,
                        new SetKey(
                                said.place(),
                                within,
                                List.of("needs"),
                                "[" + String.join(", ", concat(needs, test)) + "]",
                                "")));
    }

    private static List<String> concat(List<String> some, String other) {
        return Stream.concat(some.stream(), Stream.of(other)).toList();
    }

    private static List<Fix> namespace(Said said) {
        String effect = "The pipeline asks about what it has deployed.";
        return Stream.of("-n ", "--namespace ", "--namespace=", "-n=")
                .map(
                        flag ->
                                Fix.safe(
                                        effect,
                                        new Replace(
                                                said.place(),
                                                flag + said.word(1),
                                                flag + said.word(2))))
                .toList();
    }

    private static List<Fix> approved(Said said) {
        return List.of(
                isGitLab(said)
                        ? Fix.behaviour(
                                "Somebody starts the deploy by hand.",
                                new SetKey(
                                        said.place(),
                                        Within.TOP_KEY,
                                        List.of("when"),
                                        "manual",
                                        ""))
                        : Fix.behaviour(
                                "The deploy waits for an approval, once the environment live has reviewers in the repository's settings; until then it does not.",
                                new SetKey(
                                        said.place(),
                                        Within.JOB,
                                        List.of("environment"),
                                        "live",
                                        "steps")));
    }

    private static List<Fix> mayNotFail(Said said) {
        String effect = "The pipeline is red when the tests fail.";
        boolean isExcused = said.finding().what().contains("followed by");
        return isExcused
                ? Stream.of(" || true", " || :", " || exit 0")
                        .map(excuse -> Fix.safe(effect, new Replace(said.place(), excuse, "")))
                        .toList()
                : List.of(Fix.safe(effect, new Replace(said.place(), "true", "false")));
    }

    private static boolean isGitLab(Said said) {
        return pipeline(said).filter(one -> one.format().equals("gitlab-ci")).isPresent();
    }

    private static Optional<Pipeline> pipeline(Said said) {
        return said.all(Pipeline.class).stream()
                .filter(one -> one.place().file().equals(said.place().file()))
                .findFirst();
    }
}
