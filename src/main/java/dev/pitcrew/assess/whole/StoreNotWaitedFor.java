package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.Peers;

/// An order of starts that only waits for processes.
public final class StoreNotWaitedFor implements Check {
    private static final Id ID =
            new Id(
                    "SYS-003",
                    "store-not-waited-for",
                    Severity.MEDIUM,
                    "A service of the order path starts before its store is ready, and does not start again");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var peers = Peers.of(subject.survey());
        for (Container one : subject.all(Container.class)) {
            boolean startsAgain =
                    one.restart().filter(how -> !how.value().equals("no")).isPresent();
            if (startsAgain || !subject.duty(one).isOrderPath()) {
                continue;
            }
            for (Located<String> before : one.dependsOn()) {
                peers.named(one, before.value()).stream()
                        .filter(
                                store ->
                                        subject.duty(store) == Duty.STORE
                                                || subject.duty(store) == Duty.QUEUE)
                        .findFirst()
                        .ifPresent(
                                store ->
                                        report.finding(
                                                        before.place(),
                                                        "%s starts as soon as %s has a process, not when it answers, and stays down when it fails at that"
                                                                .formatted(
                                                                        one.name(), store.name()))
                                                .about(one)
                                                .also(store.place(), "the store"));
            }
        }
    }
}
