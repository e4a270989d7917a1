package dev.pitcrew.cli;

import dev.pitcrew.app.assess.Assess;
import dev.pitcrew.app.assess.Assessment;
import dev.pitcrew.app.own.OwnCheck;
import dev.pitcrew.app.own.OwnChecks;
import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.assess.Family;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import dev.pitcrew.runtime.helm.HelmMissing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pitcrew assess PATH`: what is wrong with a repository. It needs no system file and no network.
@Command(
        description = {
            "Reads the infrastructure files of a repository, whatever their formats, and says what is wrong, where, and what it would cost; the worst first, one cause once.",
            "A comment `pitcrew: ignore CODE until 2027-01-31 because REASON` in a file, or assess.ignore in pitcrew.yaml, suppresses a finding.",
            "Checks of your own in the folder pitcrew-checks run as well; `pitcrew check` tests them.",
            "With --baseline or --since only what is new is told and counts; what is known is counted, and what is gone is told.",
            "Exit code 1: something of --fail-on or worse was found."
        })
final class AssessCommand implements Callable<ExitCode> {
    enum FailOn {
        CRITICAL,
        HIGH,
        MEDIUM,
        LOW,
        NEVER
    }

    @Spec private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PATH",
            description = "The repository's folder, or one file; else the working folder.")
    private Path path = Path.of(".");

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "CODE|FAMILY",
            description = "Only these checks, such as TRD-001 or TRD; all when none is named.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "HIGH",
            description =
                    "From which severity on the exit code is 1: critical, high, medium, low or never; else high.")
    private FailOn failOn = FailOn.HIGH;

    @Mixin private KnownOptions known = new KnownOptions();

    @Option(
            names = "--helm",
            paramLabel = "HELM",
            description =
                    "Render charts that use functions with this program, such as helm; offline, without dependencies that aren't there. Without it they are read as far as plain substitution goes.")
    private @Nullable String helm;

    @Option(names = "--all", description = "Tell every finding at every place.")
    private boolean isAll;

    @Option(
            names = "--format",
            order = Common.FORMAT,
            paramLabel = "FORM",
            description = "text (default), json, sarif, markdown, html, junit or codeclimate.")
    private AssessForm format = AssessForm.TEXT;

    @Option(
            names = "--no-color",
            order = Common.COLOUR,
            description = "No colours on a terminal; NO_COLOR in the environment does the same.")
    private boolean isPlain;

    @Override
    public ExitCode call() throws IOException {
        if (!Files.exists(path)) {
            err("there is no " + path);
            return ExitCode.FAILED;
        }
        return switch (OwnChecks.of(path)) {
            case Read.Bad<List<OwnCheck>>(var problems) -> unusable(problems);
            case Read.Good<List<OwnCheck>>(var own) ->
                    assess(Stream.concat(Checks.ALL.stream(), own.stream()).toList());
        };
    }

    private ExitCode assess(List<Check> all) throws IOException {
        var checks = Checks.named(only, all);
        if (checks.isEmpty()
                && Files.isRegularFile(path)
                && only.stream().anyMatch(Family.OWN::isAskedBy)) {
            err("own checks look at a whole repository: name its folder, not one file");
            return ExitCode.USAGE;
        }
        if (checks.isEmpty()) {
            err("no check is called " + String.join(", ", only) + "; `pitcrew explain` lists them");
            return ExitCode.USAGE;
        }
        var today = LocalDate.now(ZoneOffset.UTC);
        if (helm != null && known.asksGit()) {
            err(
                    "--since reads the earlier files without helm: leave one of --helm and --since out");
            return ExitCode.USAGE;
        }
        Assessment now;
        try {
            now =
                    helm == null
                            ? Assess.assess(path, checks, today)
                            : Assess.assess(path, checks, today, helm);
        } catch (HelmMissing e) {
            err(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        }
        Assessment assessment;
        try {
            assessment = known.applied(now, path, checks, code -> ran(code, checks), today);
        } catch (KnownOptions.Unusable e) {
            return unusable(e.problems());
        }
        spec.commandLine().getOut().println(format.write(assessment, path, checks, isAll, ink()));
        return !known.accepts() && fails(assessment) ? ExitCode.REFUSED : ExitCode.OK;
    }

    private boolean ran(String code, List<Check> checks) {
        return only.isEmpty() || checks.stream().anyMatch(one -> one.id().code().equals(code));
    }

    private ExitCode unusable(List<Problem> problems) {
        problems.forEach(spec.commandLine().getErr()::println);
        return ExitCode.FAILED;
    }

    private void err(String line) {
        spec.commandLine().getErr().println("pitcrew assess: " + line);
    }

    private Ink ink() {
        return isPlain ? Ink.PLAIN : Inks.ofTerminal();
    }

    private boolean fails(Assessment assessment) {
        return failOn != FailOn.NEVER
                && assessment
                        .worst()
                        .filter(worst -> worst.compareTo(Severity.valueOf(failOn.name())) <= 0)
                        .isPresent();
    }
}
