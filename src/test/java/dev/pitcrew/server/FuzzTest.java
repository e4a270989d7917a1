package dev.pitcrew.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests made up from the API's own document, right ones and wrong ones, by seeds; `-Dseed=N` replays one. None may end in a fault, or
/// show a stack or a secret.
@Tag("real")
class FuzzTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int SEEDS = 24;
    private static final int REQUESTS = 60;
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
    void no_request_ends_in_a_fault_or_tells_a_secret() {
        var only = Long.getLong("seed");
        for (long seed = 1; seed <= SEEDS; seed++) {
            if (only == null || only == seed) {
                play(seed);
            }
        }
        desk.await(
                "the controller to go on",
                () -> desk.get("/v1/status", desk.ann).statusCode() == 200);
    }

    private void play(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < REQUESTS; i++) {
            var asked = ask(random);
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
        }
    }

    private record AskedFor(String what, HttpResponse<String> answer) {}

    private AskedFor ask(Random random) {
        var paths = new ArrayList<>(document.path("paths").properties());
        var path = paths.get(random.nextInt(paths.size()));
        var operations = new ArrayList<>(path.getValue().properties());
        var operation = operations.get(random.nextInt(operations.size()));
        var address = new StringBuilder(path.getKey());
        if (path.getKey().equals("/v1/stream")) {
            address.append('s'); // the real one never ends
        }
        var index = address.indexOf("{index}");
        if (index >= 0) {
            address.replace(index, index + "{index}".length(), encoded(number(random)));
        }
        var separator = "?";
        for (var parameter : operation.getValue().path("parameters")) {
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
                random.nextInt(8) == 0
                        ? List.of("PUT", "DELETE", "OPTIONS", "PATCH").get(random.nextInt(4))
                        : operation.getKey().toUpperCase(Locale.ROOT);
        var body =
                operation.getValue().has("requestBody") ? body(operation.getValue(), random) : "";
        request.method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        request.header("Authorization", "Bearer " + (random.nextInt(20) == 0 ? "x" : desk.ann));
        if (random.nextInt(10) == 0) {
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
