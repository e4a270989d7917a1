package dev.pitcrew.app.adopt;

import dev.pitcrew.app.adopt.Obstacle.Kind;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container.MountKind;
import dev.pitcrew.runtime.docker.Image;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What of one service is in the way of changing it safely. Pure.
final class Obstacles {
    /// Where images keep their code.
    private static final Set<String> CODE =
            Set.of("/app", "/src", "/code", "/usr/src/app", "/opt/app", "/workspace");

    private final Wanted wanted;
    private final List<Found> found;
    private final List<Obstacle> all = new ArrayList<>();

    private Obstacles(Wanted wanted, List<Found> found) {
        this.wanted = wanted;
        this.found = found;
    }

    static List<Obstacle> of(Wanted wanted, List<Found> found) {
        var obstacles = new Obstacles(wanted, found);
        obstacles.sources();
        obstacles.health();
        obstacles.names();
        obstacles.latest();
        return List.copyOf(obstacles.all);
    }

    private void sources() {
        for (Wanted.Mount mount : wanted.mounts()) {
            if (mount.kind() == MountKind.HOST && isCode(mount)) {
                add(
                        Kind.SOURCE_MOUNT,
                        mount.place(),
                        "%s lies over %s, so %s runs what lies on this host and not its image, and no way back brings old code back; take the mount out and let the image hold the code"
                                .formatted(mount.source(), mount.target(), wanted.service()));
            }
        }
    }

    private boolean isCode(Wanted.Mount mount) {
        var target = Path.of(mount.target()).normalize();
        boolean liesOverProgram =
                CODE.contains(target.toString())
                        || found.stream()
                                .map(one -> one.container().folder())
                                .filter(folder -> folder.length() > 1)
                                .anyMatch(folder -> Path.of(folder).startsWith(target));
        return liesOverProgram
                || wanted.context()
                        .filter(context -> isOfBuild(Path.of(mount.source()), context))
                        .isPresent();
    }

    /// A file of settings beside the code is none of it.
    private static boolean isOfBuild(Path source, Path context) {
        boolean isInside =
                source.startsWith(context)
                        && !source.toString()
                                .matches(".*\\.(ya?ml|json|toml|ini|conf|cfg|env|properties|pem)");
        return isInside || context.startsWith(source);
    }

    private void health() {
        boolean imageHasOne =
                wanted.healthOff().isEmpty()
                        && found.stream()
                                .anyMatch(
                                        one ->
                                                one.image()
                                                        .flatMap(Image::health)
                                                        .filter(
                                                                it ->
                                                                        !it.test()
                                                                                .equals(
                                                                                        List.of(
                                                                                                "NONE")))
                                                        .isPresent());
        if (!wanted.hasHealthCheck() && !imageHasOne) {
            add(
                    Kind.NO_HEALTH_CHECK,
                    wanted.healthOff().orElse(wanted.place()),
                    "nobody asks %s whether it is well, so a version that never gets ready looks like a good one; add a healthcheck, or the probe ready in pitcrew.yaml"
                            .formatted(wanted.service()));
        }
    }

    private void names() {
        wanted.containerName()
                .ifPresent(
                        one ->
                                add(
                                        Kind.FIXED_NAME,
                                        one.place(),
                                        "two containers can't both be called %s, so no new one starts beside the old one; take container_name out, others find it by its service's name"
                                                .formatted(one.value())));
        for (Located<Integer> port : wanted.hostPorts()) {
            add(
                    Kind.FIXED_PORT,
                    port.place(),
                    "only one container can have port %d of this host, so no new one starts beside the old one; say ports: {http: auto} in pitcrew.yaml and let the balancer have %d"
                            .formatted(port.value(), port.value()));
        }
    }

    private void latest() {
        wanted.image()
                .filter(_ -> wanted.context().isEmpty())
                .filter(one -> isLatest(one.value()))
                .ifPresent(
                        one ->
                                add(
                                        Kind.LATEST,
                                        one.place(),
                                        "%s is another image tomorrow, so what was approved can't be told from what runs; name a version or a digest"
                                                .formatted(one.value())));
    }

    private static boolean isLatest(String image) {
        String last = image.substring(image.lastIndexOf('/') + 1);
        return !image.contains("@")
                && !image.contains("${")
                && (!last.contains(":") || last.endsWith(":latest"));
    }

    private void add(Kind kind, Place place, String message) {
        all.add(new Obstacle(kind, place, message));
    }
}
