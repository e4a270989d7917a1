package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;

/// What an operator reads once a change is planned. Pure.
final class PlannedText {
    private PlannedText() {}

    /// @param events as the API sends them; the first one is the plan
    static String of(JsonNode events) {
        var planned = events.path(0);
        return "planned: %s of %s to %s, hash %s"
                .formatted(
                        planned.path("rollout").asText(),
                        planned.path("service").asText(),
                        planned.path("plan").path("to").path("version").asText(),
                        planned.path("plan").path("approval").path("hash").asText());
    }
}
