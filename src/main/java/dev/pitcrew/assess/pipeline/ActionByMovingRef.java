package dev.pitcrew.assess.pipeline;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An action of strangers is taken by a name that moves, and is given a secret.
public final class ActionByMovingRef implements Check {
    @Override
    public Id id() {
        return new Id(
                "CI-001",
                "action-by-moving-ref",
                Severity.HIGH,
                "An action of strangers is taken by a name that moves, and is given a secret");
    }

    private static final Pattern OF_STRANGERS =
            Pattern.compile(
                    "(?!(actions|github|docker|aws-actions|azure|google-github-actions|hashicorp|gitea)/)[\\w.-]+/[\\w./-]+@[^\\s]+",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET =
            Pattern.compile("secrets\\.(?!(?i:GITHUB_TOKEN)\\b)(\\w+)");

    /// Names that are kept among the secrets, and open nothing by themselves.
    private static final Pattern NO_KEY =
            Pattern.compile("(?i)(.*_)?(USER|USERNAME|LOGIN|EMAIL|ACCOUNT_ID|REGION)");

    @Override
    public void look(Subject subject, Report report) {
        for (Pipeline pipeline : subject.all(Pipeline.class)) {
            var told = new LinkedHashMap<String, List<Use>>();
            pipeline.jobs().stream()
                    .flatMap(job -> job.steps().stream())
                    .flatMap(step -> use(step).stream())
                    .forEach(
                            use ->
                                    told.computeIfAbsent(use.what().value(), _ -> new ArrayList<>())
                                            .add(use));
            told.values().forEach(uses -> say(uses, report));
        }
    }

    /// @param what the action with its version
    private record Use(Located<String> what, List<String> secrets) {}

    private static Optional<Use> use(Step step) {
        var secrets =
                Stream.concat(step.inputs().stream(), step.variables().stream())
                        .flatMap(one -> SECRET.matcher(one.value()).results())
                        .map(found -> found.group(1))
                        .filter(name -> !NO_KEY.matcher(name).matches())
                        .toList();
        return step.uses()
                .filter(_ -> !secrets.isEmpty())
                .filter(one -> OF_STRANGERS.matcher(one.value()).matches())
                .filter(one -> !one.value().contains(".github/workflows/"))
                .filter(one -> !ref(one).matches("[0-9a-f]{40}|[0-9a-f]{64}|sha256:.*"))
                .map(one -> new Use(one, secrets));
    }

    private static String ref(Located<String> what) {
        return what.value().substring(what.value().indexOf('@') + 1);
    }

    /// One name that moves is one cause, however often a workflow uses it.
    private static void say(List<Use> uses, Report report) {
        var what = uses.getFirst().what();
        var secrets = uses.stream().flatMap(use -> use.secrets().stream()).distinct().toList();
        var draft =
                report.finding(
                        what.place(),
                        "%s gets %s, and %s may be other code tomorrow"
                                .formatted(
                                        what.value().replaceAll("@.*", ""),
                                        String.join(", ", secrets),
                                        "@" + ref(what)));
        uses.stream().skip(1).forEach(use -> draft.also(use.what().place(), "and here"));
    }
}
