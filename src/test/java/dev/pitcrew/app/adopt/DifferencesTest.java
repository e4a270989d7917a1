package dev.pitcrew.app.adopt;

import static dev.pitcrew.app.adopt.TestingProject.NEW;
import static dev.pitcrew.app.adopt.TestingProject.OLD;
import static dev.pitcrew.app.adopt.TestingProject.container;
import static dev.pitcrew.app.adopt.TestingProject.found;
import static dev.pitcrew.app.adopt.TestingProject.wanted;
import static dev.pitcrew.app.adopt.TestingProject.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.adopt.Difference.Aspect;
import dev.pitcrew.model.Place;
import dev.pitcrew.runtime.docker.Container;
import dev.pitcrew.runtime.docker.Container.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DifferencesTest {
    private static final Limits NONE = new Limits(0, 0, 0);

    @TempDir private Path folder;

    @Test
    void what_runs_as_the_files_say_does_not_differ() throws IOException {
        var wanted =
                wanted(
                        folder,
                        """
                        services:
                          gateway:
                            image: gateway:1
                            command: serve --all
                            environment: {MODE: live}
                            volumes: ["./conf:/conf:ro", "data:/data", "/cache"]
                            deploy: {resources: {limits: {memory: 64M, cpus: '0.5'}}}
                        volumes: {data: {}}
                        """);
        var runs =
                with(
                        "gateway-1",
                        "gateway:1",
                        OLD,
                        List.of("serve", "--all"),
                        Map.of("MODE", "live", "PATH", "/bin"),
                        List.of(
                                mount("", folder.resolve("conf").toString(), "/conf", true),
                                mount("desk_data", "/var/x", "/data", false),
                                mount("f".repeat(64), "/var/y", "/cache", false)),
                        new Limits(64L << 20, 500_000_000, 0),
                        "a");

        assertThat(differences(wanted, found(runs, List.of("other"), OLD))).isEmpty();
    }

    @Test
    void another_image_is_told_by_its_name_and_by_what_the_name_means_by_now() throws IOException {
        var wanted = wanted(folder, "services:\n  gateway:\n    image: gateway:2\n");
        var runs = container("gateway-1", "gateway:1", OLD, List.of("serve"));

        assertThat(differences(wanted, found(runs, List.of("serve"), NEW)))
                .containsExactly(
                        difference(Aspect.IMAGE, "", "gateway:2", "gateway:1", 3, 12),
                        difference(
                                Aspect.IMAGE,
                                "",
                                "gateway:1 is by now sha256:222222222222",
                                "sha256:111111111111",
                                3,
                                12));
    }

    @Test
    void a_command_is_the_images_where_the_files_say_none_and_nothing_behind_another_entrypoint()
            throws IOException {
        var silent = wanted(folder, "services:\n  gateway:\n    image: g:1\n");
        var runs = container("gateway-1", "g:1", OLD, List.of("serve", "--token", "hunter2"));

        assertThat(differences(silent, found(runs, List.of("serve"), OLD)))
                .containsExactly(
                        difference(
                                Aspect.COMMAND,
                                "",
                                "serve with 0 arguments, #5",
                                "serve with 2 arguments, #21",
                                2,
                                3));
        var entry =
                wanted(folder, "services:\n  gateway:\n    image: g:1\n    entrypoint: [run]\n");
        var started = container("gateway-1", "g:1", OLD, List.of("run"));
        assertThat(differences(entry, found(started, List.of("serve"), OLD))).isEmpty();
    }

    @Test
    void a_variable_is_told_by_its_name_and_two_digests() throws IOException {
        var wanted =
                wanted(
                        folder,
                        """
                        services:
                          gateway:
                            image: g:1
                            environment: {PASSWORD: hunter22, GONE: x, OPEN: "${OPEN}"}
                        """);
        var runs =
                with(
                        "gateway-1",
                        "g:1",
                        OLD,
                        List.of(),
                        Map.of("PASSWORD", "hunter3", "OPEN", "1", "MORE", "12", "PATH", "/bin"),
                        List.of(),
                        NONE,
                        "a");

        var differences = differences(wanted, found(runs, List.of(), OLD));

        assertThat(differences)
                .containsExactly(
                        difference(Aspect.ENVIRONMENT, "PASSWORD", "#8", "#7", 4, 29),
                        difference(Aspect.ENVIRONMENT, "GONE", "#1", "not there", 4, 45),
                        difference(Aspect.ENVIRONMENT, "MORE", "not there", "#2", 2, 3));
        assertThat(differences.toString()).doesNotContain("hunter");
    }

    @Test
    void mounts_and_limits_are_told_one_by_one() throws IOException {
        var wanted =
                wanted(
                        folder,
                        """
                        services:
                          gateway:
                            image: g:1
                            volumes: ["./conf:/conf:ro", "data:/data"]
                            mem_limit: 64m
                        volumes: {data: {}}
                        """);
        var conf = folder.resolve("conf").toString();
        var runs =
                with(
                        "gateway-1",
                        "g:1",
                        OLD,
                        List.of(),
                        Map.of(),
                        List.of(mount("", conf, "/conf", false), mount("", "/src", "/app", false)),
                        new Limits(0, 1_000_000_000, 0),
                        "a");

        assertThat(differences(wanted, found(runs, List.of(), OLD)))
                .containsExactly(
                        difference(Aspect.MOUNTS, "/conf", conf + ", read-only", conf, 4, 15),
                        difference(Aspect.MOUNTS, "/data", "desk_data", "not there", 4, 34),
                        difference(Aspect.MOUNTS, "/app", "not there", "/src", 2, 3),
                        difference(Aspect.LIMITS, "memory", "67108864 bytes", "none", 5, 16),
                        difference(Aspect.LIMITS, "cpus", "none", "1.0", 2, 3));
    }

    @Test
    void too_few_and_containers_of_different_files_are_told() throws IOException {
        var wanted = wanted(folder, "services:\n  gateway: {image: 'g:1', scale: 3}\n");
        var one = container("gateway-1", "g:1", OLD, List.of());
        var other = with("gateway-2", "g:1", OLD, List.of(), Map.of(), List.of(), NONE, "b");

        var differences =
                Differences.of(
                        wanted,
                        List.of(found(one, List.of(), OLD), found(other, List.of(), OLD)),
                        value -> value);

        assertThat(differences)
                .extracting(Difference::aspect)
                .containsExactly(Aspect.REPLICAS, Aspect.ALIKE);
    }

    /// The digest of a test is the value's length.
    private static List<Difference> differences(Wanted wanted, Found found) {
        return Differences.of(wanted, List.of(found), value -> "#" + value.length());
    }

    private Difference difference(
            Aspect aspect, String name, String files, String runs, int line, int column) {
        return new Difference(
                "gateway-1",
                aspect,
                name,
                files,
                runs,
                new Place(folder.resolve("docker-compose.yml").toString(), line, column));
    }

    private static Container.Mount mount(
            String volume, String source, String target, boolean isReadOnly) {
        return new Container.Mount(volume, source, target, isReadOnly);
    }
}
