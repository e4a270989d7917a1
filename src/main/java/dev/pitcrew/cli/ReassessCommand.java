package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.server.Asked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pitcrew reassess SERVICE ROLLOUT`: another person has looked at an emergency change; the finding is the reason.
@Command(description = {"What was found is the --reason. Until then status lists the change."})
final class ReassessCommand extends ActCommand {
    @Parameters(index = "0", paramLabel = "SERVICE", description = "The service that was changed.")
    private String service = "";

    @Parameters(
            index = "1",
            paramLabel = "ROLLOUT",
            description = "The name of the rollout, such as r7; status has it.")
    private String rollout = "";

    @Override
    String act() {
        return "reassess";
    }

    @Override
    Asked asked(String reason) {
        return new Asked(service, null, null, rollout, reason, null, false, false);
    }

    @Override
    String done(JsonNode events) {
        return rollout + " of " + service + " is re-assessed";
    }
}
