package dev.pitcrew.app.own;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.ShellCommand;
import java.util.List;

/// The jobs of all pipelines, each with its pipeline.
final class Jobs {
    private Jobs() {}

    record Job(Pipeline pipeline, Pipeline.Job job) {}

    static List<Job> of(Subject subject) {
        return subject.all(Pipeline.class).stream()
                .flatMap(one -> one.jobs().stream().map(job -> new Job(one, job)))
                .toList();
    }

    static List<String> actions(Pipeline.Job job) {
        return job.steps().stream()
                .map(Pipeline.Step::action)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    static List<String> programs(Pipeline.Job job) {
        return job.commands().stream()
                .map(ShellCommand::program)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }
}
