package dev.pitcrew.app.adopt;

import static dev.pitcrew.app.adopt.TestingProject.OLD;
import static dev.pitcrew.app.adopt.TestingProject.container;
import static dev.pitcrew.app.adopt.TestingProject.found;
import static dev.pitcrew.app.adopt.TestingProject.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pitcrew.app.adopt.Obstacle.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObstaclesTest {
    @TempDir private Path folder;

    @Test
    void each_obstacle_is_told_where_it_stands() throws IOException {
        var wanted =
                wanted(
                        folder,
                        """
                        services:
                          gateway:
                            image: registry:5000/gateway
                            container_name: gw
                            ports: ["8081:80", "9000"]
                            volumes: ["./gateway:/srv", "./conf:/conf:ro"]
                        """);

        assertThat(Obstacles.of(wanted, runs()))
                .extracting(Obstacle::kind, one -> one.place().line(), one -> one.place().column())
                .containsExactly(
                        tuple(Kind.SOURCE_MOUNT, 6, 15),
                        tuple(Kind.NO_HEALTH_CHECK, 2, 3),
                        tuple(Kind.FIXED_NAME, 4, 21),
                        tuple(Kind.FIXED_PORT, 5, 13),
                        tuple(Kind.LATEST, 3, 12));
    }

    @Test
    void source_that_is_built_from_is_an_obstacle_wherever_it_is_mounted_and_settings_are_not()
            throws IOException {
        var wanted =
                wanted(
                        folder,
                        """
                        services:
                          gateway:
                            build: ./gateway
                            volumes: ["./gateway/strategies:/x", "./gateway/desk.yml:/etc/desk.yml:ro"]
                            healthcheck: {test: "true"}
                        """);

        assertThat(Obstacles.of(wanted, runs()))
                .extracting(Obstacle::kind, one -> one.place().column())
                .containsExactly(tuple(Kind.SOURCE_MOUNT, 15));
    }

    @Test
    void a_service_that_can_run_twice_and_is_asked_has_none() throws IOException {
        var wanted =
                wanted(
                        folder,
                        """
                        services:
                          gateway:
                            image: gateway@sha256:%s
                            ports: ["80"]
                            volumes: ["data:/srv"]
                            healthcheck: {test: [CMD, "true"]}
                        volumes: {data: {}}
                        """
                                .formatted("1".repeat(64)));

        assertThat(Obstacles.of(wanted, runs())).isEmpty();
    }

    @Test
    void a_health_check_that_is_switched_off_is_none() throws IOException {
        var wanted =
                wanted(
                        folder,
                        "services:\n  gateway:\n    image: g:1\n    healthcheck: {disable: true}\n");

        assertThat(Obstacles.of(wanted, runs()))
                .extracting(Obstacle::kind, one -> one.place().line())
                .containsExactly(tuple(Kind.NO_HEALTH_CHECK, 4));
    }

    private static List<Found> runs() {
        return List.of(found(container("gateway-1", "g:1", OLD, List.of()), List.of(), OLD));
    }
}
