package dev.pitcrew.app.adopt;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.EnvVariable;
import dev.pitcrew.model.infra.Container.MountKind;
import dev.pitcrew.model.infra.Container.PortUse;
import dev.pitcrew.read.compose.ComposeProject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the files say of one service's containers, as the engine would be told. Its environment holds secrets: never print it.
///
/// @param service by its name in the files
/// @param image empty: what is built is named by Compose
/// @param context the folder that it is built from; empty: it is pulled
/// @param environment by name; a value is empty where only whoever starts it knows it
/// @param mounts in the order of the files
/// @param hasHealthCheck whether the files bring one
/// @param healthOff where they turn the image's off
/// @param containerName the name that its one container is fixed to
/// @param hostPorts published ports with a number of their own on the host
public record Wanted(
        String service,
        Place place,
        Optional<Located<String>> image,
        Optional<Path> context,
        List<Located<String>> entrypoint,
        List<Located<String>> command,
        Map<String, Variable> environment,
        List<Mount> mounts,
        Optional<Located<Long>> memoryBytes,
        Optional<Located<Double>> cpus,
        Located<Integer> replicas,
        boolean hasHealthCheck,
        Optional<Place> healthOff,
        Optional<Located<String>> containerName,
        List<Located<Integer>> hostPorts) {
    public Wanted {
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        environment = new LinkedHashMap<>(environment);
        mounts = List.copyOf(mounts);
        hostPorts = List.copyOf(hostPorts);
    }

    /// A variable of the environment.
    public record Variable(Place place, Optional<String> value) {}

    /// Something mounted.
    ///
    /// @param source the path on the host, or the volume's name as the engine knows it; empty where anything is right
    public record Mount(
            Place place, MountKind kind, String source, String target, boolean isReadOnly) {}

    /// @param one a container of the project's
    static Wanted of(ComposeProject project, Container one) {
        var place = project.shown(one.place());
        return new Wanted(
                one.name(),
                place,
                one.image().map(it -> shown(project, it)),
                one.build().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                project.said(one.name(), "build", "context")
                                        .map(it -> project.path(it.place(), it.value()))
                                        .orElseGet(() -> project.path(one.place(), "."))),
                one.entrypoint().stream().map(it -> shown(project, it)).toList(),
                one.command().stream().map(it -> shown(project, it)).toList(),
                environment(project, one),
                one.mounts().stream().map(it -> mount(project, it)).toList(),
                one.memoryMax().map(it -> shown(project, it.as(it.value().bytes()))),
                one.cpusMax().map(it -> shown(project, it)),
                one.replicas().map(it -> shown(project, it)).orElse(new Located<>(1, place)),
                one.healthChecks().stream()
                        .anyMatch(
                                it ->
                                        !it.test().isEmpty()
                                                && !it.test().equals("as the image says")),
                one.healthChecks().stream()
                        .filter(it -> it.test().isEmpty())
                        .map(it -> project.shown(it.place()))
                        .findFirst(),
                project.said(one.name(), "container_name").map(it -> shown(project, it)),
                one.ports().stream()
                        .filter(it -> it.host().filter(host -> host.port() > 0).isPresent())
                        .map(it -> new Located<>(hostPort(it), project.shown(it.place())))
                        .toList());
    }

    private static int hostPort(PortUse port) {
        return port.host().orElseThrow().port();
    }

    private static <T> Located<T> shown(ComposeProject project, Located<T> one) {
        return new Located<>(one.value(), project.shown(one.place()));
    }

    private static Map<String, Variable> environment(ComposeProject project, Container one) {
        var all = new LinkedHashMap<String, Variable>();
        for (EnvVariable variable : one.environment()) {
            all.put(
                    variable.name(),
                    new Variable(
                            project.shown(
                                    variable.value().map(Located::place).orElse(variable.place())),
                            variable.value()
                                    .map(Located::value)
                                    .filter(text -> !text.contains("${"))));
        }
        return all;
    }

    private static Mount mount(ComposeProject project, Container.Mount one) {
        String source =
                switch (one.kind()) {
                    case HOST -> project.path(one.place(), one.source()).toString();
                    case VOLUME -> project.volume(one.source());
                    case ANONYMOUS, MEMORY, EPHEMERAL, SECRET, CONFIG -> "";
                };
        return new Mount(
                project.shown(one.place()), one.kind(), source, one.target(), one.isReadOnly());
    }
}
