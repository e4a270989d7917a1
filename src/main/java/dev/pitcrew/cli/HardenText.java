package dev.pitcrew.cli;

import dev.pitcrew.app.harden.HardenView;
import dev.pitcrew.app.harden.Hardening;
import dev.pitcrew.app.harden.Hardening.ByHand;
import dev.pitcrew.app.harden.Mended;
import dev.pitcrew.app.harden.Patch;
import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.CheckPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `harden` says on a terminal: the patch, what was held back, and what is left for people.
final class HardenText {
    private static final int PLACES_MAX = 3;

    private final Hardening hardening;
    private final boolean isApplied;
    private final Ink ink;
    private final StringBuilder text = new StringBuilder();

    private HardenText(Hardening hardening, boolean isApplied, Ink ink) {
        this.hardening = hardening;
        this.isApplied = isApplied;
        this.ink = ink;
    }

    static String of(Hardening hardening, boolean isApplied, Ink ink) {
        return new HardenText(hardening, isApplied, ink).text();
    }

    private String text() {
        Patch.of(hardening).lines().forEach(line -> line(painted(line)));
        if (!hardening.mended().isEmpty()) {
            line("");
        }
        line(sum());
        withheld();
        byHand();
        return text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private String painted(String line) {
        if (line.startsWith("+++ ") || line.startsWith("--- ") || line.startsWith("diff --git ")) {
            return ink.quiet(line);
        }
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> ink.good(line);
            case '-' -> ink.bad(line);
            case '@' -> ink.quiet(line);
            default -> line;
        };
    }

    private String sum() {
        int fixes = hardening.mended().size();
        int files = hardening.changes().size();
        if (fixes == 0) {
            return "Nothing that harden may mend by itself.";
        }
        return "%s in %s%s."
                .formatted(
                        count(fixes, "fix", "fixes"),
                        count(files, "file", "files"),
                        isApplied ? ", written" : "; --apply writes them");
    }

    private void withheld() {
        if (hardening.withheld().isEmpty()) {
            return;
        }
        line("");
        line(
                "%s could change what trades, and %s held back; --include-behaviour makes them:"
                        .formatted(
                                count(hardening.withheld().size(), "fix", "fixes"),
                                hardening.withheld().size() == 1 ? "is" : "are"));
        for (Mended one : hardening.withheld()) {
            line(
                    "  %s %s: %s"
                            .formatted(
                                    one.finding().check().code(),
                                    one.finding().place(),
                                    one.fix().effect()));
        }
    }

    private void byHand() {
        if (hardening.byHand().isEmpty()) {
            return;
        }
        Map<Check.Id, List<ByHand>> byCheck = new LinkedHashMap<>();
        hardening
                .byHand()
                .forEach(
                        one ->
                                byCheck.computeIfAbsent(
                                                one.finding().check(), _ -> new ArrayList<>())
                                        .add(one));
        line("");
        line(count(hardening.byHand().size(), "finding", "findings") + " to mend by hand:");
        byCheck.forEach(this::byHand);
    }

    private void byHand(Check.Id check, List<ByHand> all) {
        line("  %s %s".formatted(check.code(), check.summary()));
        all.stream()
                .limit(PLACES_MAX)
                .forEach(
                        one ->
                                line(
                                        "    %s: %s"
                                                .formatted(
                                                        one.finding().place(),
                                                        one.finding().what())));
        if (all.size() > PLACES_MAX) {
            line("    and %d more".formatted(all.size() - PLACES_MAX));
        }
        line("    by hand, because " + HardenView.because(all.getFirst()));
        CheckPage.of(check)
                .map(page -> page.inOneLine("What to do"))
                .ifPresent(what -> line(ink.quiet("    What to do: " + what)));
    }

    private static String count(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
