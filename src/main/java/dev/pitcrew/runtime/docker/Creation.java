package dev.pitcrew.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.pitcrew.runtime.process.Contained;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.ProcessSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How a container is made.
///
/// @param name of the container
/// @param imageId the digest of its image, never a tag
/// @param labels who owns it
/// @param spec what it is to do
record Creation(String name, String imageId, Map<String, String> labels, ProcessSpec spec) {
    private static final long SECOND_NANOS = 1_000_000_000;

    CreateContainerCmd command(DockerClient client) {
        var contained = spec.contained().orElseThrow();
        var command =
                client.createContainerCmd(imageId)
                        .withName(name)
                        .withLabels(labels)
                        .withEnv(
                                spec.environment().entrySet().stream()
                                        .map(one -> one.getKey() + "=" + one.getValue())
                                        .sorted()
                                        .toList())
                        .withHostConfig(host(contained));
        if (!spec.argv().isEmpty()) {
            command.withCmd(spec.argv());
        }
        if (!contained.user().isEmpty()) {
            command.withUser(contained.user());
        }
        var nanos = contained.grace().toNanos();
        if (nanos > 0) { // whoever says `docker stop` gives it as long
            command.withStopTimeout((int) ((nanos + SECOND_NANOS - 1) / SECOND_NANOS));
        }
        if (!isHost(contained)) {
            command.withExposedPorts(
                    published(contained).stream().map(PortBinding::getExposedPort).toList());
        }
        return command;
    }

    private HostConfig host(Contained contained) {
        var host =
                HostConfig.newHostConfig()
                        .withNetworkMode(contained.network())
                        // Who runs is decided by Pitcrew alone.
                        .withRestartPolicy(RestartPolicy.noRestart())
                        .withLogConfig(
                                new LogConfig(
                                        LoggingType.JSON_FILE,
                                        Map.of("max-size", "20m", "max-file", "3")))
                        .withBinds(contained.mounts().stream().map(Bind::parse).toList());
        if (contained.memoryBytes() > 0) {
            // No swap beside it: a gateway that swaps is as good as dead, and nobody sees it.
            host.withMemory(contained.memoryBytes()).withMemorySwap(contained.memoryBytes());
        }
        if (contained.nanoCpus() > 0) {
            host.withNanoCPUs(contained.nanoCpus());
        }
        if (!isHost(contained)) {
            host.withPortBindings(published(contained));
        }
        return host;
    }

    private static boolean isHost(Contained contained) {
        return contained.network().equals(Contained.HOST);
    }

    private List<PortBinding> published(Contained contained) {
        var ports = new ArrayList<PortBinding>();
        spec.ports()
                .forEach(
                        (port, outside) ->
                                ports.add(
                                        new PortBinding(
                                                Binding.bindIpAndPort(
                                                        KnownProcess.LOOPBACK, outside),
                                                ExposedPort.tcp(
                                                        contained
                                                                .inside()
                                                                .getOrDefault(port, outside)))));
        return ports;
    }
}
