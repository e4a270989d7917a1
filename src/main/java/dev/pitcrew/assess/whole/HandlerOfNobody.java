package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Plays;
import dev.pitcrew.model.infra.HostPlay;

/// A change that nobody is told of.
final class HandlerOfNobody implements Check {
    private static final Id ID =
            new Id(
                    "SYS-081",
                    "handler-of-nobody",
                    Severity.HIGH,
                    "A task calls a handler that the play doesn't have");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (HostPlay play : Plays.all(subject)) {
            if (play.isWhole()) {
                play.calls()
                        .filter(
                                call ->
                                        !call.value().contains("{{")
                                                && play.handlers().stream()
                                                        .noneMatch(
                                                                one ->
                                                                        one.hears(call.value())
                                                                                || one.name()
                                                                                        .contains(
                                                                                                "{{")))
                        .forEach(
                                call ->
                                        report.finding(
                                                call.place(),
                                                "no handler of the play is called '%s': the run breaks off here when something changed, with the new file in place and the old process running on"
                                                        .formatted(call.value())));
            }
        }
    }
}
