package dev.pitcrew.cli;

import dev.pitcrew.app.harden.HardenFiles;
import dev.pitcrew.app.harden.HardenView;
import dev.pitcrew.app.harden.Hardening;
import dev.pitcrew.app.harden.Message;
import dev.pitcrew.app.harden.Patch;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.assess.Family;
import dev.pitcrew.assess.fix.Fix.Reach;
import dev.pitcrew.model.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pitcrew harden PATH`: mends what `assess` finds, where that is safe. Without `--apply` it writes no file of the repository.
@Command(
        description = {
            "Mends what assess finds, as edits that keep comments, quotes and layout, and shows them as a patch. A fix is offered once a copy with it was read and assessed again: the finding is gone, no other came, all else is as it was.",
            "A fix that could change what trades is held back without --include-behaviour. The rest is for people, with the reason.",
            "Exit code 0: nothing is left that could be mended. 1: there are fixes that were not applied, or a file changed meanwhile and nothing was written."
        })
final class HardenCommand implements Callable<ExitCode> {
    @Spec private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PATH",
            description = "The repository's folder, or one file; else the working folder.")
    private Path path = Path.of(".");

    @Option(
            names = "--check",
            split = ",",
            paramLabel = "CODE|FAMILY",
            description =
                    "Only fixes of these checks, such as TRD-001 or TRD; all when none is named.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--apply", description = "Write the edited files.")
    private boolean isApplied;

    @Option(
            names = "--include-behaviour",
            description = "Make fixes as well that could change what trades, or who reaches it.")
    private boolean isBehaviour;

    @Option(
            names = "--patch",
            paramLabel = "FILE",
            description = "Write the patch, for git apply or patch -p1.")
    private @Nullable Path patch;

    @Option(names = "--message", description = "Print the message of a commit, and nothing else.")
    private boolean isMessage;

    @Mixin private FormOption form = new FormOption();

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
        var own = only.stream().filter(Family.OWN::isAskedBy).toList();
        var checks = Checks.named(only);
        if (!own.isEmpty()) {
            err(
                    "%s: nothing that own checks find is mended; `pitcrew explain CODE` says what to do"
                            .formatted(String.join(", ", own)));
            if (checks.isEmpty()) {
                return ExitCode.USAGE;
            }
        }
        if (checks.isEmpty()) {
            err(
                    "no check is called %s; `pitcrew explain` lists them"
                            .formatted(String.join(", ", only)));
            return ExitCode.USAGE;
        }
        var files = HardenFiles.of(path);
        var hardening =
                files.harden(
                        path,
                        checks,
                        LocalDate.now(ZoneOffset.UTC),
                        isBehaviour ? Reach.BEHAVIOUR : Reach.SAFE);
        if (patch != null) {
            Files.writeString(patch, Patch.of(hardening));
        }
        if (isApplied) {
            try {
                files.write(hardening);
            } catch (OperationFailed refused) {
                err(refused.getMessage());
                return refused.code() == OperationFailed.Code.IN_USE
                        ? ExitCode.REFUSED
                        : ExitCode.FAILED;
            }
        }
        print(hardening);
        return isLeft(hardening) ? ExitCode.REFUSED : ExitCode.OK;
    }

    private void print(Hardening hardening) {
        var out = spec.commandLine().getOut();
        if (isMessage) {
            out.print(Message.of(hardening));
        } else if (form.isJson()) {
            out.println(HardenView.json(hardening));
        } else {
            out.print(HardenText.of(hardening, isApplied, isPlain ? Ink.PLAIN : Inks.ofTerminal()));
        }
        out.flush();
    }

    private boolean isLeft(Hardening hardening) {
        return !hardening.withheld().isEmpty() || (!isApplied && !hardening.mended().isEmpty());
    }

    private void err(@Nullable String message) {
        spec.commandLine().getErr().println("pitcrew harden: " + message);
    }
}
