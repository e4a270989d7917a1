package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Drains;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.SystemdUnit;
import java.time.Duration;
import java.util.ArrayList;

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
        var all = new ArrayList<>(subject.all(Container.class));
        subject.all(SystemdUnit.class).stream()
                .filter(unit -> !isEndless(unit))
                .forEach(unit -> unit.process().ifPresent(all::add));
        for (Container one : all) {
            Duration grace = one.stopGrace().map(said -> said.value()).orElse(usual(one.format()));
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

    /// What the runtime waits where nothing is said.
    private static Duration usual(String format) {
        return switch (format) {
            case "kubernetes" -> Duration.ofSeconds(30);
            case "systemd" -> Duration.ofSeconds(90);
            default -> Duration.ofSeconds(10);
        };
    }

    private static boolean isEndless(SystemdUnit unit) {
        return unit.last("TimeoutStopSec")
                .or(() -> unit.last("TimeoutSec"))
                .filter(one -> one.value().matches("infinity|0"))
                .isPresent();
    }
}
