package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.Alarms;
import dev.pitcrew.server.Asked;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `pitcrew open --check`: whether the day may begin, row by row, with numbers.
@Command(
        description = {
            "Each row is yes or no, and what is unknown is no. The answer goes into the ledger. With --by it asks again until the answer is yes or the time has come; then, unless it is yes, it calls whoever the system file's alarms name. Exit code 0 is yes, 1 is no, and 4 is no at the time of --by, with the alarms raised. At `opening: {by: …}` of the system file the controller asks by itself."
        })
final class OpenCommand extends DeskCommand {
    private static final Duration EVERY = Duration.ofSeconds(2);

    @Option(names = "--check", required = true, description = "Ask. There is nothing else to do.")
    @SuppressWarnings("UnusedVariable") // picocli asks for it; there is nothing else to do
    private boolean isCheck;

    @Option(
            names = "--by",
            paramLabel = "TIME",
            description =
                    "Until when it has to be yes: such as 08:30 of today here, \"08:30 Europe/Berlin\", or 2026-11-25T13:30:00Z.")
    private String by = "";

    /// What came of it.
    ///
    /// @param alarms what came of each; empty when none was raised
    record Report(
            boolean ready,
            Instant at,
            List<JsonNode> rows,
            JsonNode sequences,
            List<String> alarms) {}

    @Override
    ExitCode run(Where.Place place) throws InterruptedException {
        if (by.isEmpty()) {
            try (var client = Client.of(place.data())) {
                var checked = client.ask("open", asked(false)).path(0);
                return shown(checked, List.of(), ExitCode.REFUSED);
            }
        }
        var deadline = OpenTime.parse(by, InstantSource.system().instant());
        var said = "";
        while (InstantSource.system().instant().isBefore(deadline)) {
            var now = look(place);
            if (now.isEmpty()) {
                try (var client = Client.of(place.data())) {
                    var checked = client.ask("open", asked(false)).path(0);
                    if (checked.path("ready").asBoolean()) {
                        finishLive();
                        return shown(checked, List.of(), ExitCode.REFUSED);
                    }
                }
            } else if (!now.get().equals(said)) {
                said = now.get();
                live(said + "; asking again until " + deadline);
            }
            var left = Duration.between(InstantSource.system().instant(), deadline);
            TimeUnit.MILLISECONDS.sleep(Math.clamp(left.toMillis(), 0, EVERY.toMillis()));
        }
        finishLive();
        return atDeadline(place);
    }

    /// @return why it is not yes; empty when it is
    private static Optional<String> look(Where.Place place) {
        try (var client = Client.of(place.data())) {
            var seen = client.ask("open", asked(true));
            return seen.path("ready").asBoolean()
                    ? Optional.empty()
                    : Optional.of(OpenText.sentence(seen));
        } catch (Refused no) {
            return Optional.of(no.sentence());
        } catch (OperationFailed failure) {
            return Optional.of(failure.getMessage());
        }
    }

    private ExitCode atDeadline(Where.Place place) {
        String why;
        try (var client = Client.of(place.data())) {
            var events = client.ask("open-deadline", asked(false));
            return shown(events.path(0), results(events.path(1)), ExitCode.STUCK);
        } catch (Refused no) {
            why = no.sentence();
        } catch (OperationFailed failure) {
            why = failure.getMessage();
        }
        // Where the controller can't call anybody, we do.
        var alarms =
                new Alarms(
                                place.system(),
                                place.environment(),
                                place.data().path(),
                                System.getenv())
                        .raise("start of day: nobody can tell: " + why, List.of());
        alarms.forEach(one -> err().println("pitcrew: alarm: " + one));
        err().println("pitcrew: not ready: " + why);
        return ExitCode.STUCK;
    }

    private static List<String> results(JsonNode raised) {
        return raised.path("results").valueStream().map(JsonNode::asText).toList();
    }

    private ExitCode shown(JsonNode checked, List<String> alarms, ExitCode no) {
        var isReady = checked.path("ready").asBoolean();
        show(
                new Report(
                        isReady,
                        Instant.parse(checked.path("at").asText()),
                        checked.path("rows").valueStream().toList(),
                        checked.path("sequences"),
                        alarms),
                OpenText.of(checked, alarms, ink()));
        return isReady ? ExitCode.OK : no;
    }

    private static Asked asked(boolean isLook) {
        return new Asked(null, null, null, null, null, null, false, isLook);
    }
}
