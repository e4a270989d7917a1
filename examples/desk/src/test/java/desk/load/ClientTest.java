package desk.load;

import static org.assertj.core.api.Assertions.assertThat;

import desk.common.Http;
import desk.common.Http.Call;
import desk.common.Http.Reply;
import desk.common.HttpConnection;
import desk.common.Json;
import desk.common.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One client of the load, against a gateway that says what the test wants.
class ClientTest {
    private static final long INTERVAL_NANOS = 5_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private volatile int answer = 202;
    private volatile String state = "OPEN";
    private volatile Duration slow = Duration.ZERO;
    private volatile long perLook = Long.MAX_VALUE;
    private Http gateway;

    @BeforeEach
    void serve() throws IOException {
        gateway =
                new Http(0)
                        .post("/orders", this::take)
                        .get("/orders", this::page)
                        .get("/orders/*", _ -> order())
                        .start();
    }

    @AfterEach
    void end() {
        gateway.close();
    }

    private Reply take(Call call) {
        var id = call.json().path("clientOrderId").asText();
        var now = answer;
        if (now == 202 && !taken.contains(id)) {
            taken.add(id);
        }
        asked.add(id);
        return Reply.of(now, "{}");
    }

    private Reply order() {
        LockSupport.parkNanos(slow.toNanos());
        return Reply.ok(Map.of("state", state));
    }

    /// Every order that was taken is filled.
    private Reply page(Call call) {
        var after = Long.parseLong(call.query().get("after"));
        var events = new ArrayList<Map<String, Object>>();
        for (var id : taken.stream().skip(after).limit(perLook).toList()) {
            events.add(Map.of("seq", after + events.size() + 1, "id", id, "event", "FILLED"));
        }
        return Reply.ok(Map.of("events", events));
    }

    @Test
    void each_order_has_an_id_of_its_own_and_is_written_down_with_all_that_was_told()
            throws Exception {
        run(() -> asked.size() >= 5);

        assertThat(asked).doesNotHaveDuplicates();
        for (var id : asked) {
            assertThat(eventsOf(id)).startsWith("SENT", "ACKNOWLEDGED").contains("FILLED");
        }
    }

    @Test
    void an_order_that_got_no_answer_is_repeated_under_its_id() throws Exception {
        answer = 503;
        run(
                () -> {
                    answer = asked.size() > 3 ? 202 : 503;
                    return asked.size() > 10;
                });

        var repeated = asked.getFirst();
        assertThat(asked.stream().filter(repeated::equals).count()).isGreaterThan(1);
        assertThat(eventsOf(repeated)).startsWith("SENT", "ACKNOWLEDGED");
        assertThat(eventsOf(repeated)).filteredOn("SENT"::equals).hasSize(1);
    }

    @Test
    void a_client_listens_on_for_as_long_as_it_is_told_something_new() throws Exception {
        state = "SENDING";
        perLook = 1;

        run(() -> asked.size() >= 8, Duration.ofSeconds(2));

        for (var id : asked) {
            assertThat(eventsOf(id)).endsWith("FILLED");
        }
    }

    @Test
    void to_ask_for_many_orders_keeps_no_client_from_hearing_of_them() throws Exception {
        state = "SENDING";
        slow = Duration.ofMillis(200);
        perLook = 4;

        run(() -> asked.size() >= 20, Duration.ofSeconds(2));

        assertThat(asked).allSatisfy(id -> assertThat(eventsOf(id)).endsWith("FILLED"));
    }

    @Test
    void a_client_that_is_told_nothing_goes() throws Exception {
        state = "SENDING";
        perLook = 0;

        run(() -> asked.size() >= 3, Duration.ofSeconds(1));

        for (var id : asked) {
            assertThat(eventsOf(id)).endsWith("ACKNOWLEDGED");
        }
    }

    @Test
    void what_a_killed_desk_still_refuses_at_the_end_is_written_down_as_refused() throws Exception {
        answer = 423;

        run(() -> asked.size() >= 3);

        for (var id : asked.stream().distinct().toList()) {
            assertThat(eventsOf(id)).isEqualTo(List.of("SENT", "REFUSED"));
        }
    }

    private void run(BooleanSupplier stopped) throws IOException {
        run(stopped, PATIENCE);
    }

    private void run(BooleanSupplier stopped, Duration patience) throws IOException {
        var file = folder.resolve("client-1.jsonl");
        try (var connection = new HttpConnection("http://127.0.0.1:" + gateway.port(), PATIENCE);
                var lines = JsonLines.open(file)) {
            new Client("client-1", "run", connection, lines, new Totals(0), new Random(1))
                    .run(INTERVAL_NANOS, 0, stopped, patience);
        }
    }

    private List<String> eventsOf(String id) throws IOException {
        return Files.readAllLines(folder.resolve("client-1.jsonl")).stream()
                .map(Json::parse)
                .filter(line -> line.path("id").asText().equals(id))
                .map(line -> line.path("event").asText())
                .toList();
    }
}
