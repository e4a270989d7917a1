package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.server.Asked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pitcrew approve SERVICE HASH`: agrees to exactly what the hash stands for.
@Command(
        description = {
            "A hash binds release, system file, environment, strategy, window and base version: when one of them changes, the approval is void. Where two people have to agree, the second one says this."
        })
final class ApproveCommand extends ActCommand {
    @Parameters(index = "0", paramLabel = "SERVICE", description = "Whose rollout.")
    private String service = "";

    @Parameters(
            index = "1",
            paramLabel = "HASH",
            description = "The hash that `deploy` printed; its first eight digits are enough.")
    private String hash = "";

    @Option(
            names = "--emergency",
            description =
                    "One person takes it on alone, at once; another has to `reassess` it later, and status lists it until then. Needs --reason.")
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
