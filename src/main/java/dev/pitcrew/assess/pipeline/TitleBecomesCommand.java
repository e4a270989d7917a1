package dev.pitcrew.assess.pipeline;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Job;
import dev.pitcrew.model.infra.Pipeline.Step;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What a stranger writes in a title becomes part of a command that has the secrets.
public final class TitleBecomesCommand implements Check {
    @Override
    public Id id() {
        return new Id(
                "CI-003",
                "title-becomes-command",
                Severity.HIGH,
                "What a stranger writes in a title becomes part of a command that has the secrets");
    }

    private static final Pattern WRITTEN =
            Pattern.compile(
                    "\\$\\{\\{\\s*(github\\.(event\\.(issue\\.(title|body)|pull_request\\.(title|body|head\\.(ref|label))|comment\\.body|review\\.body|discussion\\.(title|body)|workflow_run\\.head_(branch|commit\\.message))|head_ref))\\s*}}");
    private static final Set<String> BY_STRANGERS =
            Set.of(
                    "pull_request_target",
                    "issues",
                    "issue_comment",
                    "discussion",
                    "discussion_comment",
                    "workflow_run");

    @Override
    public void look(Subject subject, Report report) {
        for (Pipeline pipeline : subject.all(Pipeline.class)) {
            var trigger =
                    pipeline.triggers().stream()
                            .filter(one -> BY_STRANGERS.contains(one.event()))
                            .findFirst();
            for (Job job : trigger.isPresent() ? pipeline.jobs() : List.<Job>of()) {
                for (Step step : job.steps()) {
                    var found = WRITTEN.matcher(step.run().map(Located::value).orElse(""));
                    if (found.find()) {
                        report.finding(
                                        step.run().map(Located::place).orElse(step.place()),
                                        "%s is pasted into the script before it runs, so a quote in it ends the string and the rest is a command"
                                                .formatted(found.group(1)))
                                .also(trigger.get().place(), "strangers start it with this");
                    }
                }
            }
        }
    }
}
