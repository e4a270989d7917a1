package dev.pitcrew.cli;

import dev.pitcrew.app.DeskStatus.Change;
import dev.pitcrew.app.DeskStatus.ServiceLine;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import java.util.concurrent.TimeUnit;

/// Follows a rollout to its end: a line that is drawn again on a terminal, a line for each step in a pipe.
final class Following {
    private static final long EVERY_MILLIS = 200;

    private final Client client;
    private final DeskCommand command;

    private final boolean isOneOfMany;

    Following(Client client, DeskCommand command) {
        this(client, command, false);
    }

    /// @param isOneOfMany whether more results follow
    Following(Client client, DeskCommand command, boolean isOneOfMany) {
        this.client = client;
        this.command = command;
        this.isOneOfMany = isOneOfMany;
    }

    /// @return by the outcome: done is 0, stuck is 4, all else 1
    ExitCode follow(String service, String rollout) throws InterruptedException {
        var last = "";
        while (true) {
            var line =
                    client.statusOfWhoeverLeads(command::live).services().stream()
                            .filter(one -> one.name().equals(service))
                            .findFirst()
                            .orElseThrow();
            var change = line.changing();
            if (change == null || !change.rollout().equals(rollout)) {
                command.finishLive();
                return end(line);
            }
            var text = text(service, change);
            if (!text.equals(last)) {
                command.live(text);
                last = text;
            }
            TimeUnit.MILLISECONDS.sleep(
                    EVERY_MILLIS); // a person reads along; nothing is decided here
        }
    }

    static String text(String service, Change change) {
        var where =
                change.step().isEmpty()
                        ? change.state()
                        : "%s %d/%d %s"
                                .formatted(
                                        change.state(),
                                        change.index(),
                                        change.steps(),
                                        change.step());
        return "%s %s to %s: %s%s"
                .formatted(
                        change.rollout(),
                        service,
                        change.to(),
                        where,
                        change.waitsFor().isEmpty() ? "" : ", waits for " + change.waitsFor());
    }

    private ExitCode end(ServiceLine line) {
        if (isOneOfMany) {
            command.showOneOfMany(line, line.lastChange());
        } else {
            command.show(line, line.lastChange());
        }
        if (line.stuck() != null) {
            return ExitCode.STUCK;
        }
        return line.outcome() == Outcome.DONE || line.outcome() == Outcome.SHADOWED
                ? ExitCode.OK
                : ExitCode.REFUSED;
    }
}
