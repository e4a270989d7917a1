package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.server.Asked;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A verb that asks the controller for one act.
abstract class ActCommand extends DeskCommand {
    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Why, in your words; it goes into the ledger.")
    private String reason = "";

    /// The name of the act in the API.
    abstract String act();

    /// What is asked for.
    abstract Asked asked(String reason);

    /// What the operator reads when it was done.
    abstract String done(JsonNode events);

    @Override
    final ExitCode run(Where.Place place) {
        try (var client = Client.of(place.data())) {
            var events = client.ask(act(), asked(reason));
            show(events, done(events));
            return ExitCode.OK;
        }
    }

    static Asked about(@Nullable String service, String reason) {
        return new Asked(service, null, null, null, reason, null, false, false);
    }
}
