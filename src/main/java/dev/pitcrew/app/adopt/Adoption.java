package dev.pitcrew.app.adopt;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A Compose project that runs, held against its files. Nothing in it is a secret.
///
/// @param project by its label
/// @param engine where it was asked
/// @param services in the order of the files
/// @param strangers containers of the project whose services aren't in the files, by name
/// @param obstacles that are no single service's
public record Adoption(
        String project,
        String engine,
        List<OfService> services,
        List<String> strangers,
        List<Obstacle> obstacles) {
    public Adoption {
        services = List.copyOf(services);
        strangers = List.copyOf(strangers);
        obstacles = List.copyOf(obstacles);
    }

    /// What is so of one service.
    ///
    /// @param open variables whose values only whoever starts it knows, so that they weren't compared
    public record OfService(
            String service,
            Place place,
            List<Running> containers,
            List<Difference> differences,
            List<Obstacle> obstacles,
            List<String> open) {
        public OfService {
            containers = List.copyOf(containers);
            differences = List.copyOf(differences);
            obstacles = List.copyOf(obstacles);
            open = List.copyOf(open);
        }
    }

    /// A container that was found.
    ///
    /// @param imageId what it runs, whatever its name means by now
    /// @param status such as `running` or `exited`
    /// @param health `healthy`, `unhealthy`, `starting`; empty: nobody asks
    public record Running(
            String name,
            String id,
            String image,
            String imageId,
            String status,
            String health,
            Optional<Instant> since) {}

    /// Decides, purely.
    ///
    /// @param problems of the files
    /// @param digest of a value of the environment
    static Adoption of(
            String project,
            String engine,
            List<Wanted> wanted,
            List<Found> found,
            List<Problem> problems,
            UnaryOperator<String> digest) {
        var services = new ArrayList<OfService>();
        for (Wanted one : wanted) {
            var its = found.stream().filter(it -> it.service().equals(one.service())).toList();
            services.add(
                    new OfService(
                            one.service(),
                            one.place(),
                            its.stream().map(Adoption::running).toList(),
                            Differences.of(one, its, digest),
                            Obstacles.of(one, its),
                            one.environment().entrySet().stream()
                                    .filter(it -> it.getValue().value().isEmpty())
                                    .map(it -> it.getKey())
                                    .toList()));
        }
        var known = wanted.stream().map(Wanted::service).toList();
        return new Adoption(
                project,
                engine,
                services,
                found.stream()
                        .filter(one -> !known.contains(one.service()))
                        .map(one -> one.container().name())
                        .sorted()
                        .toList(),
                problems.stream()
                        .map(one -> new Obstacle(Obstacle.Kind.FILES, one.place(), one.message()))
                        .toList());
    }

    private static Running running(Found found) {
        var one = found.container();
        return new Running(
                one.name(),
                one.id(),
                one.image(),
                one.imageId(),
                one.state().status(),
                one.state().health(),
                one.state().startedAt());
    }

    /// Whether something runs that is not what the files say.
    public boolean differs() {
        return !strangers.isEmpty()
                || services.stream().anyMatch(one -> !one.differences().isEmpty());
    }

    /// Whether something is in the way.
    public boolean isHindered() {
        return !obstacles.isEmpty()
                || services.stream().anyMatch(one -> !one.obstacles().isEmpty());
    }
}
