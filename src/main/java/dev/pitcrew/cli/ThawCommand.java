package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.server.Asked;
import picocli.CommandLine.Command;

/// `pitcrew thaw`: changes are allowed again.
@Command(description = {"Ends what `freeze` began; rollouts that waited go on."})
final class ThawCommand extends ActCommand {
    @Override
    String act() {
        return "thaw";
    }

    @Override
    Asked asked(String reason) {
        return about(null, reason);
    }

    @Override
    String done(JsonNode events) {
        return events.isEmpty() ? "it is not frozen" : "thawed: changes are allowed again";
    }
}
