package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.runtime.docker.StallingProxy;
import dev.pitcrew.runtime.docker.TestingDocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the start of a controller waits for where its instances are containers.
class EngineWaitTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(1);

    @TempDir private Path folder;
    private Path socket;
    private TradingSystem system;

    @BeforeEach
    void write() throws IOException {
        socket = folder.resolve("engine");
        var file =
                Files.writeString(
                        folder.resolve("pitcrew.yaml"),
                        """
                        system: small
                        services:
                          quotes:
                            role: stateless
                            container: {image: "quotes:1"}
                            command: ["true"]
                            rollout: {strategy: stop-start}
                        environments:
                          demo: {kind: demo, approval: none, runtime: docker, engine: "unix://%s"}
                          bare: {kind: demo, approval: none}
                        """
                                .formatted(socket));
        system =
                switch (SystemFile.read(file)) {
                    case Read.Good<TradingSystem>(var good) -> good;
                    case Read.Bad<TradingSystem>(var problems) ->
                            throw new AssertionError(problems);
                };
    }

    @Test
    @Tag("real")
    void an_engine_that_answers_late_is_waited_for_and_that_is_said_once() throws IOException {
        var docker = TestingDocker.shared();
        try (var engine = new StallingProxy(socket, docker.socket())) {
            engine.stall();
            var said = new ArrayList<String>();

            await(
                    "demo",
                    LONG,
                    line -> {
                        said.add(line);
                        engine.resume();
                    });

            assertThat(said).hasSize(1);
            assertThat(said.getFirst())
                    .startsWith("waiting for the Docker engine, 30 s at most: ")
                    .contains(socket + " gave no answer within 2000 ms");
        }
    }

    @Test
    void an_engine_that_never_answers_is_given_up_with_what_to_look_at() {
        assertThatThrownBy(() -> await("demo", SHORT, _ -> {}))
                .isInstanceOf(OperationFailed.class)
                .hasMessageStartingWith(
                        "the Docker engine at unix://%s did not say within 0 s what runs: "
                                .formatted(socket))
                .hasMessageEndingWith(
                        "; see whether `docker --host unix://%s ps` answers".formatted(socket));
    }

    @Test
    void where_instances_are_processes_nobody_is_waited_for() throws IOException {
        List<String> said = new ArrayList<>();

        await("bare", LONG, said::add);

        assertThat(said).isEmpty();
    }

    private void await(String environment, Duration limit, Consumer<String> said)
            throws IOException {
        DockerRuntime.await(system, system.environment(environment), folder, Map.of(), limit, said);
    }
}
