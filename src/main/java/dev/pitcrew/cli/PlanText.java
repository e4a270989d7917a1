package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.deploy.Words;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/// A plan as people read it before they agree. Pure.
final class PlanText {
    private PlanText() {}

    static String of(JsonNode plan, Ink ink) {
        var text = new StringBuilder();
        var from = plan.path("from").path("version").asText("nothing");
        text.append(
                "%s in %s: %s to %s by %s%n"
                        .formatted(
                                plan.path("service").asText(),
                                plan.path("environment").asText(),
                                from,
                                plan.path("to").path("version").asText(),
                                plan.path("strategy").asText()));
        steps(text, "forward", plan.path("forward"), ink);
        steps(text, "back", plan.path("back"), ink);
        for (var gate : gates(plan.path("forward"))) {
            text.append("  gate      ").append(gate).append('\n');
        }
        for (var note : plan.path("notes")) {
            text.append("  note      ").append(ink.bad(note.asText())).append('\n');
        }
        text.append("  approval  ")
                .append(plan.path("approval").path("rule").asText())
                .append(", hash ")
                .append(plan.path("approval").path("hash").asText());
        return text.toString();
    }

    private static void steps(StringBuilder text, String name, JsonNode steps, Ink ink) {
        for (int i = 0; i < steps.size(); i++) {
            text.append("  ")
                    .append(i == 0 ? name : "")
                    .repeat(' ', i == 0 ? 10 - name.length() : 10)
                    .append("%2d %-10s ".formatted(i + 1, steps.path(i).path("kind").asText()))
                    .append(ink.quiet("at most " + limit(steps.path(i))))
                    .append('\n');
        }
    }

    /// The gates of all checks, each once.
    private static Set<String> gates(JsonNode steps) {
        var gates = new LinkedHashSet<String>();
        for (var step : steps) {
            for (var gate : step.path("gates")) {
                var bound = gate.path("sense").asText().equals("AT_MOST") ? "at most" : "at least";
                var limit = new BigDecimal(gate.path("limit").asText());
                gates.add(
                        "%s %s %s %s"
                                .formatted(
                                        gate.path("name").asText(),
                                        bound,
                                        limit.stripTrailingZeros().toPlainString(),
                                        gate.path("unit").asText())
                                .strip());
            }
        }
        return gates;
    }

    private static String limit(JsonNode step) {
        return Words.of(Duration.parse(step.path("limit").asText()));
    }
}
