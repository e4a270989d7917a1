package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Deploys;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Job;

/// A push to a branch changes the running trading system at once, with nobody to say yes and no look at the market.
public final class UnattendedDeploy implements Check {
    @Override
    public Id id() {
        return new Id(
                "TRD-051",
                "unattended-deploy",
                Severity.HIGH,
                "A push to a branch changes the running trading system at once, with nobody to say yes and no look at the market");
    }

    @Override
    public void look(Subject subject, Report report) {
        var trades = OrderPath.of(subject);
        for (Pipeline pipeline : subject.all(Pipeline.class)) {
            for (Job job : pipeline.jobs()) {
                var deploy = Deploys.by(job);
                var push = Deploys.push(pipeline, job);
                if (deploy.isEmpty()
                        || push.isEmpty()
                        || Deploys.isGated(pipeline, job)
                        || trades.isEmpty()) {
                    continue;
                }
                report.finding(
                                deploy.get().place(),
                                "job %s runs '%s' on every push, and nobody starts or approves it, also while the market is open and orders work"
                                        .formatted(job.name(), deploy.get().value()))
                        .also(push.get().place(), "this starts it")
                        .confidence(Confidence.MEDIUM);
            }
        }
    }
}
