package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Workload;

/// A job with orders in it that Kubernetes retries.
public final class SendingJobIsRepeated implements Check {
    private static final Id ID =
            new Id(
                    "TRD-011",
                    "sending-job-is-repeated",
                    Severity.CRITICAL,
                    "A job that sends orders is run again when it fails half-way");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Workload job : subject.all(Workload.class)) {
            if (!job.kind().equals("Job") && !job.kind().equals("CronJob")) {
                continue;
            }
            boolean isOnce =
                    job.setting("backoffLimit").filter(one -> one.value().equals("0")).isPresent();
            subject.all(Container.class).stream()
                    .filter(one -> one.unit().equals(job.unit()) && !isOnce)
                    .filter(one -> Sends.orders(subject.duty(one), job.name()))
                    .findFirst()
                    .ifPresent(
                            one ->
                                    report.finding(
                                                    job.setting("backoffLimit")
                                                            .map(said -> said.place())
                                                            .orElse(job.place()),
                                                    "%s sends orders, and is run again up to %s times when it fails"
                                                            .formatted(
                                                                    job.name(),
                                                                    job.setting("backoffLimit")
                                                                            .map(
                                                                                    said ->
                                                                                            said
                                                                                                    .value())
                                                                            .orElse("6")))
                                            .about(one)
                                            .confidence(Confidence.MEDIUM));
        }
    }
}
