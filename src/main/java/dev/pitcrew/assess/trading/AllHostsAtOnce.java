package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Plays;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.HostPlay;

/// Every copy of what sends orders is down in the same second.
final class AllHostsAtOnce implements Check {
    private static final Id ID =
            new Id(
                    "TRD-121",
                    "all-hosts-at-once",
                    Severity.HIGH,
                    "A play restarts what sends orders on all its hosts at the same time");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (HostPlay play : Plays.all(subject)) {
            var group = Plays.group(subject, play).filter(one -> one.hosts().size() > 1);
            var restart = Plays.restarts(subject, play).findFirst();
            if (play.serial().isEmpty() && group.isPresent() && restart.isPresent()) {
                report.finding(
                                play.hosts().place(),
                                "without serial the play restarts %s on all %d hosts of %s at once: nothing sends, and nothing can be cancelled, until the first is back, and a version that doesn't start takes all of them"
                                        .formatted(
                                                restart.get()
                                                        .restarts()
                                                        .map(Located::value)
                                                        .orElse(""),
                                                group.get().hosts().size(),
                                                group.get().name()))
                        .also(restart.get().place(), "is done on each of them")
                        .also(group.get().place(), "lists the hosts");
            }
        }
    }
}
