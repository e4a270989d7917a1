package dev.pitcrew.read.survey;

import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Survey;
import java.util.ArrayList;
import java.util.List;

/// Surveys files that a test writes out.
public final class TestingSurvey {
    private TestingSurvey() {}

    /// @param files path and text in turn
    public static Survey of(String... files) {
        var sources = new ArrayList<SourceFile>();
        for (int i = 0; i < files.length; i += 2) {
            sources.add(new SourceFile(files[i], files[i + 1]));
        }
        return Surveyor.survey(new Sources(List.copyOf(sources)), Formats.ALL);
    }

    /// The container of a unit and name.
    public static Container container(Survey survey, String unit, String name) {
        return survey.all(Container.class).stream()
                .filter(one -> one.unit().equals(unit) && one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
