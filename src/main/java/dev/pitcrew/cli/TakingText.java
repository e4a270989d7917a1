package dev.pitcrew.cli;

import dev.pitcrew.app.adopt.Taking;
import dev.pitcrew.app.adopt.Taking.Row;
import dev.pitcrew.app.adopt.Taking.Taken;
import java.util.stream.Collectors;

/// What of a project would be taken over, for people. Pure.
final class TakingText {
    private final StringBuilder out = new StringBuilder();
    private final Ink ink;

    private TakingText(Ink ink) {
        this.ink = ink;
    }

    static String of(Taking taking, Ink ink) {
        var text = new TakingText(ink);
        text.all(taking);
        return text.out.toString().stripTrailing();
    }

    private void all(Taking taking) {
        line("project %s at %s".formatted(taking.project(), taking.engine()));
        taking.services().forEach(this::row);
        if (!taking.left().isEmpty()) {
            line("left to Compose: " + String.join(", ", taking.left()));
        }
        line("");
        line(
                taking.taken().isEmpty()
                        ? "nothing is taken over"
                        : "what is taken over runs on as it is; the engine starts it no more by itself, since Pitcrew decides from then on who runs");
    }

    private void row(Row row) {
        switch (row.fate()) {
            case TAKE -> {
                line("%s  %s".formatted(row.service(), ink.good("is taken over")));
                row.containers().forEach(one -> container(row, one));
                row.notes().forEach(one -> line("  to know  " + one));
            }
            case KEPT -> line("%s  %s".formatted(row.service(), row.why()));
            case ABSENT, REFUSED ->
                    line("%s  %s: %s".formatted(row.service(), ink.bad("is not taken"), row.why()));
        }
    }

    private void container(Row row, Taken one) {
        var ports =
                one.ports().entrySet().stream()
                        .map(port -> port.getKey() + " " + port.getValue())
                        .collect(Collectors.joining(", "));
        line(
                "  %s  %s sha256:%s%s%s"
                        .formatted(
                                one.name(),
                                one.image(),
                                row.image().substring(0, Math.min(12, row.image().length())),
                                ports.isEmpty() ? "" : ", at " + ports,
                                one.restart().equals("no")
                                        ? ""
                                        : "; restart policy %s becomes no"
                                                .formatted(one.restart())));
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
