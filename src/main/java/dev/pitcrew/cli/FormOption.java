package dev.pitcrew.cli;

import picocli.CommandLine.Option;

/// `--format text|json`, of every verb whose result has just these two forms.
final class FormOption {
    @Option(
            names = "--format",
            order = Common.FORMAT,
            paramLabel = "FORM",
            defaultValue = "text",
            description = "How the result is written to stdout: text or json; else text.")
    private Format format = Format.TEXT;

    boolean isJson() {
        return format == Format.JSON;
    }
}
