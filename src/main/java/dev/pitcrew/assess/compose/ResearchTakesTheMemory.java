package dev.pitcrew.assess.compose;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Report.Draft;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Duty;
import java.util.HashMap;
import java.util.regex.Pattern;

/// A backtest ends the executor.
public final class ResearchTakesTheMemory implements Check {
    private static final Id ID =
            new Id(
                    "CMP-006",
                    "research-takes-the-memory",
                    Severity.MEDIUM,
                    "Research without a memory limit runs on the host of a service that sends"
                            + " orders");
    private static final Pattern RESEARCH =
            Pattern.compile(
                    "(?i)(.*[^a-z])?(backtest(er|ing)?|hyperopt|optimi[sz]er|research|jupyter(lab)?|notebooks?|train(er|ing)?)([^a-z].*)?");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var told = new HashMap<Container, Draft>();
        for (Container one : subject.all(Container.class)) {
            boolean isHungry =
                    one.format().equals("compose")
                            && RESEARCH.matcher(one.name()).matches()
                            && one.memoryMax().isEmpty();
            if (!isHungry) {
                continue;
            }
            var sender =
                    subject.all(Container.class).stream()
                            .filter(other -> Pods.areTogether(one, other))
                            .filter(other -> !other.equals(one))
                            .filter(other -> !RESEARCH.matcher(other.name()).matches())
                            .filter(other -> subject.duty(other) == Duty.ORDER_ENTRY)
                            .findFirst();
            sender.ifPresent(
                    other -> {
                        var before = told.get(other);
                        if (before == null) {
                            told.put(other, say(one, other, report));
                        } else {
                            before.also(one.place(), one.name() + " has none either");
                        }
                    });
        }
    }

    private static Draft say(Container one, Container other, Report report) {
        return report.finding(
                        one.place(),
                        "%s has no memory limit and runs beside %s"
                                .formatted(one.name(), other.name()))
                .about(one)
                .also(other.place(), "what sends orders")
                .confidence(Confidence.MEDIUM);
    }
}
