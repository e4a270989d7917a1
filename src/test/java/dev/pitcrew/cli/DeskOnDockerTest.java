package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.cli.VerbDesk.Done;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.TestingService;
import dev.pitcrew.runtime.docker.DockerProcesses;
import dev.pitcrew.runtime.docker.Owner;
import dev.pitcrew.runtime.docker.TestingDocker;
import dev.pitcrew.runtime.process.KnownProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A small desk in containers is operated by the verbs alone.
@Tag("real")
class DeskOnDockerTest {
    private static final Owner OWNER = new Owner("small", "demo");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private TestingDocker docker;
    private VerbDesk desk;
    private String container;

    @BeforeEach
    void write() throws Exception {
        docker = TestingDocker.shared();
        var code = TestingService.class.getProtectionDomain().getCodeSource().getLocation();
        Files.createDirectories(folder.resolve("data"));
        container =
                "container: {image: \"desk:${version}\", stopGrace: 1s, mounts: [%s, %s, %s]}"
                        .formatted(
                                mount(Path.of(System.getProperty("java.home")), true),
                                mount(Path.of(code.toURI()), true),
                                mount(folder, false));
        desk = desk("stop-start", container);
    }

    private VerbDesk desk(String strategy, String container) throws Exception {
        return new VerbDesk(
                folder,
                text ->
                        text.replace("artifact: [\"versions/${version}.conf\"]", container)
                                .replaceFirst("strategy: stop-start", "strategy: " + strategy)
                                .replace(
                                        "demo: {kind",
                                        "demo: {runtime: docker, engine: \"unix://%s\", kind"
                                                .formatted(docker.socket())));
    }

    private static String mount(Path path, boolean isReadOnly) {
        return "{folder: \"%s\", at: \"%s\", readOnly: %s}".formatted(path, path, isReadOnly);
    }

    @AfterEach
    void end() throws Exception {
        if (desk != null) {
            desk.close();
            docker.clean(OWNER);
        }
    }

    @Test
    void it_comes_up_changes_its_version_goes_back_and_comes_down() throws Exception {
        var first = docker.java("desk:1");
        var second = docker.java("desk:2");
        assertThat(first).isNotEqualTo(second);

        good("up");
        assertThat(living()).containsExactly("books-1", "gateway-1");
        assertThat(docker.imageOf(OWNER, "gateway-1")).isEqualTo(first);
        assertThat(good("status").out()).contains("gateway-1");

        good("deploy", "gateway", "2", "--wait");
        var next = gateway();
        assertThat(docker.imageOf(OWNER, next)).isEqualTo(second);

        good("rollback", "gateway");
        Awaiting.until("the way back", LIMIT, () -> isServedBy(first), this::said);
        assertThat(good("logs", "gateway").out()).isNotNull();

        desk.open(0);
        Awaiting.until(
                "the end of the change, and then of all",
                LIMIT,
                () -> desk.run("down").end() == ExitCode.OK,
                this::said);
        assertThat(living()).isEmpty();
        good("ledger", "verify");
    }

    @Test
    void a_handoff_has_two_versions_side_by_side_and_keeps_the_last_good_one() throws Exception {
        desk = desk("handoff, hold: {limit: 3s}, keepWarm: 1h", container);
        var first = docker.java("desk:1");
        var second = docker.java("desk:2");
        good("up");

        good("deploy", "gateway", "2", "--wait");

        var images =
                living().stream()
                        .filter(one -> one.startsWith("gateway"))
                        .map(one -> docker.imageOf(OWNER, one))
                        .toList();
        assertThat(images).as(this::said).containsExactlyInAnyOrder(first, second);
        good("ledger", "verify");
    }

    @Test
    void an_image_that_is_not_there_is_refused_before_anything_changes() throws Exception {
        docker.java("desk:1");
        good("up");

        var refused = desk.run("deploy", "gateway", "9");

        assertThat(refused.end()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.err()).contains("has no image desk:9");
        assertThat(living()).containsExactly("books-1", "gateway-1");
    }

    private boolean isServedBy(String image) {
        return living().stream()
                .filter(one -> one.startsWith("gateway"))
                .allMatch(one -> docker.imageOf(OWNER, one).equals(image));
    }

    private String said() {
        try {
            return desk.run("status").out() + desk.log();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String gateway() {
        return living().stream().filter(one -> one.startsWith("gateway")).findFirst().orElseThrow();
    }

    private List<String> living() {
        return new DockerProcesses(docker.engine(), OWNER)
                .known().stream()
                        .filter(one -> !one.state().dead())
                        .map(KnownProcess::instance)
                        .toList();
    }

    private Done good(String... words) throws Exception {
        var done = desk.run(words);
        assertThat(done.end()).as("%s %s", done, desk.log()).isEqualTo(ExitCode.OK);
        return done;
    }
}
