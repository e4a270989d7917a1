package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.FailoverTiming;
import dev.pitcrew.model.infra.FailoverTiming.Tool;

/// One that can't see the primary makes another one.
final class SentinelDecidesAlone implements Check {
    private static final Id ID =
            new Id(
                    "TRD-119",
                    "sentinel-decides-alone",
                    Severity.HIGH,
                    "One Sentinel alone may make another Redis of a system that trades the primary");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var why = OrderPath.of(subject);
        if (why.isEmpty()) {
            return;
        }
        for (FailoverTiming master : subject.all(FailoverTiming.class)) {
            boolean isAlone = master.tool() == Tool.SENTINEL && master.number("quorum", 0) == 1;
            var quorum = master.numbers().get("quorum");
            if (isAlone && quorum != null && !Paths.isTest(master.place())) {
                report.finding(
                        quorum.place(),
                        "one Sentinel that loses sight of %s starts a failover: it takes the others' votes and not their word that the primary is well, and what is written to that one meanwhile is thrown away (%s)"
                                .formatted(master.name(), why.get()));
            }
        }
    }
}
