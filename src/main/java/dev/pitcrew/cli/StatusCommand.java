package dev.pitcrew.cli;

import dev.pitcrew.app.DeskStatus;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `pitcrew status`: what runs, what is underway, and what needs a person.
@Command(description = {"Exit code 4 when something is stuck and needs a person."})
final class StatusCommand extends DeskCommand {
    @Option(
            names = "--watch",
            description = "Show it again whenever it changes, until interrupted.")
    private boolean isWatching;

    @Override
    Unnamed unnamed() {
        return Unnamed.RUNNING;
    }

    @Override
    ExitCode run(Where.Place place) throws InterruptedException {
        try (var client = Client.of(place.data())) {
            var status = client.status();
            if (isWatching) {
                redraw(status, StatusText.of(status, ink()));
            } else {
                show(status, StatusText.of(status, ink()));
            }
            var last = status;
            while (isWatching) {
                TimeUnit.SECONDS.sleep(1); // a person reads along; nothing is decided here
                status = client.statusOfWhoeverLeads(this::live);
                if (!isSame(status, last)) {
                    redraw(status, StatusText.of(status, ink()));
                    last = status;
                }
            }
            return needsPerson(status) ? ExitCode.STUCK : ExitCode.OK;
        }
    }

    private static boolean isSame(DeskStatus one, DeskStatus other) {
        return StatusText.of(one, Ink.PLAIN).equals(StatusText.of(other, Ink.PLAIN));
    }

    private static boolean needsPerson(DeskStatus status) {
        return status.services().stream().anyMatch(one -> one.stuck() != null);
    }
}
