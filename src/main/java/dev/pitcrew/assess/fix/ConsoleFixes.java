package dev.pitcrew.assess.fix;

import static dev.pitcrew.assess.fix.Told.always;
import static dev.pitcrew.assess.fix.Told.when;

import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.fix.Change.Replace;
import dev.pitcrew.assess.fix.Told.Said;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Fixes in what a Grafana is given.
final class ConsoleFixes {
    private static final Pattern UID = Pattern.compile("^the data source .* has the uid (\\S+)$");
    private static final Pattern NEAREST =
            Pattern.compile("^the nearest name that is exported is (\\S+)$");

    static final Map<String, Fixer> ALL =
            Map.of(
                    "OBS-011", when("^the data source (.+) is asked by", ConsoleFixes::source),
                    "OBS-012",
                            when(
                                    "asks the data source (.+), which (?:is not|is filled)",
                                    ConsoleFixes::source),
                    "OBS-014", when("is (admin|editor) without", ConsoleFixes::viewer),
                    "OBS-015", when("asks for (\\S+), which nothing", ConsoleFixes::exported),
                    "TRD-124", always(ConsoleFixes::told));

    private ConsoleFixes() {}

    /// Only where it is asked in one place: a fix of one would leave the others.
    private static List<Fix> source(Said said) {
        return related(said, UID).stream()
                .filter(_ -> said.related("^and here$").isEmpty())
                .map(
                        uid ->
                                Fix.safe(
                                        "The query goes to the data source that there is.",
                                        new Replace(said.place(), said.word(1), uid)))
                .toList();
    }

    private static List<Fix> viewer(Said said) {
        String role =
                said.word(1).substring(0, 1).toUpperCase(Locale.ROOT) + said.word(1).substring(1);
        return List.of(
                Fix.safe(
                        "Who isn't logged in may look, and change nothing.",
                        new Replace(said.place(), role, "Viewer")));
    }

    private static List<Fix> exported(Said said) {
        return related(said, NEAREST).stream()
                .map(
                        name ->
                                Fix.safe(
                                        "The panel shows %s, which is exported.".formatted(name),
                                        new Replace(said.place(), said.word(1), name)))
                .toList();
    }

    private static List<Fix> told(Said said) {
        return List.of(
                Fix.safe(
                        "The alert fires as well when its query gives nothing.",
                        new Replace(said.place(), "OK", "Alerting")));
    }

    private static Optional<String> related(Said said, Pattern form) {
        return said.finding().related().stream()
                .map(Finding.Related::what)
                .map(form::matcher)
                .filter(match -> match.matches())
                .map(match -> match.group(1))
                .findFirst();
    }
}
