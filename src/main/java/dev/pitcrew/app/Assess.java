package dev.pitcrew.app;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.read.survey.Formats;
import dev.pitcrew.read.survey.Repository;
import dev.pitcrew.read.survey.Sketcher;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.survey.Surveyor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Reads a repository, and says what is wrong with it.
public final class Assess {
    private Assess() {}

    /// @param subject what was looked at
    /// @param findings the worst first
    public record Assessment(Subject subject, List<Finding> findings) {}

    /// @param folder the repository, or one file
    /// @throws IOException when the folder can't be read at all
    public static Assessment assess(Path folder, List<Check> checks) throws IOException {
        return assess(Repository.read(folder).sources(), checks);
    }

    /// The same of files that were read already.
    public static Assessment assess(Sources sources, List<Check> checks) {
        var survey = Surveyor.survey(sources, Formats.ALL);
        var subject = new Subject(survey, Sketcher.sketch(survey));
        return new Assessment(subject, Checks.run(subject, checks));
    }
}
