package dev.pitcrew.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Secrets are planted wherever a desk has some, and then looked for on every page that a link leads to and in every answer of the API, once
/// there is something on each of them: a service that was started with them, a rollout, one that waits, a start of day and a freeze.
@Tag("real")
class SecretsTest {
    private static final Pattern LINK = Pattern.compile("href=\"(/[^\"#]*)\"");

    @TempDir Path folder;
    private ServedDesk desk;

    @BeforeEach
    void open() throws Exception {
        desk = new ServedDesk(folder);
        desk.first("books");
        desk.deploy("gateway", "1");
        desk.await(
                "the gateway to serve",
                () -> desk.controller().desk().service("gateway").keep().approved().isPresent());
        desk.ask("gateway", "2");
        desk.post("open", "{}", desk.ann);
        desk.post("freeze", "{\"reason\":\"expiry\"}", desk.ann);
    }

    @AfterEach
    void close() throws Exception {
        desk.close();
    }

    @Test
    void no_page_and_no_answer_shows_a_secret_a_token_or_a_session() {
        var cookie = logIn(desk.bob);
        var planted = new ArrayList<>(ServedDesk.SECRETS);
        planted.addAll(List.of(desk.ann, desk.bob, desk.guest));
        planted.add(cookie.substring(cookie.indexOf('=') + 1));
        planted.add(logIn(desk.ann).substring("pitcrew=".length()));

        var pages = pages(cookie, planted);
        assertThat(pages)
                .contains("/", "/rollouts", "/rollouts/r1", "/rollouts/r3", "/ledger", "/ledger/0")
                .contains("/day", "/operators", "/openapi.json", "/console.css", "/console.js");
        for (var path : readings()) {
            var answer = desk.get(path, desk.ann);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertNone(path, answer.body(), planted);
        }
        assertThat(desk.get("/v1/events", desk.ann).body()).contains("expiry");
    }

    /// All that links lead to.
    private Set<String> pages(String cookie, List<String> planted) {
        var seen = new TreeSet<String>();
        var left = new ArrayDeque<>(List.of("/", "/console.js"));
        while (!left.isEmpty()) {
            var path = left.remove();
            if (seen.add(path)) {
                var answer = desk.send(desk.request(path).header("Cookie", cookie));
                assertThat(answer.statusCode()).as(path).isEqualTo(200);
                assertNone(path, answer.body(), planted);
                LINK.matcher(answer.body()).results().forEach(one -> left.add(one.group(1)));
            }
        }
        return seen;
    }

    private List<String> readings() {
        var all = new ArrayList<String>();
        for (var route : desk.api().routes()) {
            if (route.method().equals("GET") && !route.path().equals("/v1/stream")) {
                for (long i = 0; i < (route.path().contains("{") ? entries() : 1); i++) {
                    all.add(route.path().replace("{index}", String.valueOf(i)));
                }
            }
        }
        return all;
    }

    private long entries() {
        return desk.controller().ledger().size();
    }

    private static void assertNone(String path, String body, List<String> planted) {
        for (var secret : planted) {
            assertThat(body).as(path).doesNotContain(secret);
        }
    }

    private String logIn(String token) {
        var answer =
                desk.send(desk.request("/login").POST(BodyPublishers.ofString("token=" + token)));
        return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }
}
