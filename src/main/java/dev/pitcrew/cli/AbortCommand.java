package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.server.Asked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pitcrew abort SERVICE`: ends the rollout underway; when there is none, it says so and does nothing.
@Command(
        description = {
            "One that only waits ends at once; one that has begun goes back to the version before. When none is in progress it says so and does nothing, with exit code 0."
        })
final class AbortCommand extends ActCommand {
    @Parameters(paramLabel = "SERVICE", description = "Whose rollout.")
    private String service = "";

    @Override
    String act() {
        return "abort";
    }

    @Override
    Asked asked(String reason) {
        return about(service, reason);
    }

    @Override
    String done(JsonNode events) {
        return events.isEmpty()
                ? "no rollout of " + service + " is in progress; nothing was done"
                : "the rollout of " + service + " is being aborted";
    }
}
