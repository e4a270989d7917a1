package desk.entry;

import static org.assertj.core.api.Assertions.assertThat;

import desk.common.Http;
import desk.common.Http.Reply;
import desk.common.Json;
import desk.common.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The order-entry front before a gateway that says what the test wants.
class EntryTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir private Path folder;
    private final AtomicReference<String> asked = new AtomicReference<>("");
    private volatile int status = 202;
    private Http gateway;
    private Http entry;

    @BeforeEach
    void serve() throws Exception {
        gateway =
                new Http(0)
                        .post(
                                "/orders",
                                call -> answered(call.exchange().getRequestURI(), call.body()))
                        .post(
                                "/orders/*",
                                call -> answered(call.exchange().getRequestURI(), call.body()))
                        .get("/orders", call -> answered(call.exchange().getRequestURI(), ""))
                        .start();
        entry = start("version=1\n");
    }

    private Http start(String version) throws Exception {
        var file = folder.resolve("version.conf");
        Files.writeString(file, version);
        return Entry.start(
                new Settings(
                        Map.of(
                                "INSTANCE",
                                "entry-1",
                                "VERSION_FILE",
                                file.toString(),
                                "GATEWAY",
                                "http://127.0.0.1:" + gateway.port())));
    }

    private Reply answered(URI uri, String body) {
        asked.set(uri + " " + body);
        return Reply.of(status, Json.object().put("id", "c-1"));
    }

    @AfterEach
    void end() {
        entry.close();
        gateway.close();
    }

    @Test
    void what_clients_say_reaches_the_gateway_and_its_answer_them() throws Exception {
        var answer = post("/orders", "{\"client\":\"c\"}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"id\":\"c-1\"}");
        assertThat(asked).hasValue("/orders {\"client\":\"c\"}");
        assertThat(post("/orders/c-1/cancel", "").statusCode()).isEqualTo(202);
        assertThat(asked).hasValue("/orders/c-1/cancel ");
        assertThat(get("/orders?client=c&after=3").statusCode()).isEqualTo(202);
        assertThat(asked).hasValue("/orders?client=c&after=3 ");
    }

    @Test
    void without_a_gateway_nobody_knows_and_the_client_may_ask_again() throws Exception {
        gateway.close();

        var answer = post("/orders", "{}");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void it_counts_orders_rejects_and_how_long_each_took() throws Exception {
        post("/orders", "{}");
        status = 400;
        post("/orders", "{}");
        post("/orders/c-1/cancel", "");

        var metrics = get("/metrics").body();

        assertThat(metrics)
                .contains("orders_total{instance=\"entry-1\",version=\"1\"} 2\n")
                .contains("orders_rejected_total{instance=\"entry-1\",version=\"1\"} 1\n")
                .contains(
                        "order_ack_seconds_bucket{instance=\"entry-1\",version=\"1\",le=\"+Inf\"} 2\n");
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + entry.port() + path);
    }
}
