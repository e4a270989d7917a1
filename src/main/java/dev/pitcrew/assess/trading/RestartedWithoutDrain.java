package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Plays;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.HostPlay;

/// The old version is killed with its orders open.
final class RestartedWithoutDrain implements Check {
    private static final Id ID =
            new Id(
                    "TRD-122",
                    "restarted-without-drain",
                    Severity.MEDIUM,
                    "A play restarts what sends orders without handing over what is open first");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (HostPlay play : Plays.all(subject)) {
            Plays.restarts(subject, play)
                    .filter(one -> !Plays.drains(subject, play, one))
                    .forEach(
                            one ->
                                    report.finding(
                                                    one.place(),
                                                    "%s is restarted with its orders open: no task before it drains or cancels, and its unit has no ExecStop"
                                                            .formatted(
                                                                    one.restarts()
                                                                            .map(Located::value)
                                                                            .orElse("")))
                                            .confidence(Confidence.MEDIUM));
        }
    }
}
