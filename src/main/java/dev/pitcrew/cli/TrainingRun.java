package dev.pitcrew.cli;

import dev.pitcrew.app.assess.Assess;
import dev.pitcrew.app.assess.AssessmentView;
import dev.pitcrew.app.assess.HtmlReport;
import dev.pitcrew.app.assess.Sarif;
import dev.pitcrew.app.harden.SarifFixes;
import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.CheckPage;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Runs real verbs once, so that the ahead-of-time cache knows the classes they load. The launcher starts it after a
/// build; verbs listed here must finish by themselves and change nothing.
public final class TrainingRun {
    private static final List<List<String>> LINES =
            List.of(
                    List.of("judge", "counts", "--baseline", "1/100", "--canary", "1/100"),
                    List.of("schema"),
                    List.of("schema", "--help"),
                    List.of("--help"),
                    List.of("--version"),
                    List.of("explain", "TRD-001"),
                    List.of("market", "status", "XNYS", "--at", "2026-11-25T12:00:00Z"));

    private static final String FOR_OWN_CHECK =
            """
            services:
              gateway:
                image: docker.io/desk/gateway:1.2.3
            """;

    private TrainingRun() {}

    /// Runs every line and writes nothing. What a process loads to end is kept as well, so this one ends as every verb does.
    ///
    /// @param args `own` where the cache is for those who have own checks, with the classes of CEL; else none
    /// @throws IOException when no folder for temporary files can be had
    public static void main(String[] args) throws IOException {
        LINES.forEach(TrainingRun::run);
        for (File desk : desks()) {
            run(List.of("assess", desk.getPath(), "--fail-on", "never"));
            run(List.of("harden", desk.getPath()));
        }
        Checks.ALL.forEach(TrainingRun::assess);
        if (args.length > 0) {
            assessWithOwnCheck();
        }
        System.exit(ExitCode.OK.code());
    }

    /// Assesses a repository that has an own check, so that whoever has one doesn't wait for the classes of CEL.
    private static void assessWithOwnCheck() throws IOException {
        Path folder = Files.createTempDirectory("pitcrew-training");
        try {
            run(List.of("check", "new", "OWN-001", "--in", folder.toString()));
            run(List.of("check", "test", "--in", folder.toString()));
            Files.writeString(folder.resolve("compose.yaml"), FOR_OWN_CHECK);
            run(List.of("assess", folder.toString()));
        } finally {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void run(List<String> line) {
        var nowhere = new PrintWriter(Writer.nullWriter());
        Main.run(nowhere, nowhere, line.toArray(String[]::new));
    }

    /// The example desks that came with the program: each holds what the small examples of checks don't, such as overlays.
    private static List<File> desks() {
        var all = new File(System.getProperty("pitcrew.home", "."), "examples").listFiles();
        return all == null ? List.of() : List.of(all);
    }

    /// Assesses what a check's page has as its bad example: together they are of every format, and each check finds something.
    private static void assess(Check check) {
        var files = CheckPage.of(check.id()).map(page -> page.example("Bad")).orElse(Map.of());
        var sources =
                new Sources(
                        files.entrySet().stream()
                                .map(file -> new SourceFile(file.getKey(), file.getValue()))
                                .toList());
        var assessment = Assess.assess(sources, List.of(), Checks.ALL, LocalDate.EPOCH);
        var outlook = assessment.outlook();
        AssessText.of(assessment, outlook, true, Ink.PLAIN);
        AssessmentView.of(assessment, outlook).json();
        Sarif.of(assessment, SarifFixes.of(assessment, false));
        HtmlReport.of("training", assessment, outlook);
    }
}
