package dev.pitcrew.cli;

import dev.pitcrew.read.SystemSchema;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pitcrew schema`: the JSON Schema of the system file, for editors and checks.
@Command(description = {"For editors and for checks; always JSON. It needs no system file."})
final class SchemaCommand implements Callable<ExitCode>, Plain {
    @Spec private CommandSpec spec;

    enum Form {
        JSON
    }

    @Option(
            names = "--format",
            order = Common.FORMAT,
            paramLabel = "FORM",
            defaultValue = "json",
            description = "json, as by all verbs; there is no other here.")
    @SuppressWarnings("UnusedVariable") // picocli asks for it, and refuses any other
    private Form format = Form.JSON;

    @Override
    public ExitCode call() {
        return print(spec.commandLine().getOut());
    }

    @Override
    public ExitCode print(PrintWriter out) {
        out.println(SystemSchema.json().stripTrailing());
        return ExitCode.OK;
    }
}
