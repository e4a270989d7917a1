package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.app.PlainWords;
import java.util.ArrayList;
import java.util.List;

/// A start of day as people read it: one table. Pure.
final class OpenText {
    private OpenText() {}

    /// @param checked as the API sends it
    /// @param alarms what came of each; empty when none was raised
    static String of(JsonNode checked, List<String> alarms, Ink ink) {
        var rows = checked.path("rows").valueStream().toList();
        int name = width(rows, "name");
        int about = width(rows, "about");
        var text = new StringBuilder();
        for (var row : rows) {
            text.append(answer(row, ink))
                    .append(("  %-" + name + "s  ").formatted(row.path("name").asText()))
                    .append(("%-" + about + "s  ").formatted(row.path("about").asText()))
                    .append(PlainWords.sentence(row.path("says").asText()));
            var next = row.path("next").asText();
            if (!next.isEmpty()) {
                text.append(ink.quiet("; " + next));
            }
            text.append('\n');
        }
        alarms.forEach(one -> text.append("alarm   ").append(one).append('\n'));
        long bad = rows.stream().filter(one -> is(one, "NO")).count();
        text.append(
                bad == 0
                        ? "yes: the day may begin"
                        : ink.bad("no: %d of %d rows".formatted(bad, rows.size())));
        return text.toString();
    }

    /// What is not well, in one line.
    static String sentence(JsonNode checked) {
        var bad = new ArrayList<String>();
        for (var row : checked.path("rows")) {
            if (is(row, "NO")) {
                bad.add((row.path("name").asText() + " " + row.path("about").asText()).strip());
            }
        }
        return "not ready: " + String.join(", ", bad);
    }

    private static String answer(JsonNode row, Ink ink) {
        return is(row, "YES") ? "yes   " : is(row, "NO") ? ink.bad("NO    ") : "waived";
    }

    private static boolean is(JsonNode row, String answer) {
        return row.path("answer").asText().equals(answer);
    }

    private static int width(List<JsonNode> rows, String key) {
        return rows.stream().mapToInt(one -> one.path(key).asText().length()).max().orElse(1);
    }
}
