package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Address;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Duty;
import java.util.regex.Pattern;

/// Two copies, twice the loss.
public final class LimitsPerCopy implements Check {
    private static final Id ID =
            new Id(
                    "TRD-015",
                    "limits-per-copy",
                    Severity.CRITICAL,
                    "Several copies of what checks limits run, and each of them has the whole limit");
    private static final Pattern LIMIT =
            Pattern.compile(
                    "(?i)(.*_)?(MAX|LIMIT)_(.*_)?(POSITIONS?|LOSS|DRAWDOWN|ORDERS|NOTIONAL|EXPOSURE|TRADES)(_.*)?");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            boolean isChecker =
                    subject.duty(one) == Duty.RISK || subject.duty(one) == Duty.STRATEGY;
            var copies = one.replicas().filter(at -> at.value() > 1);
            boolean isShared =
                    Address.of(one).stream()
                            .anyMatch(
                                    at -> at.scheme().matches("rediss?|postgresql|mysql|mongodb"));
            var limit =
                    one.environment().stream()
                            .filter(at -> LIMIT.matcher(at.name()).matches())
                            .findFirst();
            if (isChecker && copies.isPresent() && !isShared && limit.isPresent()) {
                report.finding(
                                copies.get().place(),
                                "%d copies of %s each have the whole of %s, and nothing that they share is configured"
                                        .formatted(
                                                copies.get().value(),
                                                one.name(),
                                                limit.get().name()))
                        .about(one)
                        .also(limit.get().place(), "the limit")
                        .confidence(Confidence.MEDIUM);
            }
        }
    }
}
