package dev.pitcrew.cli;

import dev.pitcrew.app.init.Initial;
import java.nio.file.Path;

/// What `init` says once the file is written: what is in it, what isn't and why, and what comes next.
final class InitText {
    private InitText() {}

    static String of(Initial initial, Path file) {
        var text = new StringBuilder();
        var services = initial.ground().services();
        long written =
                services.stream()
                        .filter(
                                one ->
                                        !one.isLeft()
                                                && !initial.refused().containsKey(one.original()))
                        .count();
        text.append(
                "%s: %d of %d services, %d open questions in it\n"
                        .formatted(file, written, services.size(), initial.open()));
        initial.questions().stream()
                .filter(one -> !one.chosen().isEmpty())
                .forEach(
                        one ->
                                text.append(
                                        "  %s: %s (%s)\n"
                                                .formatted(
                                                        one.name().word(),
                                                        one.chosen(),
                                                        one.because())));
        initial.refused()
                .forEach(
                        (name, why) ->
                                text.append("  not in it: %s, because %s\n".formatted(name, why)));
        initial.ground()
                .others()
                .forEach(one -> text.append("  not in it: ").append(one).append('\n'));
        if (initial.gaps().isEmpty()) {
            text.append("Read it, answer its questions, then: pitcrew up --plan\n");
        } else {
            text.append("It holds once these are there:\n");
            initial.gaps().forEach(one -> text.append("  ").append(one).append('\n'));
        }
        return text.toString();
    }
}
