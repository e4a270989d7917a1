package dev.pitcrew.app.assess;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.Severity;

/// An assessment as the JSON that GitLab reads for Code Quality. Paths are relative to the folder that was assessed, and GitLab wants them relative to the repository: it has to be
/// assessed at its top.
///
/// @see <a href="https://docs.gitlab.com/ci/testing/code_quality/">Code Quality</a>
public final class CodeClimate {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CodeClimate() {}

    /// The text of it.
    public static String of(Assessment assessment) {
        var prints = Fingerprints.of(assessment);
        var issues = JSON.createArrayNode();
        for (Finding one : assessment.findings()) {
            var issue = issues.addObject().put("type", "issue");
            issue.put("description", one.what())
                    .put("check_name", one.check().code())
                    .put("fingerprint", prints.getOrDefault(one, ""))
                    .put("severity", severity(one.severity()));
            issue.putObject("location")
                    .put("path", one.place().file())
                    .putObject("lines")
                    .put("begin", one.place().line());
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(issues);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "blocker";
            case HIGH -> "critical";
            case MEDIUM -> "major";
            case LOW -> "minor";
        };
    }
}
