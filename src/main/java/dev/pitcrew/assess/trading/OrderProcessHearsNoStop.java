package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.FirstProcess;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.ImageBuild;

/// The signal to stop never reaches the process that sends orders, so it is killed with orders open.
public final class OrderProcessHearsNoStop implements Check {
    @Override
    public Id id() {
        return new Id(
                "TRD-050",
                "order-process-hears-no-stop",
                Severity.HIGH,
                "The signal to stop never reaches the process that sends orders, so it is killed with orders open");
    }

    @Override
    public void look(Subject subject, Report report) {
        for (ImageBuild build : subject.all(ImageBuild.class)) {
            var why = OrderPath.of(subject, build);
            var deaf = FirstProcess.deaf(subject, build);
            if (why.isPresent() && deaf.isPresent() && !Paths.isTest(build.place())) {
                var found = deaf.get();
                var finding =
                        report.finding(
                                found.place(),
                                "%s never hears SIGTERM: %s; after the grace time it is killed with its orders open (it sends orders: %s)"
                                        .formatted(found.program(), found.because(), why.get()));
                OrderPath.containers(subject, build).stream().findFirst().ifPresent(finding::about);
                if (!found.image().equals(found.place())) {
                    finding.also(found.image(), "the image starts with it here");
                }
            }
        }
    }
}
