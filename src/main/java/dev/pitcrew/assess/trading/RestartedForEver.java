package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Units;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.SystemdUnit;
import dev.pitcrew.model.infra.SystemdUnit.UnitKind;
import dev.pitcrew.model.infra.Trading;
import java.time.Duration;

/// Systemd stops to start a service that fails too often, but only when that often is within reach.
public final class RestartedForEver implements Check {
    private static final Id ID =
            new Id(
                    "TRD-091",
                    "restarted-for-ever",
                    Severity.MEDIUM,
                    "A service that sends orders is started again and again without end, and nothing looks before it sends");
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int BURST = 5;

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (SystemdUnit unit : Units.all(subject, UnitKind.SERVICE)) {
            var restart = unit.last("Restart").filter(one -> one.value().matches("always|on-.*"));
            if (restart.isEmpty()
                    || !Sends.orders(subject.duty(unit), unit.stem())
                    || subject.trading(unit) == Trading.TEST
                    || isLookedAt(subject, unit)) {
                continue;
            }
            Duration pause =
                    unit.last("RestartSec")
                            .flatMap(one -> SystemdUnit.span(one.value()))
                            .orElse(Duration.ofMillis(100));
            var interval =
                    unit.last("StartLimitIntervalSec").or(() -> unit.last("StartLimitInterval"));
            var burst = unit.last("StartLimitBurst");
            boolean isOff =
                    interval.filter(one -> one.value().equals("0")).isPresent()
                            || burst.filter(one -> one.value().equals("0")).isPresent();
            Duration within =
                    interval.flatMap(one -> SystemdUnit.span(one.value())).orElse(INTERVAL);
            int starts = burst.map(RestartedForEver::count).orElse(BURST);
            boolean isEndless = interval.filter(one -> one.value().equals("infinity")).isPresent();
            if (isOff || (!isEndless && pause.multipliedBy(starts).compareTo(within) >= 0)) {
                report.finding(
                                restart.get().place(),
                                isOff
                                        ? "%s is started again for ever: its start limit is switched off"
                                                .formatted(unit.name())
                                        : "%s is started again every %s s for ever: %d starts in %d s, where systemd would give up, are never reached"
                                                .formatted(
                                                        unit.name(),
                                                        seconds(pause),
                                                        starts,
                                                        within.toSeconds()))
                        .about(unit)
                        .confidence(Confidence.MEDIUM);
            }
        }
    }

    /// Something that runs before it may hold it back: a fence, a lock, a reconciliation.
    private static boolean isLookedAt(Subject subject, SystemdUnit unit) {
        return Units.commands(subject, unit, "ExecStartPre", "ExecCondition").stream()
                        .anyMatch(
                                one ->
                                        one.text()
                                                .matches(
                                                        "(?is).*(fence|lease|lock|reconcil|flatten|cancel|check|preflight|verify|guard).*"))
                || unit.commands("ExecStart").stream().anyMatch(one -> one.runs("flock"));
    }

    private static int count(Located<String> text) {
        return text.value().matches("[0-9]{1,6}") ? Integer.parseInt(text.value()) : BURST;
    }

    private static String seconds(Duration span) {
        return span.toMillis() % 1000 == 0
                ? Long.toString(span.toSeconds())
                : Double.toString(span.toMillis() / 1000.0);
    }
}
