package dev.pitcrew.cli;

import dev.pitcrew.app.init.InitFiles;
import dev.pitcrew.app.init.InitView;
import dev.pitcrew.app.init.Initial;
import dev.pitcrew.app.init.Question;
import dev.pitcrew.app.init.Question.Name;
import dev.pitcrew.app.init.Questions;
import dev.pitcrew.model.OperationFailed;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pitcrew init PATH`: writes a first system file for a repository.
@Command(
        description = {
            "Writes a pitcrew.yaml from what the files say: services with their roles, what must be active only once, the environment; beside each line where it was read, and as questions what nobody could read. `pitcrew up --plan` accepts what it writes. A secret is never copied: it becomes a reference.",
            "On a terminal it asks five questions at most, the one with the most at stake first; with --yes, and in a pipe, it takes what the files say, else what risks least.",
            "Exit code 0: written. 1: a file is there already and nothing was written; or it was written, and holds once files are there that it names. 2: the command line. 3: the folder can't be read, or the file not be written."
        })
final class InitCommand implements Callable<ExitCode> {
    @Spec private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PATH",
            description = "The repository's folder; else the working folder.")
    private Path path = Path.of(".");

    @Option(names = "--yes", description = "Ask nothing.")
    private boolean isSilent;

    @Option(
            names = "--answer",
            paramLabel = "NAME=VALUE",
            description =
                    "Answers a question: senders, kind, approval, drain or calendar; once for each. `--format json` shows their choices.")
    private Map<String, String> answers = new LinkedHashMap<>();

    @Option(
            names = "--output",
            paramLabel = "FILE|-",
            description =
                    "Where it is written, - to stdout; else pitcrew.yaml in the folder of PATH. It names others from where it lies.")
    private @Nullable String output;

    @Option(names = "--force", description = "Write over a file that is there.")
    private boolean isForced;

    @Mixin private FormOption form = new FormOption();

    private final Supplier<Optional<BufferedReader>> terminal;

    InitCommand() {
        this(InitCommand::terminal);
    }

    /// @param terminal what a person types; empty where there is none
    @SuppressWarnings("NullAway.Init") // picocli fills the fields in
    InitCommand(Supplier<Optional<BufferedReader>> terminal) {
        this.terminal = terminal;
    }

    private static Optional<BufferedReader> terminal() {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(
                        _ ->
                                new BufferedReader(
                                        new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    }

    @Override
    public ExitCode call() throws IOException {
        if (!Files.isDirectory(path)) {
            return end(ExitCode.FAILED, "there is no folder " + path);
        }
        boolean isStdout = "-".equals(output);
        Path file = output == null || isStdout ? path.resolve("pitcrew.yaml") : Path.of(output);
        if (!isStdout && !isForced && Files.exists(file)) { // before anybody answers anything
            return end(ExitCode.REFUSED, String.valueOf(InitFiles.inUse(file).getMessage()));
        }
        var files = InitFiles.of(path, file);
        var given = new EnumMap<Name, String>(Name.class);
        for (var answer : answers.entrySet()) {
            var wrong = take(files, answer.getKey(), answer.getValue(), given);
            if (wrong.isPresent()) {
                return end(ExitCode.USAGE, wrong.get());
            }
        }
        var typed = isSilent || form.isJson() ? Optional.<BufferedReader>empty() : terminal.get();
        var all =
                typed.isPresent()
                        ? new Asking(typed.get(), isStdout ? err() : out())
                                .ask(files.ground(), given)
                        : given;
        var initial = files.write(all);
        if (!isStdout) {
            try {
                files.save(initial, isForced);
            } catch (OperationFailed no) {
                return end(
                        no.code() == OperationFailed.Code.IN_USE
                                ? ExitCode.REFUSED
                                : ExitCode.FAILED,
                        String.valueOf(no.getMessage()));
            }
        }
        print(initial, file, isStdout);
        return initial.gaps().isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }

    /// @return what is wrong with an answer
    private static Optional<String> take(
            InitFiles files, String name, String value, Map<Name, String> given) {
        var meant = Name.of(name);
        if (meant.isEmpty()) {
            return Optional.of(
                    "no question is called %s; there are %s"
                            .formatted(
                                    name,
                                    String.join(
                                            ", ",
                                            Stream.of(Name.values()).map(Name::word).toList())));
        }
        var question =
                Questions.of(files.ground(), given).stream()
                        .filter(one -> one.name() == meant.get())
                        .findFirst();
        var accepted = question.flatMap(one -> one.accepted(value));
        accepted.ifPresent(one -> given.put(meant.get(), one));
        return accepted.isPresent()
                ? Optional.empty()
                : Optional.of(
                        "%s is no answer to %s; it takes %s"
                                .formatted(
                                        value,
                                        name,
                                        String.join(
                                                ", ",
                                                question.map(Question::choices)
                                                        .orElse(List.of("none here")))));
    }

    private void print(Initial initial, Path file, boolean isStdout) {
        if (form.isJson()) {
            out().println(InitView.json(initial));
        } else if (isStdout) {
            out().print(initial.text());
        } else {
            out().print(InitText.of(initial, file));
        }
        if (isStdout && !form.isJson()) {
            initial.gaps().forEach(one -> err().println("pitcrew init: " + one));
        }
        out().flush();
    }

    private ExitCode end(ExitCode code, String message) {
        err().println("pitcrew init: " + message);
        return code;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
