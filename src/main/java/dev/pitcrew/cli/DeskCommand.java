package dev.pitcrew.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.pitcrew.server.Api;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A verb about a desk: which one, in what form the result is written, and what failures become.
abstract class DeskCommand implements Callable<ExitCode> {
    @Spec private CommandSpec spec;
    @Mixin private Where where;

    @Mixin private FormOption form = new FormOption();

    @Option(
            names = "--no-color",
            order = Common.COLOUR,
            description = "No colours on a terminal; NO_COLOR in the environment does the same.")
    private boolean isPlain;

    private boolean isDrawn;

    /// For picocli, which fills the fields in.
    @SuppressWarnings("NullAway.Init")
    DeskCommand() {}

    /// Does the verb's work.
    abstract ExitCode run(Where.Place place) throws Exception;

    /// Which system file it takes when none is named.
    WithoutFile withoutFile() {
        return WithoutFile.HERE;
    }

    /// Which environment it takes when none is named and one is live.
    Unnamed unnamed() {
        return Unnamed.REFUSED;
    }

    /// The desk that it is about.
    Where.Place place(Where options) {
        return options.resolve(withoutFile(), unnamed());
    }

    @Override
    public final ExitCode call() throws Exception {
        try {
            return run(place(where));
        } catch (IllegalArgumentException no) { // what the model refuses
            throw new Refused(String.valueOf(no.getMessage()), "");
        }
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    final boolean isJson() {
        return form.isJson();
    }

    final Ink ink() {
        return Boolean.getBoolean("pitcrew.colour") && !isPlain && !isJson()
                ? Ink.COLOURED
                : Ink.PLAIN;
    }

    /// Shows how it goes: one line that is drawn again on a terminal, one line after the other in a pipe, beside JSON on stderr.
    final void live(String text) {
        if (ink() == Ink.COLOURED) {
            out().print("\r\u001b[K" + text);
            isDrawn = true;
        } else {
            (isJson() ? err() : out()).println(text);
        }
        out().flush();
        err().flush();
    }

    /// Leaves the line that was drawn again and again.
    final void finishLive() {
        if (isDrawn) {
            out().println();
            isDrawn = false;
        }
    }

    /// Shows a result in place of the one before, on a terminal; in JSON as one of many.
    final void redraw(Object result, String text) {
        if (ink() == Ink.COLOURED) {
            out().print("\u001b[H\u001b[2J");
        }
        showOneOfMany(result, text);
        out().flush();
    }

    /// Writes a result of which more follow: in JSON each is one line.
    final void showOneOfMany(Object result, String text) {
        try {
            out().println(isJson() ? Api.json().writeValueAsString(result) : text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result is always JSON", e);
        }
    }

    /// Writes a result: the record as JSON, or its text.
    final void show(Object result, String text) {
        out().println(isJson() ? json(result) : text);
    }

    /// A result as every verb writes it.
    static String json(Object result) {
        try {
            return Api.json().writerWithDefaultPrettyPrinter().writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result is always JSON", e);
        }
    }
}
