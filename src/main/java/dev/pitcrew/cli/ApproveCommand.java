package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.server.Asked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pitcrew approve SERVICE HASH`: agrees to exactly what the hash stands for.
@Command
final class ApproveCommand extends ActCommand {
    @Parameters(index = "0", paramLabel = "SERVICE", description = "Whose rollout.")
    private String service = "";

    @Parameters(
            index = "1",
            paramLabel = "HASH",
            description = "What is approved; its first eight digits are enough.")
    private String hash = "";

    @Option(
            names = "--emergency",
            description =
                    "One person takes it on himself; another re-assesses it later. Needs --reason.")
    private boolean isEmergency;

    @Override
    String act() {
        return "approve";
    }

    @Override
    Asked asked(String reason) {
        return new Asked(service, null, hash, null, reason, null, isEmergency, false);
    }

    @Override
    String done(JsonNode events) {
        return "approved: " + service + " " + hash;
    }
}
