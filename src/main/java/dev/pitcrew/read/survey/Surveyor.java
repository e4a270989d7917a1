package dev.pitcrew.read.survey;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.model.infra.Suppression;
import dev.pitcrew.model.infra.Survey;
import dev.pitcrew.model.infra.Survey.SurveyedFile;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reads everything that the formats know.
public final class Surveyor {
    private static final Comparator<Place> IN_ORDER = Surveyor::compare;

    private static final Function<SourceFile, List<Suppression>> WISHES = Suppressions::in;

    private Surveyor() {}

    private static int compare(Place one, Place other) {
        int by = one.file().compareTo(other.file());
        by = by != 0 ? by : Integer.compare(one.line(), other.line());
        return by != 0 ? by : Integer.compare(one.column(), other.column());
    }

    /// What the files say. Formats know nothing of each other, so they read side by side.
    public static Survey survey(Sources sources, List<Format> formats) {
        return survey(sources, formats, new Readings());
    }

    /// The same of a copy of a repository.
    ///
    /// @param readings what the formats said of copies before
    public static Survey survey(Sources sources, List<Format> formats, Readings readings) {
        var look = new Look(formats);
        var looks = sources.all().parallelStream().map(file -> file.once(look)).toList();
        var all =
                IntStream.range(0, formats.size())
                        .parallel()
                        .mapToObj(at -> notes(formats.get(at), at, looks, sources, readings))
                        .toList();
        var files = new TreeMap<String, SurveyedFile>();
        var facts = new ArrayList<InfraFact>();
        var problems = new ArrayList<Problem>();
        for (Notes notes : all) {
            notes.files.forEach(file -> files.putIfAbsent(file.path(), file));
            facts.addAll(notes.facts);
            problems.addAll(notes.problems);
        }
        facts.sort(Comparator.comparing(InfraFact::place, IN_ORDER));
        problems.sort(Comparator.comparing(Problem::place, IN_ORDER));
        var suppressions =
                sources.all().stream()
                        .filter(
                                file ->
                                        files.containsKey(file.path())
                                                || file.name().equals("pitcrew.yaml"))
                        .flatMap(file -> file.once(WISHES).stream())
                        .toList();
        long leftOut = looks.stream().filter(Seen::isLeftOut).count();
        return new Survey(
                List.copyOf(files.values()), facts, problems, suppressions, (int) leftOut);
    }

    /// What is seen of a file by itself: which of the formats claim it.
    ///
    /// @param claims the numbers of those formats
    /// @param isTestData whether it is there for tests to read, and so is left out
    private record Seen(SourceFile file, BitSet claims, boolean isTestData) {
        boolean isLeftOut() {
            return isTestData && !claims.isEmpty();
        }
    }

    /// It is looked up for each file, so two are equal when their lists are the same object.
    private record Look(List<Format> formats) implements Function<SourceFile, Seen> {
        @Override
        @SuppressWarnings("ReferenceEquality") // as said above
        public boolean equals(@Nullable Object other) {
            return other instanceof Look(var others) && others == formats;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(formats);
        }

        @Override
        public Seen apply(SourceFile file) {
            var claims = new BitSet(formats.size());
            for (int i = 0; i < formats.size(); i++) {
                claims.set(i, formats.get(i).claims(file));
            }
            return new Seen(file, claims, Projects.isTestData(file.path()));
        }
    }

    /// What a format says of one file that it reads by itself.
    private record Alone(Format format) implements Function<SourceFile, Notes> {
        @Override
        public Notes apply(SourceFile file) {
            var notes = new Notes();
            notes.read(format, List.of(file), new Sources(List.of(file)));
            return notes;
        }
    }

    private static Notes notes(
            Format format, int number, List<Seen> looks, Sources sources, Readings readings) {
        var notes = new Notes();
        var claimed =
                looks.stream()
                        .filter(one -> !one.isTestData() && one.claims().get(number))
                        .map(Seen::file)
                        .toList();
        claimed.forEach(
                file ->
                        notes.files.add(
                                new SurveyedFile(file.path(), format.name(), file.lines())));
        if (format.readsEachAlone()) {
            claimed.forEach(file -> notes.addAll(file.once(new Alone(format))));
        } else {
            notes.addAll(
                    readings.of(
                            format,
                            claimed,
                            sources,
                            heard -> {
                                var said = new Notes();
                                said.read(format, claimed, heard);
                                return said;
                            }));
        }
        return notes;
    }

    /// What one format has read.
    private static final class Notes implements Found {
        private final List<SurveyedFile> files = new ArrayList<>();
        private final List<InfraFact> facts = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();

        void read(Format format, List<SourceFile> claimed, Sources sources) {
            try {
                format.read(claimed, sources, this);
            } catch (RuntimeException
                    | StackOverflowError
                            e) { // one format's fault must not hide what the others say
                claimed.stream()
                        .findFirst()
                        .ifPresent(
                                file ->
                                        problem(
                                                file.place(1, 1),
                                                "%s files could not be read, which is a fault of Pitcrew: %s"
                                                        .formatted(format.name(), e)));
            }
        }

        void addAll(Notes others) {
            facts.addAll(others.facts);
            problems.addAll(others.problems);
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
