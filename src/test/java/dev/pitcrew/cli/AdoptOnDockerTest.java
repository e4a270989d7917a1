package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.runtime.docker.TestingCompose;
import dev.pitcrew.runtime.docker.TestingDocker;
import dev.pitcrew.server.Api;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `pitcrew adopt` with a real engine, and containers as Compose leaves them behind.
@Tag("real")
class AdoptOnDockerTest {
    private static final String COMPOSE =
            """
            name: adopted
            services:
              gateway:
                image: adopted:1
                command: [sleep, "1000"]
                environment: {MODE: live, DB_PASSWORD: "${DB_PASSWORD}"}
                volumes: ["./conf:/conf:ro"]
                healthcheck: {test: [CMD, "true"]}
              strategy:
                image: adopted:1
                command: [sleep, "1000"]
                healthcheck: {test: [CMD, "true"]}
            """;

    @TempDir private Path folder;

    private record Said(int code, String out, String err) {}

    @Test
    void a_project_that_runs_is_held_against_its_files_and_goes_on_untouched() throws IOException {
        var docker = TestingDocker.shared();
        docker.tiny("adopted:1");
        Files.createDirectory(folder.resolve("conf"));
        Files.writeString(folder.resolve(".env"), "DB_PASSWORD=hunter2\n");
        var file = Files.writeString(folder.resolve("docker-compose.yml"), COMPOSE);
        var gateway =
                TestingCompose.start(
                        docker,
                        "adopted",
                        "gateway",
                        "adopted:1",
                        List.of("sleep", "999"),
                        List.of("MODE=live", "DB_PASSWORD=hunter3"),
                        List.of(folder.resolve("conf") + ":/conf:rw"));
        var stranger =
                TestingCompose.start(
                        docker,
                        "adopted",
                        "worker",
                        "adopted:1",
                        List.of("sleep", "1000"),
                        List.of(),
                        List.of());
        try {
            var before = docker.engine().container(gateway).orThrow();

            var said = adopt(docker, file, "json");

            var result = Api.json().readTree(said.out());
            assertThat(said.code()).isEqualTo(ExitCode.REFUSED.code());
            assertThat(result.path("services").path(0).path("differences").valueStream())
                    .extracting(
                            one -> one.path("aspect").asText() + " " + one.path("name").asText())
                    .map(String::strip)
                    .containsExactly("COMMAND", "ENVIRONMENT DB_PASSWORD", "MOUNTS /conf");
            assertThat(result.path("services").path(1).path("containers")).isEmpty();
            assertThat(result.path("strangers").valueStream().map(JsonNode::asText))
                    .containsExactly("adopted-worker-1");
            assertThat(said.out()).doesNotContain("hunter");
            assertThat(adopt(docker, file, "text").out())
                    .contains("adopted-gateway-1", "differ from the files")
                    .doesNotContain("hunter");
            var after = docker.engine().container(gateway).orThrow();
            assertThat(after.state()).isEqualTo(before.state());
            assertThat(docker.engine().containers(Map.of()).orThrow()).contains(stranger);
        } finally {
            TestingCompose.remove(docker, gateway);
            TestingCompose.remove(docker, stranger);
        }
    }

    @Test
    void what_runs_as_the_files_say_is_0_and_nothing_of_it_is_1_with_the_nearest_name()
            throws IOException {
        var docker = TestingDocker.shared();
        docker.tiny("adopted:1");
        var file =
                Files.writeString(
                        folder.resolve("docker-compose.yml"),
                        """
                        name: alike
                        services:
                          strategy:
                            image: adopted:1
                            command: [sleep, "1000"]
                            healthcheck: {test: [CMD, "true"]}
                        """);
        var id =
                TestingCompose.start(
                        docker,
                        "alike",
                        "strategy",
                        "adopted:1",
                        List.of("sleep", "1000"),
                        List.of(),
                        List.of());
        try {
            var alike = adopt(docker, file, "text");
            assertThat(alike.out()).contains("it runs as the files say, and nothing is in the way");
            assertThat(alike.code()).isEqualTo(ExitCode.OK.code());

            Files.writeString(file, Files.readString(file).replace("name: alike", "name: alikes"));
            var none = adopt(docker, file, "text");
            assertThat(none.err()).contains("did you mean 'alike'?");
            assertThat(none.code()).isEqualTo(ExitCode.REFUSED.code());
        } finally {
            TestingCompose.remove(docker, id);
        }
    }

    @Test
    void an_engine_that_is_not_there_is_3() throws IOException {
        var file = Files.writeString(folder.resolve("docker-compose.yml"), COMPOSE);

        var said = run(file, "text", "unix://" + folder.resolve("nobody"));

        assertThat(said.err()).contains("can't be reached");
        assertThat(said.code()).isEqualTo(ExitCode.FAILED.code());
    }

    private Said adopt(TestingDocker docker, Path file, String format) {
        return run(file, format, "unix://" + docker.socket());
    }

    private Said run(Path file, String format, String engine) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code =
                Main.run(
                                new PrintWriter(out),
                                new PrintWriter(err),
                                "adopt",
                                file.toString(),
                                "--file",
                                folder.resolve("pitcrew.yaml").toString(),
                                "--engine",
                                engine,
                                "--format",
                                format)
                        .code();
        return new Said(code, out.toString(), err.toString());
    }
}
