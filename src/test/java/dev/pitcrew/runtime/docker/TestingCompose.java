package dev.pitcrew.runtime.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Containers as `docker compose up` leaves them behind: with its labels, and its names.
public final class TestingCompose {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private TestingCompose() {}

    /// Starts one, and gives its id.
    public static String start(
            TestingDocker docker,
            String project,
            String service,
            String image,
            List<String> command,
            List<String> environment,
            List<String> binds) {
        return start(
                docker,
                project,
                service,
                image,
                made ->
                        made.withCmd(command)
                                .withEnv(environment)
                                .withHostConfig(
                                        HostConfig.newHostConfig()
                                                .withNetworkMode("none")
                                                .withBinds(
                                                        binds.stream().map(Bind::parse).toList())));
    }

    /// Starts one with whatever else is said of it.
    public static String start(
            TestingDocker docker,
            String project,
            String service,
            String image,
            Consumer<CreateContainerCmd> more) {
        return docker.engine()
                .call(
                        LIMIT,
                        client -> {
                            var made =
                                    client.createContainerCmd(image)
                                            .withName(project + "-" + service + "-1")
                                            .withLabels(
                                                    Map.of(
                                                            "com.docker.compose.project", project,
                                                            "com.docker.compose.service", service,
                                                            "com.docker.compose.config-hash",
                                                                    "a1b2",
                                                            "com.docker.compose.container-number",
                                                                    "1",
                                                            "com.docker.compose.oneoff", "False"));
                            more.accept(made);
                            var id = made.exec().getId();
                            client.startContainerCmd(id).exec();
                            return id;
                        })
                .orThrow();
    }

    /// One in a network of the project, as a service of Compose has it.
    ///
    /// @param ports outside by inside; 0: one that is free
    /// @param health a command; empty: no check
    public static String serve(
            TestingDocker docker,
            String project,
            String service,
            String image,
            List<String> command,
            List<String> environment,
            List<String> binds,
            Map<Integer, Integer> ports,
            List<String> health) {
        return start(
                docker,
                project,
                service,
                image,
                made -> {
                    made.withCmd(command)
                            .withEnv(environment)
                            .withAliases(service)
                            .withExposedPorts(
                                    ports.keySet().stream().map(ExposedPort::tcp).toList())
                            .withHostConfig(
                                    HostConfig.newHostConfig()
                                            .withNetworkMode(project + "_default")
                                            .withRestartPolicy(RestartPolicy.unlessStoppedRestart())
                                            .withBinds(binds.stream().map(Bind::parse).toList())
                                            .withPortBindings(
                                                    ports.entrySet().stream()
                                                            .map(TestingCompose::published)
                                                            .toList()));
                    if (!health.isEmpty()) {
                        made.withHealthcheck(
                                new HealthCheck()
                                        .withTest(
                                                Stream.concat(Stream.of("CMD"), health.stream())
                                                        .toList())
                                        .withInterval(200_000_000L)
                                        .withTimeout(2_000_000_000L)
                                        .withRetries(3));
                    }
                });
    }

    private static PortBinding published(Map.Entry<Integer, Integer> port) {
        return new PortBinding(
                port.getValue() == 0
                        ? Ports.Binding.empty()
                        : Ports.Binding.bindPort(port.getValue()),
                ExposedPort.tcp(port.getKey()));
    }

    /// The network that all of a project's services are in.
    public static void network(TestingDocker docker, String project) {
        docker.engine()
                .call(
                        LIMIT,
                        client -> client.createNetworkCmd().withName(project + "_default").exec())
                .orThrow();
    }

    /// Takes it away.
    public static void removeNetwork(TestingDocker docker, String project) {
        docker.engine().call(LIMIT, client -> client.removeNetworkCmd(project + "_default").exec());
    }

    /// Takes a volume of a project away, once nobody has it mounted.
    public static void removeVolume(TestingDocker docker, String project, String name) {
        docker.engine().call(LIMIT, client -> client.removeVolumeCmd(project + "_" + name).exec());
    }

    /// `docker update --memory`, with no swap beside it.
    public static void limit(TestingDocker docker, String id, long bytes) {
        docker.engine()
                .call(
                        LIMIT,
                        client ->
                                client.updateContainerCmd(id)
                                        .withMemory(bytes)
                                        .withMemorySwap(bytes)
                                        .exec())
                .orThrow();
    }

    /// `docker kill`.
    public static void kill(TestingDocker docker, String id) {
        docker.engine().call(LIMIT, client -> client.killContainerCmd(id).exec());
    }

    /// Ends it.
    public static void remove(TestingDocker docker, String id) {
        docker.engine().call(LIMIT, client -> client.removeContainerCmd(id).withForce(true).exec());
    }
}
