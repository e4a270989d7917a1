package dev.pitcrew.app.assess;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pitcrew.app.assess.Assessment.Suppressed;
import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.CheckPage;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.model.Place;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// An assessment in SARIF 2.1.0, for code hosts and editors: relative URIs, related locations, rules with their help, suppressed findings marked as such.
///
/// @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
public final class Sarif {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Assessment assessment;
    private final ObjectNode root = JSON.createObjectNode();
    private final Map<String, Integer> rules = new LinkedHashMap<>();

    private final Map<Finding, JsonNode> fixes;
    private final Map<Finding, String> fingerprints;

    private Sarif(Assessment assessment, Map<Finding, JsonNode> fixes) {
        this.assessment = assessment;
        this.fixes = fixes;
        this.fingerprints = Fingerprints.of(assessment);
    }

    /// The text of it.
    public static String of(Assessment assessment) {
        return of(assessment, Map.of());
    }

    /// The same with fixes.
    ///
    /// @param fixes for a finding, what SARIF has under `fixes`
    public static String of(Assessment assessment, Map<Finding, JsonNode> fixes) {
        try {
            return JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(new Sarif(assessment, fixes).log());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode log() {
        root.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
                .put("version", "2.1.0");
        var run = root.putArray("runs").addObject();
        var driver = run.putObject("tool").putObject("driver");
        driver.put("name", "pitcrew");
        var listed = driver.putArray("rules");
        Stream.concat(
                        assessment.findings().stream(),
                        assessment.suppressed().stream().map(Suppressed::finding))
                .map(Finding::check)
                .distinct()
                .sorted((a, b) -> a.code().compareTo(b.code()))
                .forEach(check -> rule(check, listed));
        run.putObject("originalUriBaseIds")
                .putObject("ROOT")
                .putObject("description")
                .put("text", "The folder that was assessed");
        run.put("columnKind", "utf16CodeUnits");
        var results = run.putArray("results");
        assessment.findings().forEach(one -> result(one, results));
        for (Suppressed one : assessment.suppressed()) {
            var by = result(one.finding(), results).putArray("suppressions").addObject();
            boolean isInSource = one.by().place().file().equals(one.finding().place().file());
            by.put("kind", isInSource ? "inSource" : "external")
                    .put("justification", one.by().reason());
            location(by.putObject("location"), one.by().place());
        }
        var told = run.putArray("invocations").addObject().put("executionSuccessful", true);
        var unread = told.putArray("toolExecutionNotifications");
        for (var problem : assessment.problems()) {
            var one = unread.addObject().put("level", "warning");
            one.putObject("message").put("text", problem.message());
            location(one.putArray("locations").addObject(), problem.place());
        }
        return root;
    }

    private void rule(Check.Id check, ArrayNode listed) {
        rules.put(check.code(), rules.size());
        var rule = listed.addObject().put("id", check.code()).put("name", check.name());
        rule.putObject("shortDescription").put("text", check.summary() + ".");
        rule.putObject("defaultConfiguration").put("level", level(check.severity()));
        CheckPage.of(check)
                .ifPresent(
                        page -> {
                            rule.putObject("fullDescription")
                                    .put("text", page.inOneLine("Why it matters"));
                            rule.putObject("help")
                                    .put("text", page.inOneLine("What to do"))
                                    .put("markdown", page.text());
                            var properties = rule.putObject("properties");
                            properties.put("security-severity", score(check.severity()));
                            var tags = properties.putArray("tags");
                            tags.add(check.family().title());
                            page.controls().forEach(tags::add);
                        });
    }

    private ObjectNode result(Finding finding, ArrayNode results) {
        var result = results.addObject();
        String code = finding.check().code();
        result.put("ruleId", code).put("ruleIndex", rules.getOrDefault(code, -1));
        result.put("level", level(finding.severity()));
        result.put("rank", rank(finding.severity()));
        result.putObject("message").put("text", finding.what());
        location(result.putArray("locations").addObject(), finding.place());
        if (!finding.related().isEmpty()) {
            var related = result.putArray("relatedLocations");
            int id = 1;
            for (var other : finding.related()) {
                var one = related.addObject().put("id", id++);
                location(one, other.place());
                one.putObject("message").put("text", other.what());
            }
        }
        var fix = fixes.get(finding);
        if (fix != null) {
            result.set("fixes", fix);
        }
        result.putObject("partialFingerprints")
                .put("finding/v1", fingerprints.getOrDefault(finding, ""));
        var properties = result.putObject("properties");
        properties.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        properties.put("confidence", finding.confidence().name().toLowerCase(Locale.ROOT));
        finding.service().ifPresent(service -> properties.put("service", service));
        return result;
    }

    private void location(ObjectNode node, Place place) {
        var physical = node.putObject("physicalLocation");
        physical.putObject("artifactLocation")
                .put("uri", uri(place.file()))
                .put("uriBaseId", "ROOT");
        physical.putObject("region")
                .put("startLine", place.line())
                .put("startColumn", place.column())
                .put("endColumn", assessment.endColumn(place));
    }

    /// A path as a relative URI.
    public static String uri(String path) {
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a path: " + path, e);
        }
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "note";
        };
    }

    private static double rank(Severity severity) {
        return switch (severity) {
            case CRITICAL -> 100;
            case HIGH -> 75;
            case MEDIUM -> 50;
            case LOW -> 25;
        };
    }

    private static String score(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "9.5";
            case HIGH -> "8.0";
            case MEDIUM -> "5.5";
            case LOW -> "2.5";
        };
    }
}
