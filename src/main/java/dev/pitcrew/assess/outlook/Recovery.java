package dev.pitcrew.assess.outlook;

import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.HealthCheck;
import dev.pitcrew.model.infra.Sketch.Part;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How long a part takes to come back, by its configuration alone.
///
/// Docker's engine restarts a container that ended, after 100 ms that double with each time, and leaves one alone that is unhealthy; the kubelet restarts both, an unhealthy one after
/// `periodSeconds` times `failureThreshold` and the grace period.
///
/// @param crash when its process ends; empty: only a person brings it back
/// @param crashSum how that comes about
/// @param hang when it hangs; empty: only a person brings it back
/// @param hangSum how that comes about
/// @see <a href="https://docs.docker.com/reference/cli/docker/container/run/#restart">restart policies</a>
public record Recovery(
        String service,
        Optional<Duration> crash,
        String crashSum,
        Optional<Duration> hang,
        String hangSum) {
    /// Assumed for a process to start and to be ready, where nothing says more.
    static final Duration START = Duration.ofSeconds(10);

    private static final Duration ENGINE = Duration.ofMillis(100);
    private static final Set<String> RESTARTS =
            Set.of("always", "unless-stopped", "on-failure", "any", "Always", "OnFailure");

    static Recovery of(Part part) {
        var containers = Copies.containers(part);
        if (containers.isEmpty()) {
            return new Recovery(
                    part.name(),
                    Optional.empty(),
                    "no file says what restarts it",
                    Optional.empty(),
                    "no file says what watches it");
        }
        var worst = containers.getFirst();
        return worst.format().equals("kubernetes") ? kubelet(part, worst) : engine(part, worst);
    }

    private static Recovery engine(Part part, Container container) {
        var policy = container.restart().map(one -> one.value().replaceAll(":.*", ""));
        boolean restarts = policy.filter(RESTARTS::contains).isPresent();
        return new Recovery(
                part.name(),
                restarts ? Optional.of(ENGINE.plus(START)) : Optional.empty(),
                restarts
                        ? "restart: %s after 0.1 s, and %s assumed for its start"
                                .formatted(policy.get(), text(START))
                        : "no restart policy, so a person starts it",
                Optional.empty(),
                checks(container, "health").isEmpty()
                        ? "no health check, and nothing that acts on one"
                        : "the engine restarts no container for being unhealthy");
    }

    private static Recovery kubelet(Part part, Container container) {
        var crash = Duration.ofSeconds(10).plus(START);
        var liveness = checks(container, "liveness").stream().findFirst();
        var grace = container.stopGrace().map(one -> one.value()).orElse(Duration.ofSeconds(30));
        return new Recovery(
                part.name(),
                Optional.of(crash),
                "the kubelet's first back-off of 10 s, and %s assumed for its start"
                        .formatted(text(START)),
                liveness.map(one -> detection(one).plus(grace).plus(START)),
                liveness.map(
                                one ->
                                        "liveness %s × %d + grace %s + %s assumed for its start"
                                                .formatted(
                                                        text(period(one)),
                                                        one.retries().orElse(3),
                                                        text(grace),
                                                        text(START)))
                        .orElse("no liveness probe"));
    }

    private static Duration detection(HealthCheck check) {
        return period(check).multipliedBy(check.retries().orElse(3));
    }

    private static Duration period(HealthCheck check) {
        return check.interval().orElse(Duration.ofSeconds(10));
    }

    private static List<HealthCheck> checks(Container container, String kind) {
        return container.healthChecks().stream()
                .filter(one -> one.kind().equals(kind) && !one.test().isEmpty())
                .toList();
    }

    /// Seconds for people.
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : "%.1f s".formatted(millis / 1000.0);
    }
}
