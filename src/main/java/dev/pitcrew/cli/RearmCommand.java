package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.server.Asked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pitcrew rearm SERVICE`: begins again after a kill, or lets a stuck keeper go on.
@Command
final class RearmCommand extends ActCommand {
    @Parameters(paramLabel = "SERVICE", description = "What was killed, or is stuck.")
    private String service = "";

    @Override
    String act() {
        return "rearm";
    }

    @Override
    Asked asked(String reason) {
        return about(service, reason);
    }

    @Override
    String done(JsonNode events) {
        return "re-arming " + service + "; `pitcrew status` shows how it goes";
    }
}
