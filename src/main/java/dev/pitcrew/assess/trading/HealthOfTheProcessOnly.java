package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Duty;
import java.util.regex.Pattern;

/// Health that asks the metrics page or pgrep.
public final class HealthOfTheProcessOnly implements Check {
    private static final Id ID =
            new Id(
                    "TRD-019",
                    "health-of-the-process-only",
                    Severity.MEDIUM,
                    "A feed or a service that sends orders counts as healthy while its process or its metrics port is there");
    private static final Pattern SHALLOW =
            Pattern.compile(
                    "(?s)(.*/metrics\\b.*|(.*\\s)?pgrep\\s.*|.*\\bps (aux|-ef|ax)\\b.*grep.*)");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            boolean isMeant =
                    subject.duty(one) == Duty.MARKET_DATA || subject.duty(one) == Duty.ORDER_ENTRY;
            one.healthChecks().stream()
                    .filter(
                            at ->
                                    isMeant
                                            && (at.kind().equals("health")
                                                    || at.kind().equals("readiness")))
                    .filter(at -> SHALLOW.matcher(at.test()).matches())
                    .findFirst()
                    .ifPresent(
                            at ->
                                    report.finding(
                                                    at.place(),
                                                    "the health check of %s sees that the process lives, not that prices or its session do"
                                                            .formatted(one.name()))
                                            .about(one));
        }
    }
}
