package dev.pitcrew.assess.pipeline;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Job;
import dev.pitcrew.model.infra.Pipeline.Step;
import dev.pitcrew.model.infra.ShellCommand;
import java.util.Optional;
import java.util.regex.Pattern;

/// The image for live is built again instead of being the one that was tested.
public final class RebuiltForLive implements Check {
    @Override
    public Id id() {
        return new Id(
                "CI-006",
                "rebuilt-for-live",
                Severity.HIGH,
                "The image for live is built again instead of being the one that was tested");
    }

    private static final Pattern LIVE =
            Pattern.compile("(?i)(.*[-_ ])?(prod|production|live)([-_ ].*)?");

    @Override
    public void look(Subject subject, Report report) {
        for (Pipeline pipeline : subject.all(Pipeline.class)) {
            for (Job job : pipeline.jobs()) {
                boolean live =
                        LIVE.matcher(job.environment().map(Located::value).orElse(job.name()))
                                .matches();
                var build = builds(job);
                if (!live || build.isEmpty()) {
                    continue;
                }
                for (Located<String> need : job.needs()) {
                    var before = pipeline.job(need.value()).flatMap(RebuiltForLive::builds);
                    if (before.filter(one -> one.value().equals(build.get().value())).isPresent()) {
                        report.finding(
                                        build.get().place(),
                                        "job %s builds %s again, after job %s built and tried it: live gets another image than the one that was tried"
                                                .formatted(
                                                        job.name(),
                                                        build.get().value(),
                                                        need.value()))
                                .also(before.get().place(), "it is built here first");
                    }
                }
            }
        }
    }

    /// What a job builds into an image, where it does: the Dockerfile that is named, or the one of the folder.
    private static Optional<Located<String>> builds(Job job) {
        for (Step step : job.steps()) {
            if (step.action().equals("docker/build-push-action")) {
                String file = step.input("file").orElse(step.input("context").orElse("."));
                return Optional.of(new Located<>(file, step.place()));
            }
            for (ShellCommand one : step.commands()) {
                var words = one.arguments();
                if (one.runs("docker", "podman")
                        && words.contains("build")
                        && !words.contains("compose")) {
                    int file = Math.max(words.indexOf("-f"), words.indexOf("--file"));
                    String what =
                            file >= 0 && file + 1 < words.size()
                                    ? words.get(file + 1)
                                    : words.getLast();
                    return Optional.of(new Located<>(what, one.place()));
                }
            }
        }
        return Optional.empty();
    }
}
