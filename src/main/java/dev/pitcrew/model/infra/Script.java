package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;
import java.util.List;

/// A shell script.
///
/// @param place its beginning
/// @param interpreter such as `/bin/bash`, as its first line says; empty when it doesn't
/// @param commands in the order of the file, those inside blocks and functions as well
public record Script(Place place, String interpreter, List<ShellCommand> commands)
        implements InfraFact {
    public Script {
        commands = List.copyOf(commands);
    }

    @Override
    public String format() {
        return "shell";
    }

    /// Whether it stops at a command that fails: `set -e`, or so in its first line.
    public boolean stopsAtFailure() {
        return interpreter.matches(".*\\s-[a-z]*e[a-z]*.*") || stopsAtFailure(commands);
    }

    /// Whether a pipe fails when its first command does.
    public boolean hasPipefail() {
        return hasPipefail(commands);
    }

    /// The same of commands that are no file of their own.
    public static boolean stopsAtFailure(List<ShellCommand> commands) {
        return commands.stream()
                .anyMatch(
                        one ->
                                one.runs("set")
                                        && (one.hasArgument("errexit")
                                                || one.arguments().stream()
                                                        .anyMatch(
                                                                word ->
                                                                        word.matches(
                                                                                "-[a-z]*e[a-z]*"))));
    }

    /// The same of commands that are no file of their own.
    public static boolean hasPipefail(List<ShellCommand> commands) {
        return commands.stream().anyMatch(one -> one.runs("set") && one.hasArgument("pipefail"));
    }
}
