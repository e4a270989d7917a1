package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Workload;

/// A schedule that starts the next run while the last one still sends.
public final class SendingJobsOverlap implements Check {
    private static final Id ID =
            new Id(
                    "TRD-012",
                    "sending-jobs-overlap",
                    Severity.CRITICAL,
                    "Two runs of a scheduled job that sends orders may overlap");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Workload job : subject.all(Workload.class)) {
            boolean mayOverlap =
                    job.setting("concurrencyPolicy")
                            .filter(one -> !one.value().equals("Allow"))
                            .isEmpty();
            subject.all(Container.class).stream()
                    .filter(_ -> job.kind().equals("CronJob") && mayOverlap)
                    .filter(one -> one.unit().equals(job.unit()))
                    .filter(one -> Sends.orders(subject.duty(one), job.name()))
                    .findFirst()
                    .ifPresent(
                            one ->
                                    report.finding(
                                                    job.place(),
                                                    "%s sends orders, and its next run starts while a slow one is still at it"
                                                            .formatted(job.name()))
                                            .about(one)
                                            .confidence(Confidence.MEDIUM));
        }
    }
}
