package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRouting;
import dev.pitcrew.model.infra.AlertRouting.Condition;
import dev.pitcrew.model.infra.AlertRouting.Inhibition;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// One alert silences all others, for the inhibition does not say that they belong together.
final class InhibitionTooWide implements Check {
    private static final Id ID =
            new Id(
                    "OBS-008",
                    "inhibition-too-wide",
                    Severity.HIGH,
                    "One alert silences all others, for the inhibition does not say that they belong together");

    @Override
    public Id id() {
        return ID;
    }

    private static final Set<String> BROAD = Set.of("severity", "priority", "level");

    @Override
    public void look(Subject subject, Report report) {
        for (AlertRouting routing : Near.all(subject, AlertRouting.class)) {
            for (Inhibition one : routing.inhibitions()) {
                if (one.equal().isEmpty() && isBroad(one.source()) && isBroad(one.target())) {
                    report.finding(
                                    one.place(),
                                    "while any alert with %s fires, every alert with %s is silent, whatever service it is about"
                                            .formatted(text(one.source()), text(one.target())))
                            .about(routing);
                }
            }
        }
    }

    private static boolean isBroad(List<Condition> conditions) {
        return !conditions.isEmpty()
                && conditions.stream()
                        .allMatch(
                                one ->
                                        BROAD.contains(one.label())
                                                && one.operator().startsWith("="));
    }

    private static String text(List<Condition> conditions) {
        return conditions.stream()
                .map(one -> one.label() + one.operator() + one.value())
                .collect(Collectors.joining(" and "));
    }
}
