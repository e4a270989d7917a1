package dev.pitcrew.cli;

import dev.pitcrew.read.SystemSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `pitcrew schema`: the JSON Schema of the system file, for editors and checks.
@Command
final class SchemaCommand implements Callable<ExitCode> {
    @Spec private CommandSpec spec;

    @Override
    public ExitCode call() {
        var out = spec.commandLine().getOut();
        out.println(SystemSchema.json().stripTrailing());
        return ExitCode.OK;
    }
}
