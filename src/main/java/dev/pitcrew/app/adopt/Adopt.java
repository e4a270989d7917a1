package dev.pitcrew.app.adopt;

import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.Nearest;
import dev.pitcrew.read.compose.ComposeProject;
import dev.pitcrew.runtime.DockerRuntime;
import dev.pitcrew.runtime.docker.Container;
import dev.pitcrew.runtime.docker.Engine;
import dev.pitcrew.runtime.docker.Image;
import dev.pitcrew.runtime.process.KnownProcess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Asks an engine what of a project runs. It only reads.
public final class Adopt implements AutoCloseable {
    private static final String PROJECT = "com.docker.compose.project";
    private static final String ONE_OFF = "com.docker.compose.oneoff";

    private final List<At> all;

    /// An engine.
    ///
    /// @param host its name; empty where there is one
    /// @param address under which its ports are reached
    private record At(Engine engine, String host, String address) {}

    /// A container, and where it is.
    private record There(Container container, At at) {
        /// With nothing said of its image, which takes more calls.
        Found bare() {
            return new Found(
                    container,
                    Optional.empty(),
                    Optional.empty(),
                    at.host(),
                    at.address(),
                    List.of());
        }
    }

    private Adopt(List<At> all) {
        this.all = List.copyOf(all);
    }

    /// Asks one.
    public Adopt(Engine engine) {
        this(List.of(new At(engine, "", KnownProcess.LOOPBACK)));
    }

    /// Asks the engine of an environment, or those of all its hosts.
    ///
    /// @param variables our own, of which DOCKER_HOST counts where the environment names no engine
    /// @throws IllegalArgumentException when its instances are processes of this host
    public static Adopt in(
            TradingSystem system, Environment environment, Map<String, String> variables) {
        var engines = DockerRuntime.engines(system, environment, variables);
        var hosts = environment.hosts();
        if (hosts.isEmpty()) {
            return new Adopt(engines.getFirst());
        }
        var all = new ArrayList<At>();
        for (int i = 0; i < hosts.size(); i++) {
            all.add(new At(engines.get(i), hosts.get(i).name(), hosts.get(i).address()));
        }
        return new Adopt(all);
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

    /// Names of the project's containers that live, by the service's name in the system file, with their hosts where there are several.
    ///
    /// @throws dev.pitcrew.model.OperationFailed when the engine can't be asked
    public Map<String, List<String>> running(ComposeProject project) {
        return containers(project.name()).stream()
                .filter(one -> one.container().state().lives())
                .map(There::bare)
                .collect(
                        Collectors.groupingBy(
                                one -> ComposeProject.systemName(one.service()),
                                TreeMap::new,
                                Collectors.mapping(Found::name, Collectors.toList())));
    }

    private List<Found> found(ComposeProject project) {
        var found = found(project.name());
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "no container of the project %s is at %s%s"
                            .formatted(
                                    project.name(),
                                    places(),
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
                places(),
                project.containers(environment).stream()
                        .map(one -> Wanted.of(project, one))
                        .toList(),
                found,
                problems,
                digest);
    }

    private String places() {
        return all.stream()
                .map(one -> one.engine().place().toString())
                .collect(Collectors.joining(", "));
    }

    private List<Found> found(String project) {
        return containers(project).stream()
                .map(this::found)
                .sorted(Comparator.comparing(Found::name))
                .toList();
    }

    private List<There> containers(String project) {
        var there = new ArrayList<There>();
        for (var at : all) {
            for (String id : at.engine().containers(Map.of(PROJECT, project)).orThrow()) {
                at.engine()
                        .container(id)
                        .found() // one that is gone meanwhile is none
                        .filter(one -> !"True".equals(one.labels().get(ONE_OFF)))
                        .ifPresent(one -> there.add(new There(one, at)));
            }
        }
        return there;
    }

    private Found found(There there) {
        var one = there.container();
        var at = there.at();
        return new Found(
                one,
                at.engine().image(one.imageId()).found(),
                at.engine().image(one.image()).found().map(Image::id),
                at.host(),
                at.address(),
                all.stream()
                        .filter(other -> !other.host().equals(at.host()))
                        .filter(other -> other.engine().image(one.imageId()).found().isEmpty())
                        .map(At::host)
                        .toList());
    }

    private Set<String> projects() {
        var names = new TreeSet<String>();
        for (var at : all) {
            for (String id : at.engine().containers(Map.of(PROJECT, "")).orThrow()) {
                at.engine()
                        .container(id)
                        .found()
                        .map(one -> one.labels().get(PROJECT))
                        .ifPresent(names::add);
            }
        }
        return names;
    }

    @Override
    public void close() {
        all.forEach(one -> one.engine().close());
    }
}
