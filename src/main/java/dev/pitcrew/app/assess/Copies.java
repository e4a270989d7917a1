package dev.pitcrew.app.assess;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// A file that lies in several folders, letter by letter the same, has each of its faults once: it is told where it is worst, and the copies beside it.
final class Copies {
    private Copies() {}

    /// @param findings the worst first
    static List<Finding> told(List<Finding> findings, Sources sources) {
        var all = new LinkedHashMap<Said, List<Finding>>();
        for (Finding one : findings) {
            all.computeIfAbsent(Said.of(one, sources), _ -> new ArrayList<>()).add(one);
        }
        return all.values().stream().map(Copies::one).toList();
    }

    /// @param text of the file; copies of one are equal
    private record Said(Check.Id check, String what, int line, int column, String text) {
        static Said of(Finding one, Sources sources) {
            var place = one.place();
            String text = sources.file(place.file()).map(SourceFile::text).orElse(place.file());
            return new Said(one.check(), one.what(), place.line(), place.column(), text);
        }
    }

    private static Finding one(List<Finding> same) {
        Finding told = same.getFirst();
        for (Finding copy : same.subList(1, same.size())) {
            told = told.with(new Finding.Related(copy.place(), "a copy of the file"));
        }
        return told;
    }
}
