package desk.common;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import desk.common.Operated.Hooked;
import desk.common.Operated.SingleActive;
import desk.common.Operated.State;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every service of the desk promises its operator, over real HTTP.
class OperatorPortTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir Path folder;

    private final Recorded service = new Recorded();
    private FileTokens tokens;
    private Http http;

    @BeforeEach
    void serve() throws Exception {
        var version = Files.writeString(folder.resolve("version.conf"), "version=2\n");
        var settings =
                new Settings(
                        Map.of(
                                "INSTANCE", "strategy-1",
                                "DESK_DIR", folder.toString(),
                                "VERSION_FILE", version.toString()));
        tokens = FileTokens.of(settings, "strategy");
        http = new Http(0);
        OperatorPort.serve(http, settings, service, tokens);
        http.start();
    }

    @AfterEach
    void end() {
        http.close();
    }

    @Test
    void readiness_is_a_status_with_the_reasons() throws Exception {
        assertThat(get("/ready").statusCode()).isEqualTo(200);

        service.reasons = List.of("warming up", "no quotes");

        assertThat(get("/ready").statusCode()).isEqualTo(503);
        assertThat(get("/ready").body()).isEqualTo("warming up; no quotes\n");
    }

    @Test
    void the_status_tells_who_it_is_and_where_it_stands() throws Exception {
        tokens.take(7);

        var status = Json.parse(get("/status").body());

        assertThat(status.path("service").asText()).isEqualTo("strategy");
        assertThat(status.path("instance").asText()).isEqualTo("strategy-1");
        assertThat(status.path("version").asText()).isEqualTo("2");
        assertThat(status.path("digest").path("binary").asText()).hasSize(64);
        assertThat(status.path("state").asText()).isEqualTo("PASSIVE");
        assertThat(status.path("active").asBoolean()).isFalse();
        assertThat(status.path("highestToken").asLong()).isEqualTo(7);
        assertThat(status.path("depth").path("openOrders").asInt()).isEqualTo(3);
    }

    @Test
    void every_number_and_truth_of_the_status_is_a_metric() throws Exception {
        var labels = "{service=\"strategy\",instance=\"strategy-1\",version=\"2\"}";

        assertThat(get("/metrics").body().lines())
                .contains(
                        "desk_ready" + labels + " 1",
                        "desk_active" + labels + " 0",
                        "desk_depth_open_orders" + labels + " 3")
                .allMatch(line -> line.matches("[a-z0-9_]+\\{[^}]*} [-0-9.]+"));
    }

    @Test
    void an_activation_needs_a_newer_token_unless_it_is_the_same_one_again() throws Exception {
        assertThat(hook("activate", 5).statusCode()).isEqualTo(200);
        assertThat(hook("activate", 5).statusCode()).isEqualTo(200);
        assertThat(hook("activate", 4).statusCode()).isEqualTo(409);

        assertThat(service.calls).containsExactly("activate 5", "activate 5");
    }

    @Test
    void a_token_that_another_instance_took_activates_nobody_else() throws Exception {
        tokens.takeNewer(5); // as another instance would, in the file that all share

        assertThat(hook("activate", 5).statusCode()).isEqualTo(409);
        assertThat(service.calls).isEmpty();
    }

    @Test
    void an_older_token_is_refused_with_the_highest_and_changes_nothing() throws Exception {
        tokens.take(9);

        for (var name : List.of("drain", "deactivate", "activate", "rearm")) {
            var refusal = hook(name, 8);
            assertThat(refusal.statusCode()).as(name).isEqualTo(409);
            assertThat(Json.parse(refusal.body()).path("highestToken").asLong()).isEqualTo(9);
        }
        assertThat(service.calls).isEmpty();
    }

    @Test
    void to_drain_or_to_deactivate_the_same_token_is_enough() throws Exception {
        tokens.take(9);

        assertThat(hook("drain", 9).statusCode()).isEqualTo(202);
        assertThat(hook("deactivate", 9).statusCode()).isEqualTo(200);
        assertThat(service.calls).containsExactly("drain 9 HAND_OVER", "deactivate 9");
    }

    @Test
    void a_drain_says_what_becomes_of_open_orders() throws Exception {
        assertThat(drain("wait").statusCode()).isEqualTo(202);
        assertThat(drain("cancel").statusCode()).isEqualTo(202);
        assertThat(drain("whatever").statusCode()).isEqualTo(400);

        assertThat(service.calls).containsExactly("drain 9 WAIT", "drain 9 CANCEL");
    }

    private HttpResponse<String> drain(String open) throws Exception {
        var request =
                HttpRequest.newBuilder(at("/hooks/drain"))
                        .POST(BodyPublishers.noBody())
                        .header("Pitcrew-Token", "9")
                        .header("Pitcrew-Drain", open);
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void a_latched_service_is_not_activated() throws Exception {
        service.isKilled = true;

        assertThat(hook("activate", 5).statusCode()).isEqualTo(423);
        assertThat(service.calls).isEmpty();
        assertThat(tokens.highest()).isZero();
    }

    @Test
    void a_rearm_that_is_repeated_by_accident_lifts_no_later_latch() throws Exception {
        assertThat(hook("rearm", 5).statusCode()).isEqualTo(200);
        assertThat(hook("rearm", 5).statusCode()).isEqualTo(409);

        assertThat(service.calls).containsExactly("rearm 5");
    }

    @Test
    void a_kill_needs_no_token_and_takes_its_limit() throws Exception {
        assertThat(post("/hooks/kill?limit=250", null).statusCode()).isEqualTo(200);

        assertThat(post("/hooks/kill?limit=250ms", null).statusCode()).isEqualTo(200);
        assertThat(post("/hooks/kill?limit=2s", null).statusCode()).isEqualTo(200);
        assertThat(post("/hooks/kill", null).statusCode()).isEqualTo(200);
        assertThat(post("/hooks/kill?limit=soon", null).statusCode()).isEqualTo(400);

        assertThat(service.calls)
                .containsExactly("kill PT0.25S", "kill PT0.25S", "kill PT2S", "kill PT5S");
    }

    @Test
    void without_a_token_that_is_a_number_nothing_is_done() throws Exception {
        assertThat(post("/hooks/activate", null).statusCode()).isEqualTo(400);
        assertThat(post("/hooks/activate", "new").statusCode()).isEqualTo(400);
        assertThat(service.calls).isEmpty();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> hook(String name, long token) throws Exception {
        return post("/hooks/" + name, Long.toString(token));
    }

    private HttpResponse<String> post(String path, String token) throws Exception {
        var request = HttpRequest.newBuilder(at(path)).POST(BodyPublishers.noBody());
        if (token != null) {
            request.header("Pitcrew-Token", token);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + http.port() + path);
    }

    /// A service that writes down what it is told.
    private static final class Recorded implements SingleActive {
        final List<String> calls = new ArrayList<>();
        volatile List<String> reasons = List.of();
        volatile boolean isKilled;
        private long token;

        private Hooked told(String what, Hooked answer) {
            calls.add(what);
            return answer;
        }

        @Override
        public String service() {
            return "strategy";
        }

        @Override
        public List<String> notReady() {
            return reasons;
        }

        @Override
        public void describe(ObjectNode status) {
            status.putObject("depth").put("openOrders", 3).put("name", "AAA");
        }

        @Override
        public State state() {
            return State.PASSIVE;
        }

        @Override
        public long token() {
            return token;
        }

        @Override
        public boolean killed() {
            return isKilled;
        }

        @Override
        public Hooked drain(long given, Operated.Open open) {
            return told("drain " + given + " " + open, Hooked.ACCEPTED);
        }

        @Override
        public Hooked activate(long given) {
            token = given;
            return told("activate " + given, Hooked.DONE);
        }

        @Override
        public Hooked deactivate(long given) {
            return told("deactivate " + given, Hooked.DONE);
        }

        @Override
        public Hooked kill(Duration limit) {
            return told("kill " + limit, Hooked.DONE);
        }

        @Override
        public Hooked rearm(long given) {
            return told("rearm " + given, Hooked.DONE);
        }
    }
}
