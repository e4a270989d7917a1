package dev.pitcrew.assess.pipeline;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Deploys;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Job;
import dev.pitcrew.model.infra.Pipeline.Step;
import dev.pitcrew.model.infra.Pipeline.Trigger;
import java.util.regex.Pattern;

/// A workflow that has the secrets runs the code of whoever opens a pull request.
public final class RunsCodeOfStrangers implements Check {
    @Override
    public Id id() {
        return new Id(
                "CI-002",
                "runs-code-of-strangers",
                Severity.CRITICAL,
                "A workflow that has the secrets runs the code of whoever opens a pull request");
    }

    /// Commits and numbers, which are found whatever repository they come from.
    private static final Pattern HEAD =
            Pattern.compile(".*(github\\.event\\.pull_request\\.(head\\.sha|number)|refs/pull/).*");

    /// Names of branches, which are looked for in this repository unless another one is named.
    private static final Pattern BRANCH =
            Pattern.compile(".*(github\\.event\\.pull_request\\.head\\.ref|github\\.head_ref).*");

    @Override
    public void look(Subject subject, Report report) {
        for (Pipeline pipeline : subject.all(Pipeline.class)) {
            var trigger = pipeline.trigger("pull_request_target");
            if (trigger.isPresent() && pipeline.format().equals("github-actions")) {
                for (Job job : pipeline.jobs()) {
                    look(trigger.get(), job, report);
                }
            }
        }
    }

    private static void look(Trigger trigger, Job job, Report report) {
        var steps = job.steps();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean fetches =
                    step.action().equals("actions/checkout")
                            && step.input("ref").filter(ref -> isTheirs(ref, step)).isPresent();
            boolean approved =
                    job.environment().isPresent()
                            || job.condition()
                                    .filter(
                                            one ->
                                                    one.value()
                                                            .matches(
                                                                    "(?s).*(label|author_association|head\\.repo\\.fork|full_name|actor|user\\.login).*"))
                                    .isPresent();
            var runs =
                    steps.subList(i + 1, steps.size()).stream()
                            .filter(RunsCodeOfStrangers::runsWhatIsThere)
                            .findFirst();
            if (fetches && runs.isPresent() && !approved) {
                report.finding(
                                step.place(),
                                "job %s fetches the code of the pull request and then runs it, with the secrets and the token of this repository"
                                        .formatted(job.name()))
                        .also(trigger.place(), "this gives strangers' pull requests the secrets")
                        .also(runs.get().place(), "it runs here");
            }
        }
    }

    private static boolean isTheirs(String ref, Step step) {
        return HEAD.matcher(ref).matches()
                || (BRANCH.matcher(ref).matches()
                        && step.input("repository")
                                .filter(one -> one.contains("head.repo"))
                                .isPresent());
    }

    private static boolean runsWhatIsThere(Step step) {
        return step.action().startsWith("./")
                || step.commands().stream()
                        .anyMatch(
                                one ->
                                        Deploys.isTest(one)
                                                || one.runs(
                                                        "npm", "yarn", "pnpm", "pip", "pip3",
                                                        "make", "python", "python3", "node", "mvn",
                                                        "gradle", "poetry", "uv", "cargo", "docker",
                                                        "bash", "sh")
                                                || one.text().startsWith("./"));
    }
}
