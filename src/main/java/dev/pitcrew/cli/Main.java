package dev.pitcrew.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/// Where `pitcrew` starts: finds the verb, runs it, and turns its end into an exit code.
///
/// It stays light, because every verb pays for it: picocli is asked about the one verb that runs, and the list of
/// all verbs is plain text.
public final class Main {
    private Main() {}

    /// Runs one verb and exits with its [ExitCode].
    public static void main(String[] args) {
        // Written through a buffer of our own: System.out encodes and flushes every line by itself.
        var out = writer(FileDescriptor.out);
        var err = writer(FileDescriptor.err);
        ExitCode end = run(out, err, args);
        out.flush();
        err.flush();
        System.exit(end.code());
    }

    /// Runs one verb. Results go to `out`, all else to `err`.
    static ExitCode run(PrintWriter out, PrintWriter err, String... args) {
        if (args.length == 0) {
            err.println(Usage.text());
            return ExitCode.USAGE;
        }
        var rest = Arrays.copyOfRange(args, 1, args.length);
        return switch (args[0]) {
            case "--help", "-h", "help" -> {
                out.println(Usage.text());
                yield ExitCode.OK;
            }
            case "--version" -> {
                out.println("pitcrew " + version());
                yield ExitCode.OK;
            }
            default ->
                    Verbs.named(args[0])
                            .map(verb -> run(verb, rest, out, err))
                            .orElseGet(() -> unknown(args[0], err));
        };
    }

    private static ExitCode run(Verb verb, String[] args, PrintWriter out, PrintWriter err) {
        var command = verb.command().get();
        if (args.length == 0 && command instanceof Plain plain) {
            return plain.print(out);
        }
        var line = new CommandLine(command);
        line.setCommandName("pitcrew " + verb.name());
        explain(verb, line.getCommandSpec());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        // The launcher knows whether stdout is a terminal and NO_COLOR is unset; asking here would
        // load the console.
        line.setColorScheme(
                Help.defaultColorScheme(
                        Boolean.getBoolean("pitcrew.colour") ? Help.Ansi.ON : Help.Ansi.OFF));
        line.setOut(out);
        line.setErr(err);
        line.setExecutionExceptionHandler(
                (failure, _, _) -> Failures.told(failure, verb.name(), err).code());
        int code = line.execute(args);
        ExitCode answer = line.getExecutionResult();
        return answer != null ? answer : ended(code);
    }

    /// The summary first, then what the command says about itself; its own options before those that every verb has.
    private static void explain(Verb verb, CommandLine.Model.CommandSpec spec) {
        var more = List.of(spec.usageMessage().description());
        var text = new ArrayList<String>();
        text.add(verb.summary() + "." + (more.isEmpty() ? "" : "%n"));
        text.addAll(more);
        spec.usageMessage()
                .description(text.toArray(String[]::new))
                .synopsisHeading("Usage: ")
                .abbreviateSynopsis(true)
                .parameterListHeading("%nWhat to name:%n")
                .optionListHeading("%nOptions:%n")
                .sortOptions(false);
        spec.addOption(help());
    }

    /// Help was asked for, or the options are wrong, or the verb threw.
    private static ExitCode ended(int code) {
        return Arrays.stream(ExitCode.values())
                .filter(one -> one.code() == code)
                .findFirst()
                .orElse(ExitCode.FAILED);
    }

    /// The option that every verb has.
    static CommandLine.Model.OptionSpec help() {
        return CommandLine.Model.OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .order(Common.HELP)
                .description("Show this help.")
                .build();
    }

    private static ExitCode unknown(String word, PrintWriter err) {
        err.println("pitcrew: there is no verb '" + word + "'; `pitcrew --help` lists them");
        return ExitCode.USAGE;
    }

    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
