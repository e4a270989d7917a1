package dev.pitcrew.runtime.docker;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
        return docker.engine()
                .call(
                        LIMIT,
                        client -> {
                            var id =
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
                                                            "com.docker.compose.oneoff", "False"))
                                            .withCmd(command)
                                            .withEnv(environment)
                                            .withHostConfig(
                                                    HostConfig.newHostConfig()
                                                            .withNetworkMode("none")
                                                            .withBinds(
                                                                    binds.stream()
                                                                            .map(Bind::parse)
                                                                            .toList()))
                                            .exec()
                                            .getId();
                            client.startContainerCmd(id).exec();
                            return id;
                        })
                .orThrow();
    }

    /// Ends it.
    public static void remove(TestingDocker docker, String id) {
        docker.engine().call(LIMIT, client -> client.removeContainerCmd(id).withForce(true).exec());
    }
}
