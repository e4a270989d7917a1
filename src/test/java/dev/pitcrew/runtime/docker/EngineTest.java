package dev.pitcrew.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.docker.EngineAnswer.Missing;
import dev.pitcrew.runtime.docker.EngineAnswer.Silent;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class EngineTest {
    @TempDir Path folder;

    @Test
    void an_engine_says_which_it_is() {
        var version = TestingDocker.shared().engine().version().orThrow();

        assertThat(version.api()).matches("1\\.\\d+");
        assertThat(version.engine()).isNotEmpty();
    }

    @Test
    void a_container_is_found_by_its_labels_and_described() throws IOException {
        var docker = TestingDocker.shared();
        var image = docker.tiny("described:1");
        var id =
                docker.engine()
                        .call(
                                Duration.ofSeconds(10),
                                client ->
                                        client.createContainerCmd("described:1")
                                                .withName("described-1")
                                                .withLabels(Map.of("kind", "described"))
                                                .withEnv("A=1=2")
                                                .withCmd("sh", "-c", "exit 3")
                                                .withStopTimeout(7)
                                                .exec()
                                                .getId())
                        .orThrow();
        try {
            var found = docker.engine().container("described-1").orThrow();

            assertThat(docker.engine().containers(Map.of("kind", "described")).orThrow())
                    .containsExactly(id);
            assertThat(docker.engine().containers(Map.of("kind", "another")).orThrow()).isEmpty();
            assertThat(found.imageId()).isEqualTo(image);
            assertThat(found.image()).isEqualTo("described:1");
            assertThat(found.command()).containsExactly("sh", "-c", "exit 3");
            assertThat(found.environment()).containsEntry("A", "1=2");
            assertThat(found.stopGrace()).contains(Duration.ofSeconds(7));
            assertThat(found.state().status()).isEqualTo("created");
            assertThat(found.toString()).doesNotContain("1=2");
        } finally {
            docker.engine()
                    .call(
                            Duration.ofSeconds(10),
                            client -> client.removeContainerCmd(id).withForce(true).exec());
        }
    }

    @Test
    void what_is_not_there_is_missing_and_no_silence() {
        var engine = TestingDocker.shared().engine();

        assertThat(engine.container("nobody")).isInstanceOf(Missing.class);
        assertThat(engine.image("nothing:1")).isInstanceOf(Missing.class);
    }

    @Test
    void where_nobody_listens_is_silence() {
        try (var engine = Engine.at(EnginePlace.of(folder.resolve("none")))) {
            assertThat(engine.container("gateway-1")).isInstanceOf(Silent.class);
        }
    }

    @Test
    void an_engine_that_hangs_delays_nobody_beyond_the_limit() throws IOException {
        var socket = folder.resolve("hangs");
        try (var listens = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                var engine = Engine.at(EnginePlace.of(socket))) {
            listens.bind(UnixDomainSocketAddress.of(socket));
            var begun = System.nanoTime();
            for (int i = 0; i < 100; i++) { // more than it will wait for
                assertThat(engine.call(Duration.ofMillis(10), client -> client.infoCmd().exec()))
                        .isInstanceOf(Silent.class);
            }

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void a_place_is_what_docker_host_says() {
        assertThat(EnginePlace.usual(Map.of()).toString()).isEqualTo("unix:///var/run/docker.sock");
        assertThat(EnginePlace.usual(Map.of("DOCKER_HOST", "tcp://127.0.0.1:1")).toString())
                .isEqualTo("tcp://127.0.0.1:1");
    }
}
