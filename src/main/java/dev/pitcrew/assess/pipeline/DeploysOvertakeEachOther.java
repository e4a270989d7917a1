package dev.pitcrew.assess.pipeline;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Deploys;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Job;

/// Two deploys may run at once, and the older one may end last.
public final class DeploysOvertakeEachOther implements Check {
    @Override
    public Id id() {
        return new Id(
                "CI-004",
                "deploys-overtake-each-other",
                Severity.MEDIUM,
                "Two deploys may run at once, and the older one may end last");
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Pipeline pipeline : subject.all(Pipeline.class)) {
            if (pipeline.concurrency().isPresent()) {
                continue;
            }
            for (Job job : pipeline.jobs()) {
                var deploy = Deploys.by(job);
                var push = Deploys.push(pipeline, job);
                if (deploy.isPresent()
                        && push.isPresent()
                        && job.concurrency().isEmpty()
                        && !job.isManual()) {
                    report.finding(
                                    deploy.get().place(),
                                    "job %s runs '%s' on every push, and nothing makes a second run wait for the first"
                                            .formatted(job.name(), deploy.get().value()))
                            .also(push.get().place(), "this starts it");
                }
            }
        }
    }
}
