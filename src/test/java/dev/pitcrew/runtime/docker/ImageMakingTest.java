package dev.pitcrew.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.runtime.docker.ImageMaking.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images are built and pulled by a real engine, from a real registry.
@Tag("real")
class ImageMakingTest {
    private static final String DEBIANS = "/usr/bin/docker"; // which has BuildKit by itself

    @TempDir private Path folder;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private TestingDocker docker;

    @BeforeEach
    void open() throws IOException {
        docker = TestingDocker.shared();
        docker.tiny("making-base:1");
    }

    @Test
    void a_stage_is_built_with_arguments_and_without_what_is_ignored() throws IOException {
        write(".dockerignore", "*.key\nnotes\n!notes/kept\n");
        write("venue.key", "secret");
        write("notes/lost", "1");
        write("notes/kept", "kept\n");
        var order =
                order(
                        """
                        FROM making-base:1 AS run
                        ARG LEVEL=none
                        ENV LEVEL=$LEVEL
                        COPY . /app
                        RUN cat /app/notes/kept; if [ -e /app/venue.key -o -e /app/notes/lost ]; then exit 9; fi
                        FROM run
                        COPY nowhere /
                        """,
                        Optional.of("run"));

        var id = making("docker", Duration.ofMinutes(1)).build(order);

        var image = docker.engine().image("made:1").orThrow();
        assertThat(image.id()).isEqualTo(id);
        assertThat(docker.engine().image("made-also:1").orThrow().id()).isEqualTo(id);
        assertThat(image.environment()).containsEntry("LEVEL", "loud");
        assertThat(image.labels()).containsEntry("of", "test");
        assertThat(said).anyMatch(line -> line.startsWith("Step 1/")).contains("kept");
    }

    @Test
    void a_build_that_fails_says_at_what_and_one_that_takes_too_long_is_ended() throws IOException {
        var fails = order("FROM making-base:1\nRUN exit 7\n", Optional.empty());
        var takesLong = "FROM making-base:1\nRUN sleep 60\n";

        assertThatThrownBy(() -> making("docker", Duration.ofMinutes(1)).build(fails))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        one -> assertThat(one.code()).isEqualTo(Code.NOT_BUILT))
                .hasMessageContaining("Dockerfile was not built")
                .hasMessageContaining("exit 7");
        var slow = order(takesLong, Optional.empty());
        assertThatThrownBy(() -> making("docker", Duration.ofSeconds(2)).build(slow))
                .hasMessageContaining("gave no answer within 2000 ms");
    }

    @Test
    void what_needs_buildkit_is_built_by_the_docker_command_or_refused_by_its_line()
            throws IOException {
        // A step that runs something would need a bridge, which the tests' engine has not.
        write("own", "1");
        var order = order("FROM making-base:1\nCOPY --chmod=600 own /own\n", Optional.empty());

        assertThatThrownBy(() -> making("/no/docker", Duration.ofMinutes(1)).build(order))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Dockerfile:2:6 COPY --chmod=600 needs BuildKit");
        assumeTrue(Files.isExecutable(Path.of(DEBIANS)), "there is no docker command of Debian's");
        assertThat(making(DEBIANS, Duration.ofMinutes(1)).build(order))
                .as("%s", said)
                .isEqualTo(docker.engine().image("made:1").orThrow().id());
    }

    @Test
    void a_tar_file_is_built_as_it_is_and_its_name_taken_away_again() throws Exception {
        write("context/Dockerfile", "FROM making-base:1\nENV LEVEL=tar\n");
        var tar = folder.resolve("context.tar");
        var context = folder.resolve("context").toString();
        new ProcessBuilder("tar", "-cf", tar.toString(), "-C", context, ".").start().waitFor();
        var making = making("docker", Duration.ofMinutes(1));

        var id = making.build("made:tar", tar);
        var image = docker.engine().image("made:tar");
        making.remove("made:tar");

        assertThat(image.orThrow().id()).isEqualTo(id);
        assertThat(image.orThrow().environment()).containsEntry("LEVEL", "tar");
        assertThat(docker.engine().image("made:tar")).isInstanceOf(EngineAnswer.Missing.class);
        Files.writeString(tar, "no tar file");
        assertThatThrownBy(() -> making.build("made:tar", tar))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("the Docker engine built no made:tar: ");
    }

    @Test
    void an_image_is_pulled_with_a_login_that_nobody_sees() throws IOException {
        try (var registry = new TestingRegistry(folder)) {
            var id = docker.tiny("pulled:1");
            registry.take(docker.engine(), "pulled:1");
            var name = registry.name("pulled:1");
            var making = making("docker", Duration.ofMinutes(1));

            for (var login :
                    List.of(
                            Optional.<Login>empty(),
                            Optional.of(new Login(TestingRegistry.USER, "wrong-word-9")))) {
                assertThatThrownBy(() -> making.pull(name, login))
                        .isInstanceOfSatisfying(
                                OperationFailed.class,
                                one -> assertThat(one.code()).isEqualTo(Code.NOT_PULLED))
                        .hasMessageContaining(name + " was not pulled")
                        .hasMessageNotContaining("wrong-word-9");
            }
            var login = new Login(TestingRegistry.USER, TestingRegistry.PASSWORD);
            assertThat(making.pull(name, Optional.of(login))).isEqualTo(id);

            var digest = docker.engine().image(name).orThrow().digests().getFirst();
            assertThat(making.pull(digest, Optional.of(login))).isEqualTo(id);
            assertThatThrownBy(() -> making.pull(registry.name("pulled:none"), Optional.of(login)))
                    .hasMessageContaining("pulled:none was not pulled");
            assertThat(said)
                    .anyMatch(line -> line.contains("Pulling from pulled"))
                    .noneMatch(line -> line.contains(TestingRegistry.PASSWORD));
        }
    }

    private BuildOrder order(String dockerfile, Optional<String> target) throws IOException {
        write("Dockerfile", dockerfile);
        return new BuildOrder(
                folder,
                folder.resolve("Dockerfile"),
                target,
                Map.of("LEVEL", "loud"),
                List.of("made:1", "made-also:1"),
                Map.of("of", "test"));
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private ImageMaking making(String command, Duration limit) {
        return new ImageMaking(EnginePlace.of(docker.socket()), command, limit, said::add);
    }
}
