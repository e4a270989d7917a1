package desk.dropcopy;

import static desk.common.Waiting.get;
import static desk.common.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import desk.common.Settings;
import desk.venue.TestingClient;
import desk.venue.Venue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The recorder beside a real venue.
class DropCopyTest {
    @TempDir Path folder;

    private Venue venue;
    private DropCopy recorder;

    @BeforeEach
    void start() throws Exception {
        venue =
                new Venue(
                        new Settings(Map.of("DESK_DIR", folder.toString(), "HOUSE_TAKES", "0")),
                        false);
        recorder = recorder();
    }

    private DropCopy recorder() throws Exception {
        var started =
                new DropCopy(
                        new Settings(
                                Map.of(
                                        "DESK_DIR",
                                        folder.toString(),
                                        "FIX_PASSWORD",
                                        "a-secret-of-the-desk",
                                        "VENUE",
                                        "127.0.0.1:" + venue.fixPort())));
        until(() -> get(started.httpPort(), "/status").path("ready").asBoolean());
        return started;
    }

    @AfterEach
    void end() throws IOException {
        recorder.close();
        venue.close();
    }

    @Test
    void the_password_is_in_no_file() throws Exception {
        assertThat(filesWith("a-secret-of-the-desk")).isEmpty();
        assertThat(filesWith("N 2")).isNotEmpty(); // the numbers are
    }

    private List<Path> filesWith(String text) throws IOException {
        var found = new ArrayList<Path>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    @Test
    void it_tells_when_the_venue_accepted_the_last_order() throws Exception {
        assertThat(get(recorder.httpPort(), "/status").has("lastAcceptedAt")).isFalse();
        try (var client = client()) {
            client.order("fills", "AAA", '1', 10, "101");
            until(() -> executions() == 2);
        }

        var opened = Files.readAllLines(folder.resolve("venue/executions.jsonl")).getFirst();
        var told = get(recorder.httpPort(), "/status").path("lastAcceptedAt").asText();
        assertThat(told).hasSize("2026-01-01T00:00:00.000Z".length());
        assertThat(opened).contains("\"at\":\"" + told.substring(0, 23));
    }

    @Test
    void started_again_it_goes_on_and_has_every_execution_once() throws Exception {
        try (var client = client()) {
            client.order("before", "AAA", '1', 10, "99");
            until(() -> executions() == 1);
            var before = get(recorder.httpPort(), "/status").path("lastAcceptedAt").asText();
            recorder.close();
            client.order("meanwhile", "AAA", '1', 10, "99");
            recorder = recorder();
            until(() -> executions() == 2);

            var orders = get(recorder.httpPort(), "/open-orders");
            assertThat(orders.findValuesAsText("clOrdId")).containsExactly("before", "meanwhile");
            assertThat(get(recorder.httpPort(), "/status").path("lastAcceptedAt").asText())
                    .isGreaterThanOrEqualTo(before);
            assertThat(Files.readAllLines(folder.resolve("drop-copy/executions.jsonl"))).hasSize(2);
        }
    }

    @Test
    void its_books_are_no_second_source_while_the_venue_is_away() throws Exception {
        assertThat(get(recorder.httpPort(), "/books").has("byInstrument")).isTrue();

        venue.close();

        until(() -> get(recorder.httpPort(), "/books").has("error"));
    }

    private TestingClient client() throws Exception {
        return new TestingClient(venue.fixPort(), "DESK1", TestingClient.store()).untilLoggedOn();
    }

    private int executions() throws Exception {
        return get(recorder.httpPort(), "/status").path("lastExecId").asInt();
    }
}
