package dev.pitcrew.read.pipeline;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Concurrency;
import dev.pitcrew.model.infra.Pipeline.Job;
import dev.pitcrew.model.infra.Pipeline.Step;
import dev.pitcrew.model.infra.Pipeline.Trigger;
import dev.pitcrew.read.pipeline.Groovy.Argument;
import dev.pitcrew.read.pipeline.Groovy.Call;
import dev.pitcrew.read.shell.Shell;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Declarative pipelines of Jenkins: each stage is a job that waits for those before it. A scripted one is a program, and is left alone.
///
/// @see <a href="https://www.jenkins.io/doc/book/pipeline/syntax/">pipeline syntax</a>
public final class Jenkinsfiles implements Format {
    private static final Pattern NAME =
            Pattern.compile("(?i)jenkinsfile([._-].*)?|.*\\.jenkinsfile");

    @Override
    public String name() {
        return "jenkins";
    }

    @Override
    public boolean claims(SourceFile file) {
        return NAME.matcher(file.name()).matches();
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            Groovy.parse(file.text()).stream()
                    .filter(one -> one.name().equals("pipeline") && !one.calls().isEmpty())
                    .findFirst()
                    .ifPresent(one -> found.fact(pipeline(file, one)));
        }
    }

    private Pipeline pipeline(SourceFile file, Call root) {
        var jobs = new ArrayList<Job>();
        root.named("stages").forEach(stages -> jobs(file, stages, jobs, false));
        var place = file.place(root.at());
        return new Pipeline(
                name(),
                place,
                file.path(),
                triggers(file, root, jobs),
                List.of(),
                root.named("options")
                        .flatMap(one -> one.named("disableConcurrentBuilds"))
                        .findFirst()
                        .map(one -> new Concurrency(file.place(one.at()), "all", Optional.empty())),
                List.of(),
                jobs);
    }

    private static List<Trigger> triggers(SourceFile file, Call root, List<Job> jobs) {
        var triggers = new ArrayList<Trigger>();
        for (Call one : root.named("triggers").flatMap(all -> all.calls().stream()).toList()) {
            var place = file.place(one.at());
            var times =
                    one
                            .first()
                            .map(time -> new Located<>(time.text(), file.place(time.at())))
                            .stream()
                            .toList();
            switch (one.name()) {
                case "cron", "parameterizedCron" ->
                        triggers.add(new Trigger(place, "schedule", times));
                case "pollSCM", "githubPush", "gitlab", "bitbucketPush" ->
                        triggers.add(new Trigger(place, "push", List.of()));
                default -> {}
            }
        }
        // Only a project that is run for each push of each branch can ask which one it is.
        jobs.stream()
                .flatMap(job -> job.condition().stream())
                .filter(one -> triggers.isEmpty() && one.value().contains("branch"))
                .findFirst()
                .ifPresent(one -> triggers.add(new Trigger(one.place(), "push", List.of())));
        return triggers;
    }

    /// The stages of a block, those within stages as well.
    ///
    /// @param isGated whether somebody was asked before
    /// @return whether somebody was asked in one of them
    private static boolean jobs(SourceFile file, Call stages, List<Job> jobs, boolean isGated) {
        boolean gated = isGated;
        for (Call stage : stages.named("stage").toList()) {
            gated |= stage.named("input").findAny().isPresent();
            gated |= steps(stage).anyMatch(one -> one.name().equals("input"));
            var inner = stage.named("stages", "parallel").toList();
            for (Call one : inner) {
                gated |= jobs(file, one, jobs, gated);
            }
            if (inner.isEmpty()) {
                jobs.add(job(file, stage, List.copyOf(jobs), gated));
            }
        }
        return gated;
    }

    private static Stream<Call> steps(Call stage) {
        return stage.named("steps").flatMap(Call::all);
    }

    private static Job job(SourceFile file, Call stage, List<Job> earlier, boolean isGated) {
        var place = file.place(stage.at());
        return new Job(
                place,
                stage.first().map(Argument::text).orElse(""),
                earlier.stream().map(one -> new Located<>(one.name(), place)).toList(),
                Optional.empty(),
                Optional.empty(),
                isGated,
                Optional.empty(),
                stage.named("when").findFirst().map(one -> condition(file, one)),
                false, // whose the machine is, only Jenkins knows
                List.of(),
                steps(stage)
                        .filter(one -> one.name().matches("sh|bat|powershell"))
                        .flatMap(one -> step(file, one).stream())
                        .toList());
    }

    /// In words that other pipelines use: `branch main`, `tag`, `schedule`.
    private static Located<String> condition(SourceFile file, Call when) {
        String text =
                when.all()
                        .map(
                                one ->
                                        switch (one.name()) {
                                            case "buildingTag" -> "tag";
                                            case "triggeredBy" -> "schedule";
                                            default ->
                                                    one.name()
                                                            + one.first()
                                                                    .map(it -> " " + it.text())
                                                                    .orElse("");
                                        })
                        .collect(Collectors.joining(" "));
        return new Located<>(text, file.place(when.at()));
    }

    private static Optional<Step> step(SourceFile file, Call sh) {
        var script =
                sh.first()
                        .or(
                                () ->
                                        sh.arguments().stream()
                                                .filter(one -> one.label().equals("script"))
                                                .findFirst());
        return script.map(
                one ->
                        new Step(
                                file.place(sh.at()),
                                sh.name(),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                Optional.of(new Located<>(one.text(), file.place(one.at()))),
                                Shell.parse(one.text(), i -> file.place(one.at() + i)),
                                Optional.empty(),
                                Optional.empty()));
    }
}
