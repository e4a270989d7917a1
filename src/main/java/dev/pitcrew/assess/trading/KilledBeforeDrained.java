package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Drains;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Container;
import java.time.Duration;

/// The runtime kills a service before the drain that it asked for has ended.
public final class KilledBeforeDrained implements Check {
    private static final Id ID =
            new Id(
                    "TRD-004",
                    "killed-before-drained",
                    Severity.HIGH,
                    "A service is killed before the time that it takes to drain is over");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            boolean isKubernetes = one.format().equals("kubernetes");
            if (!isKubernetes && !one.format().equals("compose")) {
                continue;
            }
            Duration grace =
                    one.stopGrace()
                            .map(said -> said.value())
                            .orElse(Duration.ofSeconds(isKubernetes ? 30 : 10));
            Drains.of(one)
                    .filter(drain -> drain.value().compareTo(grace) >= 0)
                    .ifPresent(
                            drain -> {
                                var finding =
                                        report.finding(
                                                        drain.place(),
                                                        "%s takes up to %d s to drain, and is killed after %d s"
                                                                .formatted(
                                                                        one.name(),
                                                                        drain.value().toSeconds(),
                                                                        grace.toSeconds()))
                                                .about(one);
                                one.stopGrace()
                                        .ifPresent(said -> finding.also(said.place(), "the grace"));
                            });
        }
    }
}
