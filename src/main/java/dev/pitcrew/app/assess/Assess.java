package dev.pitcrew.app.assess;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.read.survey.Project;
import dev.pitcrew.read.survey.Projects;
import dev.pitcrew.read.survey.Repository;
import dev.pitcrew.read.survey.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads a repository, and says what is wrong with it.
public final class Assess {
    /// A repository that calls itself one that shows how something is done, and is kept in a folder of its name.
    private static final Pattern EXAMPLE =
            Pattern.compile(
                    "(?i)(.*[-_+.])?(demos?|examples?|samples?|awesome|tutorials?|playground)([-_+.].*)?");

    private Assess() {}

    /// @param folder the repository, or one file
    /// @param today on which suppressions must still hold
    /// @throws IOException when the folder can't be read at all
    public static Assessment assess(Path folder, List<Check> checks, LocalDate today)
            throws IOException {
        var contents = Repository.read(folder);
        return assess(contents.sources(), contents.problems(), checks, today, isExample(folder));
    }

    /// The same with charts that use functions rendered by Helm.
    ///
    /// @param helm the program, by name or path
    /// @throws IOException when the folder can't be read at all, or that program not started
    public static Assessment assess(Path folder, List<Check> checks, LocalDate today, String helm)
            throws IOException {
        var contents = HelmCharts.rendered(folder, Repository.read(folder), helm);
        return assess(contents.sources(), contents.problems(), checks, today, isExample(folder));
    }

    /// Whether a repository calls itself one that shows how something is done.
    public static boolean isExample(Path folder) throws IOException {
        var name = folder.toRealPath().getFileName();
        return name != null && EXAMPLE.matcher(name.toString()).matches();
    }

    /// The same of files that were read already. Each system of the repository is looked at by itself.
    public static Assessment assess(
            Sources sources, List<Problem> unread, List<Check> checks, LocalDate today) {
        return assess(sources, unread, checks, today, false);
    }

    /// The same, where it is known whether the repository is an example.
    public static Assessment assess(
            Sources sources,
            List<Problem> unread,
            List<Check> checks,
            LocalDate today,
            boolean isExample) {
        return assess(sources, unread, checks, today, isExample, true, new Looked());
    }

    /// The same with a finding for each copy of a file, for whoever mends them.
    ///
    /// @param looked what was found in copies of the repository before, by the same checks
    public static Assessment withCopies(
            Sources sources,
            List<Problem> unread,
            List<Check> checks,
            LocalDate today,
            boolean isExample,
            Looked looked) {
        return assess(sources, unread, checks, today, isExample, false, looked);
    }

    private static Assessment assess(
            Sources sources,
            List<Problem> unread,
            List<Check> checks,
            LocalDate today,
            boolean isExample,
            boolean areCopiesOne,
            Looked looked) {
        var survey = looked.survey(sources);
        var findings = new ArrayList<Finding>();
        var systems = new Systems(survey);
        var projects = Projects.of(survey);
        var seen =
                projects.parallelStream()
                        .map(project -> looked.look(project, checks, isExample))
                        .toList();
        for (int i = 0; i < projects.size(); i++) {
            var project = projects.get(i);
            systems.add(project, seen.get(i).subject());
            Checks.inOrder(seen.get(i).findings()).stream()
                    .filter(found -> !project.borrowed().contains(found.place().file()))
                    .forEach(findings::add);
        }
        var problems = new ArrayList<>(unread);
        problems.addAll(survey.problems());
        var ordered = Checks.inOrder(findings);
        return Assessment.of(
                sources,
                systems.whole(),
                systems.shown(),
                areCopiesOne ? Copies.told(ordered, sources) : ordered,
                problems,
                checks.stream().map(check -> check.id().code()).collect(Collectors.toSet()),
                today);
    }

    static Subject subject(Project project, Sketch sketch, boolean isExample) {
        return new Subject(
                project.survey(),
                sketch,
                isExample || (project.kind() == Project.Kind.ONE_OF_MANY && !trades(sketch)));
    }

    private static boolean trades(Sketch sketch) {
        return sketch.services().stream().anyMatch(part -> part.duty().isOrderPath());
    }
}
