package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.server.Asked;
import picocli.CommandLine.Command;

/// `pitcrew freeze`: no change of anything until `thaw`.
@Command(
        description = {
            "Rollouts wait until `thaw`. What mends or stops goes on: restarts, failovers, kill."
        })
final class FreezeCommand extends ActCommand {
    @Override
    String act() {
        return "freeze";
    }

    @Override
    Asked asked(String reason) {
        return about(null, reason);
    }

    @Override
    String done(JsonNode events) {
        return events.isEmpty()
                ? "it is frozen already"
                : "frozen: nothing changes until `pitcrew thaw`";
    }
}
