package dev.pitcrew.cli;

import dev.pitcrew.app.assess.Assess;
import dev.pitcrew.app.assess.Assessment;
import dev.pitcrew.app.assess.AssessmentView;
import dev.pitcrew.app.assess.CodeClimate;
import dev.pitcrew.app.assess.HtmlReport;
import dev.pitcrew.app.assess.JUnitReport;
import dev.pitcrew.app.assess.MarkdownReport;
import dev.pitcrew.app.assess.Sarif;
import dev.pitcrew.app.harden.SarifFixes;
import dev.pitcrew.assess.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an assessment is written.
enum AssessForm {
    TEXT,
    JSON,
    SARIF,
    MARKDOWN,
    HTML,
    JUNIT,
    CODECLIMATE;

    /// @param path that was assessed
    /// @param checks that ran
    /// @param isAll every finding at every place, in text
    String write(Assessment assessment, Path path, List<Check> checks, boolean isAll, Ink ink)
            throws IOException {
        return switch (this) {
            case TEXT -> AssessText.of(assessment, assessment.outlook(), isAll, ink);
            case JSON -> AssessmentView.of(assessment, assessment.outlook()).json();
            case SARIF -> Sarif.of(assessment, SarifFixes.of(assessment, Assess.isExample(path)));
            case MARKDOWN -> MarkdownReport.of(assessment, assessment.outlook());
            case HTML -> HtmlReport.of(title(path), assessment, assessment.outlook());
            case JUNIT -> JUnitReport.of(assessment, checks);
            case CODECLIMATE -> CodeClimate.of(assessment);
        };
    }

    private static String title(Path path) {
        @Nullable Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? "repository" : name.toString();
    }
}
