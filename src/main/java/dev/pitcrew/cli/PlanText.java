package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.deploy.Words;
import java.time.Duration;

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

    private static String limit(JsonNode step) {
        return Words.of(Duration.parse(step.path("limit").asText()));
    }
}
