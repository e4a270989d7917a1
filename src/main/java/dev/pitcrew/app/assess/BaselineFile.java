package dev.pitcrew.app.assess;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pitcrew.app.assess.Baseline.Earlier;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A baseline as a file. What is written is a part of the JSON report, `findings` with their fingerprints; what is read is that, a whole JSON report, or a SARIF log of
/// Pitcrew.
public final class BaselineFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String file;
    private final List<Earlier> found = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private BaselineFile(String file) {
        this.file = file;
    }

    /// The text of it, one finding a line, so that a change of it can be read.
    public static String text(Baseline baseline) {
        var text = new StringBuilder("{\"findings\": [");
        String before = "\n  ";
        for (Earlier one : baseline.findings()) {
            var line = JSON.createObjectNode();
            line.put("check", one.code()).put("severity", word(one.severity()));
            line.putObject("at")
                    .put("file", one.place().file())
                    .put("line", one.place().line())
                    .put("column", one.place().column());
            line.put("what", one.what()).put("fingerprint", one.fingerprint());
            text.append(before).append(line);
            before = ",\n  ";
        }
        return text.append("\n]}\n").toString();
    }

    /// Reads one.
    ///
    /// @param file its name, for messages
    public static Read<Baseline> read(String file, String text) {
        var reading = new BaselineFile(file);
        try {
            reading.read(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            var at = Optional.ofNullable(e.getLocation());
            reading.problems.add(
                    new Problem(
                            new Place(
                                    file,
                                    at.map(it -> Math.max(1, it.getLineNr())).orElse(1),
                                    at.map(it -> Math.max(1, it.getColumnNr())).orElse(1)),
                            "is no JSON: " + e.getOriginalMessage()));
        }
        return reading.problems.isEmpty()
                ? new Read.Good<>(new Baseline(file, reading.found))
                : new Read.Bad<>(reading.problems);
    }

    private void read(JsonNode root) {
        if (root.path("runs").isArray()) {
            for (JsonNode run : root.path("runs")) {
                if (!run.at("/tool/driver/name").asText().equals("pitcrew")) {
                    problem("runs", "is of another tool; give a log that `assess` wrote");
                    return;
                }
                results(run.path("results"));
            }
        } else if (root.path("findings").isArray()) {
            int count = 0;
            for (JsonNode one : root.path("findings")) {
                earlier(
                        "findings[" + count++ + "]",
                        Map.of(
                                "fingerprint", one.path("fingerprint"),
                                "check", one.path("check"),
                                "severity", one.path("severity"),
                                "file", one.at("/at/file"),
                                "line", one.at("/at/line"),
                                "what", one.path("what")));
            }
        } else {
            problem(
                    "it",
                    "is no baseline; give what --write-baseline, --format json or --format sarif wrote");
        }
    }

    private void results(JsonNode results) {
        int count = 0;
        for (JsonNode one : results) {
            String where = "results[" + count++ + "]";
            if (one.path("suppressions").isEmpty()) {
                var physical = one.at("/locations/0/physicalLocation");
                earlier(
                        where,
                        Map.of(
                                "fingerprint", one.at("/partialFingerprints/finding~1v1"),
                                "check", one.path("ruleId"),
                                "severity", one.at("/properties/severity"),
                                "file", physical.at("/artifactLocation/uri"),
                                "line", physical.at("/region/startLine"),
                                "what", one.at("/message/text")));
            }
        }
    }

    private void earlier(String where, Map<String, JsonNode> parts) {
        var missing =
                parts.entrySet().stream()
                        .filter(part -> part.getValue().asText().isEmpty())
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList();
        var severity = severity(text(parts, "severity"));
        int line = Optional.ofNullable(parts.get("line")).map(JsonNode::asInt).orElse(0);
        if (!missing.isEmpty()) {
            problem(where, "lacks its " + String.join(", ", missing));
        } else if (severity.isEmpty() || line < 1) {
            problem(where, "has a severity or a line that `assess` doesn't write");
        } else {
            found.add(
                    new Earlier(
                            text(parts, "fingerprint"),
                            text(parts, "check"),
                            severity.get(),
                            new Place(path(text(parts, "file")), line, 1),
                            text(parts, "what")));
        }
    }

    private static String text(Map<String, JsonNode> parts, String name) {
        return Optional.ofNullable(parts.get(name)).map(JsonNode::asText).orElse("");
    }

    /// A SARIF log has paths as URIs.
    private static String path(String text) {
        try {
            return Optional.ofNullable(URI.create(text).getPath()).orElse(text);
        } catch (IllegalArgumentException _) { // it is a path as it stands
            return text;
        }
    }

    private static Optional<Severity> severity(String word) {
        for (Severity one : Severity.values()) {
            if (word(one).equals(word)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private static String word(Severity one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    private void problem(String where, String what) {
        problems.add(new Problem(new Place(file, 1, 1), where + " " + what));
    }
}
