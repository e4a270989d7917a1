package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Deploys;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Job;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;

/// The deploy does not wait for the tests that run beside it.
public final class DeployWaitsForNoTest implements Check {
    @Override
    public Id id() {
        return new Id(
                "SYS-032",
                "deploy-waits-for-no-test",
                Severity.HIGH,
                "The deploy does not wait for the tests that run beside it");
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Pipeline pipeline : subject.all(Pipeline.class)) {
            var tests =
                    pipeline.jobs().stream()
                            .filter(one -> one.commands().stream().anyMatch(Deploys::isTest))
                            .toList();
            if (tests.isEmpty() || pipeline.format().equals("gitlab-ci")) {
                continue; // there stages wait for each other
            }
            for (Job job : pipeline.jobs()) {
                var deploy = Deploys.by(job);
                var push = Deploys.push(pipeline, job);
                if (deploy.isEmpty() || push.isEmpty() || tests.contains(job)) {
                    continue;
                }
                var before = needed(pipeline, job);
                if (tests.stream().noneMatch(test -> before.contains(test.name()))) {
                    report.finding(
                                    job.place(),
                                    "job %s runs '%s' whatever job %s finds, since it doesn't need it"
                                            .formatted(
                                                    job.name(),
                                                    deploy.get().value(),
                                                    tests.getFirst().name()))
                            .also(tests.getFirst().place(), "the tests run here, at the same time");
                }
            }
        }
    }

    /// The jobs that end well before one starts.
    private static Set<String> needed(Pipeline pipeline, Job job) {
        var needed = new TreeSet<String>();
        var open = new ArrayList<>(job.needs());
        while (!open.isEmpty()) {
            String name = open.removeLast().value();
            if (needed.add(name)) {
                pipeline.job(name).ifPresent(one -> open.addAll(one.needs()));
            }
        }
        return needed;
    }
}
