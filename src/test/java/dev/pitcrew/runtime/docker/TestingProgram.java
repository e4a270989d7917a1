package dev.pitcrew.runtime.docker;

import com.github.dockerjava.api.model.HostConfig;
import java.time.Duration;
import java.util.List;

/// A container of nobody's on the network of the host, such as a database that a desk leaves to others.
public final class TestingProgram implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final TestingDocker docker;
    private final String id;

    /// Starts it.
    public TestingProgram(
            TestingDocker docker, String image, List<String> command, List<String> environment) {
        this.docker = docker;
        id =
                docker.engine()
                        .call(
                                LIMIT,
                                client -> {
                                    var made =
                                            client.createContainerCmd(image)
                                                    .withCmd(command)
                                                    .withEnv(environment)
                                                    .withHostConfig(
                                                            HostConfig.newHostConfig()
                                                                    .withNetworkMode("host"))
                                                    .exec()
                                                    .getId();
                                    client.startContainerCmd(made).exec();
                                    return made;
                                })
                        .orThrow();
    }

    /// What it printed.
    public String said() {
        return String.join("\n", docker.engine().log(id, 40).orThrow());
    }

    @Override
    public void close() {
        docker.engine().call(LIMIT, client -> client.removeContainerCmd(id).withForce(true).exec());
    }
}
