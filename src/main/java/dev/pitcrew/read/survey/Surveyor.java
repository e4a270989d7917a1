package dev.pitcrew.read.survey;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.model.infra.Survey;
import dev.pitcrew.model.infra.Survey.SurveyedFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads everything that the formats know.
public final class Surveyor {
    private static final Comparator<Place> IN_ORDER =
            Comparator.comparing(Place::file)
                    .thenComparingInt(Place::line)
                    .thenComparingInt(Place::column);

    private Surveyor() {}

    /// What the files say. Formats know nothing of each other, so they read side by side.
    public static Survey survey(Sources sources, List<Format> formats) {
        var systems = new ArrayList<SourceFile>();
        var data = new ArrayList<SourceFile>();
        sources.all()
                .forEach(file -> (Projects.isTestData(file.path()) ? data : systems).add(file));
        var all =
                formats.parallelStream()
                        .map(format -> Notes.of(format, systems, data, sources))
                        .toList();
        var files = new TreeMap<String, SurveyedFile>();
        var facts = new ArrayList<InfraFact>();
        var problems = new ArrayList<Problem>();
        var leftOut = new TreeSet<String>();
        for (Notes notes : all) {
            notes.files.forEach(file -> files.putIfAbsent(file.path(), file));
            facts.addAll(notes.facts);
            problems.addAll(notes.problems);
            leftOut.addAll(notes.leftOut);
        }
        facts.sort(Comparator.comparing(InfraFact::place, IN_ORDER));
        problems.sort(Comparator.comparing(Problem::place, IN_ORDER));
        var suppressions =
                sources.all().stream()
                        .filter(
                                file ->
                                        files.containsKey(file.path())
                                                || file.name().equals("pitcrew.yaml"))
                        .flatMap(file -> Suppressions.in(file).stream())
                        .toList();
        return new Survey(
                List.copyOf(files.values()), facts, problems, suppressions, leftOut.size());
    }

    /// What one format has read.
    private static final class Notes implements Found {
        private final List<SurveyedFile> files = new ArrayList<>();
        private final List<InfraFact> facts = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private final List<String> leftOut = new ArrayList<>();

        static Notes of(
                Format format, List<SourceFile> systems, List<SourceFile> data, Sources sources) {
            var notes = new Notes();
            var claimed = systems.stream().filter(format::claims).toList();
            claimed.forEach(
                    file ->
                            notes.files.add(
                                    new SurveyedFile(file.path(), format.name(), file.lines())));
            data.stream().filter(format::claims).forEach(file -> notes.leftOut.add(file.path()));
            try {
                format.read(claimed, sources, notes);
            } catch (RuntimeException
                    | StackOverflowError
                            e) { // one format's fault must not hide what the others say
                claimed.stream()
                        .findFirst()
                        .ifPresent(
                                file ->
                                        notes.problem(
                                                file.place(1, 1),
                                                "%s files could not be read, which is a fault of Pitcrew: %s"
                                                        .formatted(format.name(), e)));
            }
            return notes;
        }

        @Override
        public void fact(InfraFact fact) {
            facts.add(fact);
        }

        @Override
        public void problem(Place place, String message) {
            problems.add(new Problem(place, message));
        }
    }
}
