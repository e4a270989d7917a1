package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.server.Asked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pitcrew rollback SERVICE`: back to the last good version.
@Command(
        description = {
            "It is the only version that a rollback leads to, and it passes the gates that protect orders: reconciliation, open orders, state. Nobody has to approve it. The version that is left needs a new approval to come back."
        })
final class RollbackCommand extends ActCommand {
    @Parameters(paramLabel = "SERVICE", description = "The service that goes back.")
    private String service = "";

    @Mixin private OverrideOption overrides = new OverrideOption();

    @Override
    String act() {
        return "rollback";
    }

    @Override
    Asked asked(String reason) {
        return new Asked(service, null, null, null, reason, null, false, false, overrides.gates());
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
