package dev.pitcrew.app.assess;

import dev.pitcrew.app.assess.Assessment.Suppressed;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// What a finding is known by in another run: its check, its file, its service and what it says, and never its line. Of several that say the same in one file, each
/// after the first has its number as well, so that a further one is new.
final class Fingerprints {
    private static final Comparator<Finding> TOP_DOWN =
            Comparator.comparing((Finding one) -> one.place().file())
                    .thenComparingInt(one -> one.place().line())
                    .thenComparingInt(one -> one.place().column());

    private Fingerprints() {}

    /// Those of all findings, told or not.
    static Map<Finding, String> of(Assessment assessment) {
        var all =
                Stream.of(
                                assessment.findings().stream(),
                                assessment.comparison().stream().flatMap(it -> it.still().stream()),
                                assessment.suppressed().stream().map(Suppressed::finding))
                        .flatMap(findings -> findings)
                        .sorted(TOP_DOWN)
                        .toList();
        var times = new HashMap<String, Integer>();
        var prints = new HashMap<Finding, String>();
        for (Finding one : all) {
            String text = text(one);
            int time = times.merge(text, 1, Integer::sum);
            prints.put(one, digest(time == 1 ? text : text + "\n" + time));
        }
        return prints;
    }

    private static String text(Finding one) {
        return String.join(
                "\n", one.check().code(), one.place().file(), one.service().orElse(""), one.what());
    }

    private static String digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
