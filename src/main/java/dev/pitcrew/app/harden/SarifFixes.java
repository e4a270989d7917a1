package dev.pitcrew.app.harden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pitcrew.app.assess.Assessment;
import dev.pitcrew.app.assess.Sarif;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.fix.Fix.Reach;
import dev.pitcrew.read.survey.SourceFile;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// The fixes of an assessment as SARIF has them: other text for regions of files. They are proven together, and those that meet another one are left out.
///
/// @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0, 3.55</a>
public final class SarifFixes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SarifFixes() {}

    /// @param isExample as for [dev.pitcrew.app.assess.Assess]
    /// @return for each finding that can be mended, the list of its one fix
    public static Map<Finding, JsonNode> of(Assessment assessment, boolean isExample) {
        var fixes = new HashMap<Finding, JsonNode>();
        var made =
                Harden.atOnce(
                        assessment.sources(),
                        assessment.problems(),
                        Checks.ALL,
                        LocalDate.EPOCH,
                        isExample);
        for (Finding finding : assessment.findings()) {
            made.stream()
                    .filter(one -> isOf(finding, one.finding()))
                    .findFirst()
                    .ifPresent(one -> fixes.put(finding, fix(one, assessment)));
        }
        return fixes;
    }

    /// Whether it was mended as that one, which may have copies beside it.
    private static boolean isOf(Finding told, Finding mended) {
        return told.check().equals(mended.check())
                && told.place().equals(mended.place())
                && told.service().equals(mended.service());
    }

    private static ArrayNode fix(Mended one, Assessment assessment) {
        var list = JSON.createArrayNode();
        var fix = list.addObject();
        String note = one.fix().reach() == Reach.BEHAVIOUR ? " It could change what trades." : "";
        fix.putObject("description").put("text", one.fix().effect() + note);
        var changes = fix.putArray("artifactChanges");
        var byFile = new LinkedHashMap<String, ArrayNode>();
        for (Edit edit : one.edits()) {
            var replacements =
                    byFile.computeIfAbsent(
                            edit.file(),
                            path -> {
                                var change = changes.addObject();
                                change.putObject("artifactLocation")
                                        .put("uri", Sarif.uri(path))
                                        .put("uriBaseId", "ROOT");
                                return change.putArray("replacements");
                            });
            var file =
                    assessment.sources().file(edit.file()).orElse(new SourceFile(edit.file(), ""));
            var replacement = replacements.addObject();
            region(replacement.putObject("deletedRegion"), file, edit);
            if (!edit.text().isEmpty()) {
                replacement.putObject("insertedContent").put("text", edit.text());
            }
        }
        return list;
    }

    private static void region(ObjectNode region, SourceFile file, Edit edit) {
        point(region, "start", file, edit.start());
        point(region, "end", file, edit.end());
    }

    private static void point(ObjectNode region, String which, SourceFile file, int offset) {
        boolean isAfterLast =
                offset > 0 && offset == file.text().length() && file.text().endsWith("\n");
        var place = file.place(offset);
        region.put(which + "Line", isAfterLast ? file.lines() + 1 : place.line())
                .put(which + "Column", isAfterLast ? 1 : place.column());
    }
}
