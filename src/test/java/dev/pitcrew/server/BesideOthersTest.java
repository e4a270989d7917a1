package dev.pitcrew.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Outside;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever asks, by whatever way: a service that others run already is not started beside them.
@Tag("real")
class BesideOthersTest {
    @TempDir private Path folder;
    private ServedDesk desk;

    @BeforeEach
    void open() throws Exception {
        desk = new ServedDesk(folder);
    }

    @AfterEach
    void close() throws Exception {
        desk.close();
    }

    @Test
    void the_api_plans_no_first_start_of_it_and_shows_no_plan_of_one() {
        desk.beside(new Outside("desk", Map.of("books", List.of("desk-books-1"))));

        for (var isPlan : List.of("false", "true")) {
            var refused =
                    desk.post(
                            "deploy",
                            "{\"service\":\"books\",\"version\":\"1\",\"reason\":\"first\",\"plan\":%s}"
                                    .formatted(isPlan),
                            desk.ann);

            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("desk-books-1", "pitcrew adopt --take");
        }
        assertThat(desk.controller().desk().service("books").rollout()).isEmpty();
        desk.ask("gateway", "1"); // of which nobody else runs anything
        assertThat(desk.controller().desk().service("gateway").rollout()).isPresent();

        desk.beside(Outside.NONE);
        desk.ask("books", "1");
        assertThat(desk.controller().desk().service("books").rollout()).isPresent();
    }
}
