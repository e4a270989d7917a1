package dev.pitcrew.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests made up from the API's own document, right ones and wrong ones, by seeds; `-Dseed=N` replays one, `-Dfuzz=N` plays so many. None
/// may end in a fault, or show a stack or a secret.
@Tag("real")
class FuzzTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int SEEDS = 24;
    private static final int REQUESTS = 60;
    private static final String STREAM = "/v1/stream";
    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "gateway",
                    "books",
                    "1",
                    "9",
                    "r1",
                    "00000000",
                    "*",
                    "../../etc/passwd",
                    "1/../../1",
                    "${env.DESK_SECRET}",
                    "'; drop table entries; --",
                    "<script>alert(1)</script>",
                    "two\nlines",
                    "nul\u0000",
                    "ねこ \uD83D\uDE80",
                    "lone \uD83D",
                    "x".repeat(5_000));

    @TempDir Path folder;
    private ServedDesk desk;
    private JsonNode document;
    private final Set<String> reached = new TreeSet<>();

    @BeforeEach
    void open() throws Exception {
        desk = new ServedDesk(folder);
        document = JSON.readTree(desk.send(desk.request("/openapi.json")).body());
    }

    @AfterEach
    void close() throws Exception {
        desk.close();
    }

    @Test
    void no_request_ends_in_a_fault_or_tells_a_secret_and_every_route_is_reached() {
        var only = Long.getLong("seed");
        long first = only == null ? 1 : only;
        long last = only == null ? Long.getLong("fuzz", SEEDS) : only;
        for (long seed = first; seed <= last; seed++) {
            play(seed);
        }

        assertThat(reached).isEqualTo(operations());
        desk.await(
                "the controller to go on",
                () -> desk.get("/v1/status", desk.ann).statusCode() == 200);
    }

    @Test
    void the_stream_is_reached_too_and_ends_when_nobody_listens() throws Exception {
        var request =
                desk.request("/v1/stream").header("Authorization", "Bearer " + desk.ann).build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, BodyHandlers.ofInputStream());
            try (var lines = answer.body()) {
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(lines.read()).isNotEqualTo(-1);
            }
            http.shutdownNow();
        }
    }

    /// All that the document has, such as `post /v1/freeze`, but for the stream, which never ends.
    private Set<String> operations() {
        var all = new TreeSet<String>();
        for (var path : document.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                all.add(operation.getKey() + " " + path.getKey());
            }
        }
        all.remove("get " + STREAM);
        return all;
    }

    /// Each operation once, and then any of them.
    private void play(long seed) {
        var random = new Random(seed);
        var all = List.copyOf(operations());
        for (int i = 0; i < all.size() + REQUESTS; i++) {
            var isInTurn = i < all.size();
            var operation = all.get(isInTurn ? i : random.nextInt(all.size()));
            var asked = ask(operation.split(" ", 2), isInTurn, random);
            var said = "seed %d, request %d: %s".formatted(seed, i, asked.what());
            var answer = asked.answer();
            assertThat(answer.statusCode()).as(said + " " + answer.body()).isLessThan(500);
            assertThat(answer.body())
                    .as(said)
                    .doesNotContain(
                            "Exception",
                            "\tat ",
                            "dev.pitcrew",
                            ServedDesk.SECRET,
                            desk.ann,
                            desk.bob);
            assertThat(answer.headers().firstValue("Content-Type")).as(said).isPresent();
            // Whoever gets no further than the door has not reached it.
            if (isInTurn && !List.of(401, 403, 405, 415, 429).contains(answer.statusCode())) {
                reached.add(operation);
            }
        }
    }

    private record AskedFor(String what, HttpResponse<String> answer) {}

    /// @param operation method and path, as the document has them
    /// @param isByTheBook whether method and token are right
    private AskedFor ask(String[] operation, boolean isByTheBook, Random random) {
        var path = operation[1];
        var told = document.path("paths").path(path).path(operation[0]);
        var address = new StringBuilder(path);
        var index = address.indexOf("{index}");
        if (index >= 0) {
            address.replace(index, index + "{index}".length(), encoded(number(random)));
        }
        var separator = "?";
        for (var parameter : told.path("parameters")) {
            var name = parameter.path("name").asText();
            if (parameter.path("in").asText().equals("query") && random.nextInt(3) > 0) {
                // Nobody waits here for what never comes.
                var value = name.equals("wait") ? "0" : number(random);
                address.append(separator).append(name).append('=').append(encoded(value));
                separator = "&";
            }
        }
        var request = desk.request(address.toString());
        var method =
                !isByTheBook && random.nextInt(8) == 0
                        ? List.of("PUT", "DELETE", "OPTIONS", "PATCH").get(random.nextInt(4))
                        : operation[0].toUpperCase(Locale.ROOT);
        var body = told.has("requestBody") ? body(told, random) : "";
        request.method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        var isKnown = isByTheBook || random.nextInt(20) > 0;
        request.header("Authorization", "Bearer " + (isKnown ? desk.ann : "x"));
        if (!isByTheBook && random.nextInt(10) == 0) {
            request.header("Content-Type", random.nextBoolean() ? "text/xml" : "application/json");
        }
        return new AskedFor(method + " " + address + " " + body, desk.send(request));
    }

    private static String number(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> "-1";
            case 1 -> "0";
            case 2 -> String.valueOf(Long.MAX_VALUE);
            case 3 -> String.valueOf(Long.MIN_VALUE);
            case 4 -> "18446744073709551616";
            case 5 -> TEXTS.get(random.nextInt(TEXTS.size() - 1));
            case 6 -> "1e3";
            default -> String.valueOf(random.nextInt(20));
        };
    }

    private String body(JsonNode operation, Random random) {
        var odd =
                List.of(
                        "{",
                        "[1, 2]",
                        "null",
                        "{\"service\": {\"deep\": " + "[".repeat(2_000) + "]".repeat(2_000) + "}}");
        var which = random.nextInt(12);
        if (which < odd.size()) {
            return odd.get(which);
        }
        var reference = operation.at("/requestBody/content/application~1json/schema/$ref").asText();
        var schema = document.at(reference.substring(1));
        ObjectNode body = JSON.createObjectNode();
        for (var one : schema.path("properties").properties()) {
            if (random.nextInt(3) > 0) {
                body.set(one.getKey(), value(one.getValue(), random));
            }
        }
        if (body.path("service").asText().equals("gateway")) {
            body.put("plan", true); // nothing is started for it
        }
        return body.toString();
    }

    private static JsonNode value(JsonNode schema, Random random) {
        var type =
                schema.has("anyOf")
                        ? schema.path("anyOf").path(0).path("type").asText()
                        : schema.path("type").asText();
        if (random.nextInt(10) == 0) {
            type = List.of("string", "boolean", "array", "null").get(random.nextInt(4));
        }
        var factory = JSON.getNodeFactory();
        return switch (type) {
            case "boolean" -> factory.booleanNode(random.nextBoolean());
            case "array" -> factory.arrayNode().add(text(random)).add(text(random));
            case "null" -> factory.nullNode();
            default -> factory.textNode(text(random));
        };
    }

    private static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
