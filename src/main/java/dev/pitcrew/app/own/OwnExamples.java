package dev.pitcrew.app.own;

import dev.pitcrew.app.assess.Assess;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.model.Problem;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs an own check on its examples, as our own tests do with those of our pages: it finds something in the bad one and nothing in the good one, and can tell in both.
public final class OwnExamples {
    private OwnExamples() {}

    /// What came of it.
    ///
    /// @param says what it says of the bad example, with the places
    /// @param faults what is wrong with the check or its examples; empty: nothing
    public record Outcome(String code, String file, List<String> says, List<String> faults) {
        public Outcome {
            says = List.copyOf(says);
            faults = List.copyOf(faults);
        }
    }

    /// Both examples of a check.
    public static Outcome run(OwnCheck check) {
        var file = check.file();
        var faults = new ArrayList<String>();
        var bad = assess(check, file.bad(), "bad", faults);
        var good = assess(check, file.good(), "good", faults);
        if (bad.isEmpty()) {
            faults.add("finds nothing in its bad example");
        }
        good.forEach(one -> faults.add("finds something in its good example: " + text(one)));
        bad.stream()
                .filter(one -> one.confidence() == Confidence.LOW)
                .forEach(one -> faults.add("can't tell in its bad example: " + text(one)));
        return new Outcome(
                file.code(),
                file.place().file(),
                bad.stream().map(OwnExamples::text).toList(),
                faults);
    }

    private static List<Finding> assess(
            OwnCheck check, Map<String, String> files, String which, List<String> faults) {
        var sources =
                new Sources(
                        files.entrySet().stream()
                                .map(one -> new SourceFile(one.getKey(), one.getValue()))
                                .toList());
        var assessed = Assess.assess(sources, List.of(), List.of(check), LocalDate.EPOCH);
        for (Problem problem : assessed.problems()) {
            faults.add("its %s example can't be read: %s".formatted(which, problem));
        }
        if (assessed.subject().survey().files().isEmpty()) {
            faults.add("no format claims a file of its %s example".formatted(which));
        }
        return assessed.findings();
    }

    private static String text(Finding one) {
        return one.place() + " " + one.what();
    }
}
