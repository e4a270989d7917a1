package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.server.Asked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pitcrew rearm SERVICE`: begins again after a kill, or lets a stuck keeper go on.
@Command(
        description = {
            "After a kill it is a change like any other, with approval and gates, and it compares the open orders before anything may send. When stuck, the keeper tries again: mend the cause first."
        })
final class RearmCommand extends ActCommand {
    @Parameters(paramLabel = "SERVICE", description = "The service that was killed, or is stuck.")
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
