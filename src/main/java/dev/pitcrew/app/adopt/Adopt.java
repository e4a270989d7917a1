package dev.pitcrew.app.adopt;

import dev.pitcrew.model.Problem;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.Nearest;
import dev.pitcrew.read.compose.ComposeProject;
import dev.pitcrew.runtime.docker.Container;
import dev.pitcrew.runtime.docker.Engine;
import dev.pitcrew.runtime.docker.Image;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Asks an engine what of a project runs. It only reads.
public final class Adopt {
    private static final String PROJECT = "com.docker.compose.project";
    private static final String ONE_OFF = "com.docker.compose.oneoff";

    private final Engine engine;

    /// @param engine which is asked, and closed by whoever opened it
    public Adopt(Engine engine) {
        this.engine = engine;
    }

    /// What runs of the project.
    ///
    /// @param environment of whoever starts it, as far as it is known
    /// @param problems of its files
    /// @param digest of a value of the environment; salted, or a short secret could be guessed from it
    /// @throws IllegalArgumentException when nothing of it runs; the message names what does
    /// @throws dev.pitcrew.model.OperationFailed when the engine can't be asked
    public Adoption adopt(
            ComposeProject project,
            Map<String, String> environment,
            List<Problem> problems,
            UnaryOperator<String> digest) {
        return adoption(project, found(project), environment, problems, digest);
    }

    /// What of it would be taken over.
    ///
    /// @param system the effective system of the environment
    /// @param kept what Pitcrew keeps already: versions by service
    /// @throws IllegalArgumentException when nothing of it runs; the message names what does
    /// @throws dev.pitcrew.model.OperationFailed when the engine can't be asked
    public Taking taking(
            ComposeProject project,
            TradingSystem system,
            Map<String, String> environment,
            Map<String, String> kept) {
        var found = found(project);
        var adoption = adoption(project, found, environment, List.of(), _ -> "");
        return Taking.of(system, adoption, found, kept);
    }

    /// Names of the project's containers that live, by the service's name in the system file.
    ///
    /// @throws dev.pitcrew.model.OperationFailed when the engine can't be asked
    public Map<String, List<String>> running(ComposeProject project) {
        return found(project.name()).stream()
                .filter(one -> one.container().state().lives())
                .collect(
                        Collectors.groupingBy(
                                one -> ComposeProject.systemName(one.service()),
                                TreeMap::new,
                                Collectors.mapping(
                                        one -> one.container().name(), Collectors.toList())));
    }

    private List<Found> found(ComposeProject project) {
        var found = found(project.name());
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "no container of the project %s is at %s%s"
                            .formatted(
                                    project.name(),
                                    engine.place(),
                                    Nearest.hint(project.name(), projects())));
        }
        return found;
    }

    private Adoption adoption(
            ComposeProject project,
            List<Found> found,
            Map<String, String> environment,
            List<Problem> problems,
            UnaryOperator<String> digest) {
        return Adoption.of(
                project.name(),
                engine.place().toString(),
                project.containers(environment).stream()
                        .map(one -> Wanted.of(project, one))
                        .toList(),
                found,
                problems,
                digest);
    }

    private List<Found> found(String project) {
        var all = new ArrayList<Found>();
        for (String id : engine.containers(Map.of(PROJECT, project)).orThrow()) {
            engine.container(id)
                    .found() // one that is gone meanwhile is none
                    .filter(one -> !"True".equals(one.labels().get(ONE_OFF)))
                    .ifPresent(one -> all.add(found(one)));
        }
        all.sort(Comparator.comparing(one -> one.container().name()));
        return all;
    }

    private Found found(Container one) {
        return new Found(
                one,
                engine.image(one.imageId()).found(),
                engine.image(one.image()).found().map(Image::id));
    }

    private Set<String> projects() {
        var names = new TreeSet<String>();
        for (String id : engine.containers(Map.of(PROJECT, "")).orThrow()) {
            engine.container(id)
                    .found()
                    .map(one -> one.labels().get(PROJECT))
                    .ifPresent(names::add);
        }
        return names;
    }
}
