package dev.pitcrew.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.pitcrew.model.ContainerSpec;
import dev.pitcrew.runtime.process.Contained;
import dev.pitcrew.runtime.process.ProcessSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a container is made.
///
/// @param name of the container
/// @param imageId the digest of its image, never a tag
/// @param labels who owns it
/// @param address of the host at which its ports are published
/// @param spec what it is to do
record Creation(
        String name, String imageId, Map<String, String> labels, String address, ProcessSpec spec) {
    private static final long SECOND_NANOS = 1_000_000_000;

    CreateContainerCmd command(DockerClient client) {
        var contained = spec.contained().orElseThrow();
        var declared = contained.declared();
        var all = new LinkedHashMap<>(contained.labels());
        all.putAll(labels);
        var command =
                client.createContainerCmd(imageId)
                        .withName(name)
                        .withLabels(all)
                        .withEnv(
                                spec.environment().entrySet().stream()
                                        .map(one -> one.getKey() + "=" + one.getValue())
                                        .sorted()
                                        .toList())
                        .withHostConfig(host(contained));
        if (!spec.argv().isEmpty()) {
            command.withCmd(spec.argv());
        }
        if (!contained.entrypoint().isEmpty()) {
            command.withEntrypoint(contained.entrypoint());
        }
        declared.isolation().user().ifPresent(command::withUser);
        declared.isolation().workingDirectory().ifPresent(command::withWorkingDir);
        declared.stopSignal().ifPresent(command::withStopSignal);
        declared.health().ifPresent(one -> command.withHealthcheck(health(one)));
        var nanos = contained.grace().toNanos();
        if (nanos > 0) { // whoever says `docker stop` gives it as long
            command.withStopTimeout((int) ((nanos + SECOND_NANOS - 1) / SECOND_NANOS));
        }
        var names = contained.networks().getOrDefault(contained.network(), List.of());
        if (!names.isEmpty()) {
            command.withAliases(names);
        }
        if (!contained.isOnHost()) {
            command.withExposedPorts(
                    published(contained).stream().map(PortBinding::getExposedPort).toList());
        }
        return command;
    }

    private HostConfig host(Contained contained) {
        var declared = contained.declared();
        var isolation = declared.isolation();
        var host =
                HostConfig.newHostConfig()
                        .withNetworkMode(contained.network())
                        // Who runs is decided by Pitcrew alone.
                        .withRestartPolicy(RestartPolicy.noRestart())
                        .withLogConfig(log(declared))
                        .withInit(isolation.hasInit())
                        .withReadonlyRootfs(isolation.isReadOnly())
                        .withCapAdd(capabilities(isolation.addCapabilities()))
                        .withCapDrop(capabilities(isolation.dropCapabilities()))
                        .withSecurityOpts(isolation.securityOptions())
                        .withExtraHosts(
                                isolation.extraHosts().entrySet().stream()
                                        .map(one -> one.getKey() + ":" + one.getValue())
                                        .toArray(String[]::new))
                        .withMounts(contained.mounts().stream().map(Creation::mount).toList());
        if (contained.memoryBytes() > 0) {
            // No swap beside it: a gateway that swaps is as good as dead, and nobody sees it.
            host.withMemory(contained.memoryBytes()).withMemorySwap(contained.memoryBytes());
        }
        declared.cpus().ifPresent(cpus -> host.withNanoCPUs(Math.round(cpus * SECOND_NANOS)));
        if (!contained.isOnHost()) {
            host.withPortBindings(published(contained));
        }
        return host;
    }

    private static LogConfig log(ContainerSpec declared) {
        return declared.logging()
                .map(one -> new LogConfig(LoggingType.fromValue(one.driver()), one.options()))
                .orElseGet(
                        () ->
                                new LogConfig(
                                        LoggingType.JSON_FILE,
                                        Map.of("max-size", "20m", "max-file", "3")));
    }

    private static Capability[] capabilities(List<String> names) {
        return names.stream().map(Capability::valueOf).toArray(Capability[]::new);
    }

    private static Mount mount(ContainerSpec.Mount one) {
        var mount = new Mount().withTarget(one.at()).withReadOnly(one.isReadOnly());
        return switch (one.kind()) {
            case FOLDER -> mount.withType(MountType.BIND).withSource(one.source().text());
            case VOLUME ->
                    one.source().text().isEmpty()
                            ? mount.withType(MountType.VOLUME)
                            : mount.withType(MountType.VOLUME).withSource(one.source().text());
            case MEMORY -> mount.withType(MountType.TMPFS);
        };
    }

    private static HealthCheck health(ContainerSpec.Health one) {
        var test = new ArrayList<String>();
        test.add(one.isShell() ? "CMD-SHELL" : "CMD");
        test.addAll(one.command());
        return new HealthCheck()
                .withTest(test)
                .withInterval(one.every().toNanos())
                .withTimeout(one.timeout().toNanos())
                .withStartPeriod(one.grace().toNanos())
                .withRetries(one.retries());
    }

    private List<PortBinding> published(Contained contained) {
        var inside = contained.declared().ports();
        var ports = new ArrayList<PortBinding>();
        spec.ports()
                .forEach(
                        (port, outside) ->
                                ports.add(
                                        new PortBinding(
                                                Binding.bindIpAndPort(address, outside),
                                                ExposedPort.tcp(
                                                        inside.getOrDefault(port, outside)))));
        return ports;
    }
}
