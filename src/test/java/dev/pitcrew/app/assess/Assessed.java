package dev.pitcrew.app.assess;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// Repositories in a few lines, assessed.
final class Assessed {
    static final LocalDate TODAY = LocalDate.parse("2026-11-25");

    private Assessed() {}

    /// @param files path to text
    static Assessment of(Map<String, String> files) {
        return of(files, Checks.ALL);
    }

    static Assessment of(Map<String, String> files, List<Check> checks) {
        var sources =
                files.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(file -> new SourceFile(file.getKey(), file.getValue()))
                        .toList();
        return Assess.assess(new Sources(sources), List.of(), checks, TODAY);
    }

    /// What a check tells of files, each with its places.
    static List<String> told(String code, Map<String, String> files) {
        return of(files).findings().stream()
                .filter(one -> one.check().code().equals(code))
                .map(
                        one ->
                                one.place()
                                        + " "
                                        + one.what()
                                        + one.related().stream()
                                                .map(also -> " + " + also.place())
                                                .reduce("", String::concat))
                .toList();
    }
}
