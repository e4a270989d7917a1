package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.MountKind;
import dev.pitcrew.model.infra.MetricsServer;
import dev.pitcrew.model.infra.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The containers that configurations of proxies and watchers call by name.
final class Hosts {
    /// Where well-known programs listen when nothing else is said, by a piece of the image's name.
    private static final Map<String, Integer> USUAL =
            Map.ofEntries(
                    Map.entry("node-exporter", 9100),
                    Map.entry("redis_exporter", 9121),
                    Map.entry("postgres-exporter", 9187),
                    Map.entry("blackbox-exporter", 9115),
                    Map.entry("cadvisor", 8080),
                    Map.entry("prom/alertmanager", 9093),
                    Map.entry("prom/prometheus", 9090),
                    Map.entry("prom/pushgateway", 9091),
                    Map.entry("kafka-exporter", 9308),
                    Map.entry("nginx-prometheus-exporter", 9113),
                    Map.entry("grafana/grafana", 3000));

    private Hosts() {}

    /// The containers started together with one that runs an image, where one set of them does and no network is made elsewhere.
    static List<Container> around(Subject subject, String imagePart, Place config) {
        if (isInCluster(subject, config)) {
            return List.of(); // what a manifest configures runs there, not beside containers of
            // Compose
        }
        var candidates =
                Near.all(subject, Container.class).stream()
                        .filter(one -> one.format().equals("compose"))
                        .filter(
                                one ->
                                        one.image()
                                                        .filter(
                                                                image ->
                                                                        image.value()
                                                                                .contains(
                                                                                        imagePart))
                                                        .isPresent()
                                                || mounts(one, config))
                        .toList();
        var nearest =
                candidates.stream().max(Comparator.comparingInt(one -> likeness(one, config)));
        if (nearest.isEmpty()) {
            return List.of();
        }
        // Where no set says that the file is its own, it may be that of each one that lies as near.
        int most = likeness(nearest.get(), config);
        var units =
                mounts(nearest.get(), config)
                        ? Set.of(nearest.get().unit())
                        : candidates.stream()
                                .filter(one -> likeness(one, config) == most)
                                .map(Container::unit)
                                .collect(Collectors.toSet());
        return Near.all(subject, Container.class).stream()
                .filter(one -> one.format().equals("compose") && units.contains(one.unit()))
                .toList();
    }

    private static boolean isInCluster(Subject subject, Place config) {
        return subject.survey().files().stream()
                .anyMatch(
                        file ->
                                file.format().equals("kubernetes")
                                        && file.path().equals(config.file()));
    }

    /// The containers started together with one that mounts a file, or a folder above it.
    static List<Container> mounting(Subject subject, Place config) {
        return around(subject, "\n", config);
    }

    /// Whether others that are started elsewhere may be on one of their networks.
    static boolean isShared(Subject subject, List<Container> containers) {
        String unit = containers.getFirst().unit();
        return containers.stream()
                        .flatMap(one -> one.traits().stream())
                        .anyMatch(trait -> trait.value().matches("host-network|network:.*"))
                || Near.all(subject, Network.class).stream()
                        .anyMatch(one -> one.unit().equals(unit) && one.isExternal());
    }

    private static boolean mounts(Container one, Place config) {
        String file = one.place().file();
        var folder = Path.of(file.substring(0, file.lastIndexOf('/') + 1));
        return one.mounts().stream()
                .filter(mount -> mount.kind() == MountKind.HOST && !mount.source().startsWith("/"))
                .map(mount -> folder.resolve(mount.source()).normalize().toString())
                .anyMatch(
                        source ->
                                !source.isEmpty()
                                        && (config.file().equals(source)
                                                || config.file().startsWith(source + "/")));
    }

    private static int likeness(Container one, Place config) {
        return (mounts(one, config) ? 100 : 0) + sharedFolders(one.place().file(), config.file());
    }

    private static int sharedFolders(String one, String other) {
        int end = 0;
        int folders = 0;
        while (end < Math.min(one.length(), other.length())
                && one.charAt(end) == other.charAt(end)) {
            folders += one.charAt(end++) == '/' ? 1 : 0;
        }
        return folders;
    }

    /// Every name under which one of them is reached.
    static NavigableSet<String> names(List<Container> containers) {
        var names = new TreeSet<String>();
        for (Container one : containers) {
            names.add(one.name());
            one.traits().stream()
                    .map(Located::value)
                    .filter(trait -> trait.startsWith("alias:") || trait.startsWith("host:"))
                    .forEach(trait -> names.add(trait.substring(trait.indexOf(':') + 1)));
        }
        return names;
    }

    /// The container of a name.
    static Optional<Container> named(List<Container> containers, String host) {
        return containers.stream().filter(one -> names(List.of(one)).contains(host)).findFirst();
    }

    /// A port that a container says it serves, and why one thinks so.
    record Port(int number, Place place, String because, boolean isSure) {}

    /// The ports that a container serves, as far as its files tell; empty when they don't.
    static List<Port> ports(Subject subject, Container container) {
        String build =
                container.build().map(one -> one.value().replaceAll("[^/]*$", "")).orElse("");
        var servers =
                build.isEmpty()
                        ? List.<MetricsServer>of()
                        : Near.all(subject, MetricsServer.class).stream()
                                .filter(one -> one.place().file().startsWith(build))
                                .toList();
        var ports = new ArrayList<Port>();
        servers.forEach(
                one ->
                        ports.add(
                                new Port(
                                        one.port(),
                                        one.place(),
                                        "the code serves metrics here",
                                        true)));
        container
                .image()
                .ifPresent(
                        image ->
                                USUAL.forEach(
                                        (part, port) -> {
                                            if (image.value().contains(part)) {
                                                ports.add(
                                                        new Port(
                                                                port,
                                                                image.place(),
                                                                "this image listens on " + port,
                                                                true));
                                            }
                                        }));
        container.ports().stream()
                .filter(one -> one.inside() != 0)
                .forEach(
                        one ->
                                ports.add(
                                        new Port(
                                                one.inside(),
                                                one.place(),
                                                "the port that it opens",
                                                false)));
        return ports;
    }
}
