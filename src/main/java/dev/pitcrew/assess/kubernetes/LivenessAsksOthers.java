package dev.pitcrew.assess.kubernetes;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.HealthCheck;
import dev.pitcrew.model.infra.Duty;
import java.util.Optional;
import java.util.regex.Pattern;

/// Kubernetes kills the executor because the venue is away.
public final class LivenessAsksOthers implements Check {
    private static final Id ID =
            new Id(
                    "K8S-001",
                    "liveness-asks-others",
                    Severity.HIGH,
                    "The liveness probe of a process of the order path asks whether others are there, so that a lost venue restarts it");
    private static final Pattern READY =
            Pattern.compile(
                    "(?i).*(ready|readiness|dependenc|deep|venue|exchange|broker|upstream).*");

    private static Optional<HealthCheck> check(Container one, String kind) {
        return one.healthChecks().stream().filter(test -> test.kind().equals(kind)).findFirst();
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            var liveness = check(one, "liveness").filter(at -> at.test().startsWith("GET "));
            if (liveness.isEmpty() || !subject.duty(one).isOrderPath()) {
                continue;
            }
            String test = liveness.get().test();
            boolean asksOthers = READY.matcher(test).matches();
            boolean isSame =
                    subject.duty(one) == Duty.ORDER_ENTRY
                            && check(one, "readiness")
                                    .filter(at -> at.test().equals(test))
                                    .isPresent();
            if (asksOthers || isSame) {
                report.finding(
                                liveness.get().place(),
                                asksOthers
                                        ? "the liveness probe of %s asks %s: when a venue or store is away, it is killed with its orders open"
                                                .formatted(one.name(), test)
                                        : "liveness and readiness of %s ask the same, %s: what makes it unready for a while also kills it"
                                                .formatted(one.name(), test))
                        .about(one)
                        .confidence(asksOthers ? Confidence.MEDIUM : Confidence.LOW);
            }
        }
    }
}
