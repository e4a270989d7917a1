package dev.pitcrew.assess.pipeline;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Job;
import dev.pitcrew.model.infra.Pipeline.Step;
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
    private static final Pattern SECRET = Pattern.compile("secrets\\.(?!GITHUB_TOKEN\\b)(\\w+)");

    @Override
    public void look(Subject subject, Report report) {
        for (Pipeline pipeline : subject.all(Pipeline.class)) {
            for (Job job : pipeline.jobs()) {
                job.steps().forEach(step -> look(step, report));
            }
        }
    }

    private static void look(Step step, Report report) {
        var uses = step.uses().filter(one -> OF_STRANGERS.matcher(one.value()).matches());
        if (uses.isEmpty() || uses.get().value().contains(".github/workflows/")) {
            return;
        }
        String ref = uses.get().value().substring(uses.get().value().indexOf('@') + 1);
        var secrets =
                Stream.concat(step.inputs().stream(), step.variables().stream())
                        .flatMap(one -> SECRET.matcher(one.value()).results())
                        .map(found -> found.group(1))
                        .distinct()
                        .toList();
        if (ref.matches("[0-9a-f]{40}|[0-9a-f]{64}|sha256:.*") || secrets.isEmpty()) {
            return;
        }
        report.finding(
                uses.get().place(),
                "%s gets %s, and %s may be other code tomorrow"
                        .formatted(step.action(), String.join(", ", secrets), "@" + ref));
    }
}
