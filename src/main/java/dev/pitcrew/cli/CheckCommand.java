package dev.pitcrew.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.pitcrew.app.own.OwnCheck;
import dev.pitcrew.app.own.OwnChecks;
import dev.pitcrew.app.own.OwnExamples;
import dev.pitcrew.app.own.OwnExamples.Outcome;
import dev.pitcrew.app.own.Skeleton;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import dev.pitcrew.read.OwnCheckFile;
import dev.pitcrew.server.Api;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pitcrew check test|new CODE`: checks that users write themselves.
@Command(
        description = {
            "Own checks are kept in the folder pitcrew-checks at the top of a repository, each in a file CODE.yaml; assess runs them with its own.",
            "test: runs each on its bad and its good example.",
            "new CODE: writes one to begin with, such as OWN-001."
        })
final class CheckCommand implements Callable<ExitCode> {
    enum Act {
        TEST,
        NEW
    }

    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "test|new", description = "What to do.")
    private Act act = Act.TEST;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "CODE",
            description = "Of a new check, or the only one to test.")
    private @Nullable String code;

    @Option(
            names = "--in",
            paramLabel = "FOLDER",
            description = "The repository's folder; else the working folder.")
    private Path repository = Path.of("");

    @Mixin private FormOption form = new FormOption();

    @Override
    public ExitCode call() throws IOException {
        return act == Act.NEW ? begin() : test();
    }

    private ExitCode begin() throws IOException {
        String named = code == null ? "" : code.toUpperCase(Locale.ROOT);
        if (!OwnCheckFile.codes().matcher(named).matches()) {
            err("a new check needs a code of your own, such as OWN-001");
            return ExitCode.USAGE;
        }
        Path file = repository.resolve(OwnChecks.FOLDER).resolve(named + ".yaml");
        Files.createDirectories(repository.resolve(OwnChecks.FOLDER));
        try {
            Files.writeString(file, Skeleton.of(named), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException _) {
            err(file + " is there already, and was left alone");
            return ExitCode.REFUSED;
        }
        print(
                form.isJson()
                        ? Api.json().writeValueAsString(file.toString())
                        : file
                                + " is a check that works; change it, then run `pitcrew check test`");
        return ExitCode.OK;
    }

    private ExitCode test() throws IOException {
        return switch (OwnChecks.of(repository)) {
            case Read.Bad<List<OwnCheck>>(var problems) -> {
                problems.stream().map(Problem::toString).forEach(this::plain);
                yield ExitCode.REFUSED;
            }
            case Read.Good<List<OwnCheck>>(var checks) -> test(checks);
        };
    }

    private ExitCode test(List<OwnCheck> all) throws JsonProcessingException {
        var outcomes =
                all.stream()
                        .filter(one -> code == null || one.id().code().equalsIgnoreCase(code))
                        .map(OwnExamples::run)
                        .toList();
        if (outcomes.isEmpty()) {
            err(
                    "there is no own check%s in %s; `pitcrew check new OWN-001` writes one"
                            .formatted(
                                    code == null ? "" : " " + code,
                                    repository.resolve(OwnChecks.FOLDER)));
            return ExitCode.FAILED;
        }
        if (form.isJson()) {
            print(Api.json().writeValueAsString(outcomes));
        } else {
            outcomes.forEach(this::told);
        }
        return outcomes.stream().allMatch(one -> one.faults().isEmpty())
                ? ExitCode.OK
                : ExitCode.REFUSED;
    }

    private void told(Outcome one) {
        print("%s %s".formatted(one.faults().isEmpty() ? "ok  " : "FAIL", one.code()));
        one.says().forEach(says -> print("      bad: " + says));
        one.faults().forEach(fault -> print("      %s: %s".formatted(one.file(), fault)));
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
    }

    private void err(String line) {
        plain("pitcrew check: " + line);
    }

    private void plain(String line) {
        spec.commandLine().getErr().println(line);
    }
}
