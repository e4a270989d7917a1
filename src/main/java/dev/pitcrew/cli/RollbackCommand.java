package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.server.Asked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pitcrew rollback SERVICE`: back to the last good version.
@Command(
        description = {
            "It is the only version that a rollback leads to, and it passes the gates that protect orders."
        })
final class RollbackCommand extends ActCommand {
    @Parameters(paramLabel = "SERVICE", description = "The service that goes back.")
    private String service = "";

    @Override
    String act() {
        return "rollback";
    }

    @Override
    Asked asked(String reason) {
        return about(service, reason);
    }

    @Override
    String done(JsonNode events) {
        return "planned: %s of %s to %s"
                .formatted(
                        events.path(0).path("rollout").asText(),
                        service,
                        events.path(0).path("plan").path("to").path("version").asText());
    }
}
