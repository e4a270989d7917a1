package desk.venue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import desk.common.Json;
import desk.common.Settings;
import desk.common.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The venue as a broker's clients meet it.
class BrokerTest {
    private static final String RESTS = order("a", 90);

    @TempDir Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private Venue venue;

    private void start(Map<String, String> settings) throws Exception {
        var all =
                new HashMap<>(
                        Map.of("DESK_DIR", folder.toString(), "HOUSE_TAKES", "0", "REST_KEY", "k"));
        all.putAll(settings);
        venue = new Venue(new Settings(all), false);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        if (venue != null) {
            venue.close();
        }
    }

    @Test
    void an_order_is_told_by_its_clients_id_until_it_is_cancelled() throws Exception {
        start(Map.of());

        assertThat(post(RESTS).statusCode()).isEqualTo(201);
        assertThat(status("a")).isEqualTo("OPEN");
        assertThat(delete("/v1/orders?clientOrderId=a").statusCode()).isEqualTo(200);
        assertThat(status("a")).isEqualTo("CANCELLED");
        assertThat(delete("/v1/orders?clientOrderId=a").statusCode()).isEqualTo(409);
        assertThat(get("/v1/orders?clientOrderId=b").statusCode()).isEqualTo(404);
    }

    @Test
    void an_id_is_refused_while_its_order_is_open_and_makes_a_second_order_afterwards()
            throws Exception {
        start(Map.of());

        assertThat(post(RESTS).statusCode()).isEqualTo(201);
        assertThat(post(RESTS).statusCode()).isEqualTo(409);
        assertThat(post(order("b", 101)).statusCode()).isEqualTo(201);
        assertThat(status("b")).isEqualTo("FILLED");
        assertThat(post(order("b", 101)).statusCode()).isEqualTo(201);

        assertThat(executions("b", "NEW")).isEqualTo(2);
        assertThat(executions("a", "NEW")).isEqualTo(1);
    }

    @Test
    void all_open_orders_are_cancelled_at_once() throws Exception {
        start(Map.of());
        post(order("a", 90));
        post(order("b", 91));
        assertThat(Json.parse(get("/v1/orders").body())).hasSize(2);

        assertThat(delete("/v1/orders").statusCode()).isEqualTo(200);

        assertThat(Json.parse(get("/v1/orders").body())).isEmpty();
    }

    @Test
    void who_asks_too_often_is_told_when_to_come_again() throws Exception {
        start(Map.of("REST_RATE", "2"));

        var answers = List.of(get("/v1/orders"), get("/v1/orders"), get("/v1/orders"));

        assertThat(answers.stream().map(HttpResponse::statusCode)).containsExactly(200, 200, 429);
        assertThat(answers.getLast().headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void a_wrong_key_is_refused() throws Exception {
        start(Map.of("REST_KEY", "other"));

        assertThat(post(RESTS).statusCode()).isEqualTo(401);
        assertThat(venueHasOrders()).isFalse();
    }

    @Test
    void an_answer_that_never_comes_says_nothing_of_the_order() throws Exception {
        start(Map.of("REST_SILENT", "1", "REST_SEED", "1"));
        var taken = 0;
        for (var id : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
            assertThat(isUnanswered(order(id, 90))).isTrue();
            taken += get("/v1/orders?clientOrderId=" + id).statusCode() == 200 ? 1 : 0;
        }

        assertThat(taken).isBetween(1, 7);
    }

    @Test
    void who_listens_hears_of_each_execution_and_nobody_without_the_key_does() throws Exception {
        start(Map.of());
        var heard = new CopyOnWriteArrayList<String>();
        var socket =
                client.newWebSocketBuilder()
                        .header("X-Account", "REST1")
                        .header("X-Key", "k")
                        .buildAsync(stream(), new Hearing(heard))
                        .get(10, TimeUnit.SECONDS);

        post(order("a", 101));

        Waiting.until(() -> heard.size() == 2);
        assertThat(heard.stream().map(one -> Json.parse(one).path("type").asText()))
                .containsExactly("NEW", "FILLED");
        assertThat(client.newWebSocketBuilder().buildAsync(stream(), new Hearing(heard)))
                .failsWithin(Duration.ofSeconds(10));
        socket.abort();
    }

    private record Hearing(List<String> heard) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean isLast) {
            heard.add(text.toString());
            socket.request(1);
            return null;
        }
    }

    private URI stream() {
        return URI.create("ws://127.0.0.1:" + venue.streamPort() + "/v1/stream");
    }

    private static String order(String id, int price) {
        return Json.text(
                Map.of(
                        "clientOrderId",
                        id,
                        "symbol",
                        "AAA",
                        "side",
                        "BUY",
                        "quantity",
                        10,
                        "price",
                        price));
    }

    private boolean venueHasOrders() throws Exception {
        return folder.resolve("venue/executions.jsonl").toFile().length() > 0;
    }

    private long executions(String id, String type) throws Exception {
        var count = 0;
        for (JsonNode one : Json.parse(get("/v1/executions?after=0").body())) {
            count +=
                    one.path("clientOrderId").asText().equals(id)
                                    && one.path("type").asText().equals(type)
                            ? 1
                            : 0;
        }
        return count;
    }

    private String status(String id) throws Exception {
        return Json.parse(get("/v1/orders?clientOrderId=" + id).body()).path("status").asText();
    }

    private HttpResponse<String> post(String body) throws Exception {
        return send(request("/v1/orders").POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET());
    }

    private HttpResponse<String> delete(String path) throws Exception {
        return send(request(path).DELETE());
    }

    private boolean isUnanswered(String body) throws Exception {
        try {
            send(
                    request("/v1/orders")
                            .timeout(Duration.ofMillis(300))
                            .POST(BodyPublishers.ofString(body)));
            return false;
        } catch (HttpTimeoutException e) {
            return true;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + venue.restPort() + path))
                .header("X-Account", "REST1")
                .header("X-Key", "k");
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
