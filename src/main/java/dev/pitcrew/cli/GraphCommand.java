package dev.pitcrew.cli;

import dev.pitcrew.app.assess.Assess;
import dev.pitcrew.app.assess.AssessmentView;
import dev.pitcrew.app.assess.GraphDrawing;
import dev.pitcrew.app.assess.GraphText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pitcrew graph PATH`: the services of a repository, and who uses whom.
@Command(
        description = {
            "What stands left of an arrow uses what stands right of it. mermaid and dot are for those tools, svg is a picture."
        })
final class GraphCommand implements Callable<ExitCode> {
    enum Form {
        TEXT,
        JSON,
        MERMAID,
        DOT,
        SVG
    }

    @Spec private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PATH",
            description = "The repository's folder; else the working folder.")
    private Path path = Path.of(".");

    @Option(
            names = "--format",
            order = Common.FORMAT,
            paramLabel = "FORM",
            description = "text (default), json, mermaid, dot or svg.")
    private Form format = Form.TEXT;

    @Override
    public ExitCode call() throws IOException {
        if (!Files.exists(path)) {
            spec.commandLine().getErr().println("pitcrew graph: there is no " + path);
            return ExitCode.FAILED;
        }
        var assessment = Assess.assess(path, List.of(), LocalDate.now(ZoneOffset.UTC));
        var sketch = assessment.subject().sketch();
        spec.commandLine()
                .getOut()
                .println(
                        switch (format) {
                            case TEXT ->
                                    sketch.services().isEmpty()
                                            ? "No service was found."
                                            : GraphText.text(sketch);
                            case JSON ->
                                    AssessmentView.of(assessment, assessment.outlook())
                                            .systemJson();
                            case MERMAID -> GraphText.mermaid(sketch).stripTrailing();
                            case DOT -> GraphText.dot(sketch).stripTrailing();
                            case SVG -> GraphDrawing.svg(sketch);
                        });
        return ExitCode.OK;
    }
}
