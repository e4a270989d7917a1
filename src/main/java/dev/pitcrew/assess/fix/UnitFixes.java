package dev.pitcrew.assess.fix;

import static dev.pitcrew.assess.fix.Told.always;
import static dev.pitcrew.assess.fix.Told.when;

import dev.pitcrew.assess.fix.Change.LinesAfter;
import dev.pitcrew.assess.fix.Change.RemoveLine;
import dev.pitcrew.assess.fix.Change.Replace;
import dev.pitcrew.assess.fix.Change.UnitLine;
import dev.pitcrew.assess.fix.Told.Said;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Script;
import dev.pitcrew.model.infra.SystemdUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Fixes in units of systemd and in scripts.
final class UnitFixes {
    static final Map<String, Fixer> ALL =
            Map.ofEntries(
                    Map.entry("SYS-072", when("starts (\\S+), which", UnitFixes::started)),
                    Map.entry(
                            "SYS-073",
                            when("names (\\S+), and the unit here is (\\S+):", UnitFixes::named)),
                    Map.entry("TRD-091", always(UnitFixes::givesUp)),
                    Map.entry("TRD-092", always(UnitFixes::endsAll)),
                    Map.entry("TRD-093", always(UnitFixes::asked)),
                    Map.entry("TRD-095", when("^(\\S+) has no \\[Install]", UnitFixes::installed)),
                    Map.entry("TRD-097", always(UnitFixes::asItIs)),
                    Map.entry("TRD-056", always(UnitFixes::stops)),
                    Map.entry("TRD-057", always(UnitFixes::stops)));

    private UnitFixes() {}

    private static List<Fix> started(Said said) {
        var services =
                said.all(SystemdUnit.class).stream()
                        .map(SystemdUnit::name)
                        .filter(name -> name.endsWith(".service"))
                        .toList();
        return Alike.one(said.word(1), services).stream()
                .map(
                        name ->
                                Fix.behaviour(
                                        "The timer starts %s from now on.".formatted(name),
                                        new UnitLine(said.place(), "Timer", "Unit", name)))
                .toList();
    }

    private static List<Fix> named(Said said) {
        String old = said.word(1);
        String unit = said.word(2);
        String name = old.contains(".") ? unit : unit.replaceFirst("\\.service$", "");
        return List.of(
                Fix.behaviour(
                        "The script really restarts %s.".formatted(unit),
                        new Replace(said.place(), old, name)));
    }

    private static List<Fix> givesUp(Said said) {
        return List.of(
                Fix.behaviour(
                        "After 5 starts in 5 minutes it stays down and is a failed unit, which somebody has to be told of.",
                        new UnitLine(said.place(), "Unit", "StartLimitIntervalSec", "300"),
                        new UnitLine(said.place(), "Unit", "StartLimitBurst", "5")));
    }

    private static List<Fix> endsAll(Said said) {
        return List.of(
                Fix.behaviour(
                        "A stop asks the main process and in the end kills all that it started.",
                        new UnitLine(said.place(), "Service", "KillMode", "mixed")));
    }

    private static List<Fix> asked(Said said) {
        return List.of(
                Fix.behaviour(
                        "A stop asks with SIGTERM and waits for TimeoutStopSec, so that orders can be cancelled.",
                        new UnitLine(said.place(), "Service", "KillSignal", "SIGTERM")));
    }

    private static List<Fix> installed(Said said) {
        String target =
                said.word(1).endsWith(".timer")
                        ? "timers.target"
                        : said.word(1).endsWith(".socket") ? "sockets.target" : "multi-user.target";
        return List.of(
                Fix.safe(
                        "Nothing until `systemctl enable %s`; then it is started at every boot."
                                .formatted(said.word(1)),
                        new UnitLine(said.place(), "Install", "WantedBy", target)));
    }

    private static List<Fix> asItIs(Said said) {
        return List.of(
                Fix.behaviour(
                        "A restart runs the code that is there; who wants other code deploys it.",
                        new RemoveLine(said.place())));
    }

    /// A script that ends at the first failure, also of one within a pipe where its shell can see that.
    private static List<Fix> stops(Said said) {
        var script =
                said.all(Script.class).stream()
                        .filter(one -> one.place().file().equals(said.place().file()))
                        .findFirst();
        if (script.isEmpty()) {
            return List.of();
        }
        String effect =
                "The script ends at the first step that fails, and says so to whoever started it.";
        boolean isBash = script.get().interpreter().contains("bash");
        boolean needsPipe = said.finding().check().code().equals("TRD-056");
        var fixes = new ArrayList<Fix>();
        fixes.add(Fix.safe(effect, new Replace(said.place(), " || true", "")));
        if (needsPipe && !isBash) {
            return List.copyOf(fixes);
        }
        var set =
                script.get().commands().stream()
                        .filter(one -> one.program().equals("set"))
                        .findFirst();
        if (set.isPresent()) {
            String text = set.get().text();
            if (text.matches("set -[a-z]+")) {
                String flags = text.contains("e") && text.indexOf('e', 4) > 0 ? text : text + "e";
                fixes.add(
                        Fix.safe(
                                effect,
                                new Replace(
                                        set.get().place(),
                                        text,
                                        isBash ? flags + "o pipefail" : flags)));
            }
        } else if (!script.get().interpreter().isEmpty()) {
            fixes.add(
                    Fix.safe(
                            effect,
                            new LinesAfter(
                                    new Place(said.place().file(), 1, 1),
                                    List.of(isBash ? "set -eo pipefail" : "set -e"))));
        }
        return List.copyOf(fixes);
    }
}
