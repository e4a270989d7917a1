package dev.pitcrew.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.ledger.WitnessState;
import dev.pitcrew.model.Template;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.WitnessRef;
import dev.pitcrew.runtime.Alarms;
import dev.pitcrew.runtime.Artifacts;
import dev.pitcrew.runtime.Controller;
import dev.pitcrew.runtime.ControllerSettings;
import dev.pitcrew.runtime.LedgerJournal;
import dev.pitcrew.runtime.TestingSystem;
import dev.pitcrew.runtime.process.LocalProcesses;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Over real HTTP, with a real controller behind it.
@Tag("real")
class ApiTest {
    @TempDir Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private Controller controller;
    private Api api;
    private String token;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(folder.resolve("versions"));
        Files.writeString(folder.resolve("versions/1.conf"), "version=1\n");
        open(List.of());
    }

    private void open(List<WitnessRef> witnesses) throws IOException {
        var system = TestingSystem.in(folder, witnesses);
        controller =
                Controller.open(
                        new ControllerSettings(
                                system,
                                "demo",
                                folder.resolve("data"),
                                Map.of("DESK_SECRET", "hush")));
        var operators = new Operators(folder.resolve("operators.json"), new SecureRandom());
        if (operators.names().contains("ann")) {
            operators.remove("ann");
        }
        token = operators.add("ann");
        var room =
                new Room(
                        system,
                        system.environment("demo"),
                        controller.loop(),
                        controller::facts,
                        controller.ledger(),
                        new Artifacts(folder)::release,
                        controller::status,
                        opening(system));
        api = new Api(room, operators, 0);
    }

    private OpeningRoom opening(TradingSystem system) {
        return OpeningRoom.of(
                controller,
                new Alarms(system, system.environment("demo"), folder.resolve("data"), Map.of()));
    }

    @AfterEach
    void end() throws IOException {
        close();
        var processes = new LocalProcesses(folder.resolve("data/processes"));
        processes.known().forEach(one -> processes.kill(one.instance()));
    }

    private void close() {
        api.close();
        controller.close();
    }

    @Test
    void without_an_operators_token_nothing_is_told() throws Exception {
        assertThat(get("/v1/status", "").status()).isEqualTo(401);

        var wrong = get("/v1/status", token + "x");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body().path("code").asText()).isEqualTo("not-an-operator");
        assertThat(wrong.body().toString()).doesNotContain(token);
    }

    @Test
    void the_status_names_every_service() throws Exception {
        var status = get("/v1/status", token);

        assertThat(status.status()).isEqualTo(200);
        assertThat(status.body().path("environment").asText()).isEqualTo("demo");
        assertThat(status.body().path("services").findValuesAsText("name"))
                .containsExactly("gateway", "books");
    }

    @Test
    void a_plan_says_of_each_step_what_it_is_and_appends_nothing() throws Exception {
        var plan = post("deploy", "{\"service\": \"gateway\", \"version\": \"1\", \"plan\": true}");

        assertThat(plan.status()).as(plan.body().toString()).isEqualTo(200);
        assertThat(plan.body().path("forward"))
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step.path("kind").asText()).isNotEmpty());
        assertThat(plan.body().path("forward").findValuesAsText("kind"))
                .contains("start", "warm", "activate");
        assertThat(controller.ledger().size()).isZero();
    }

    @Test
    void a_refusal_says_why_in_json() throws Exception {
        var refusal = post("deploy", "{\"service\": \"gatewya\", \"version\": \"1\"}");

        assertThat(refusal.status()).isEqualTo(404);
        assertThat(refusal.body().path("code").asText()).isEqualTo("no-such-service");
        assertThat(refusal.body().path("next").asText()).isEqualTo("it has gateway, books");
        assertThat(post("deploy", "{").status()).isEqualTo(400);
        assertThat(post("rollback", "{\"service\": \"gateway\"}").status()).isEqualTo(409);
    }

    @Test
    void a_service_that_does_not_exist_is_refused_by_every_act_and_the_controller_goes_on()
            throws Exception {
        for (var act : List.of("abort", "approve", "rearm", "reassess", "rollback", "killed")) {
            var refusal =
                    post(
                            act,
                            "{\"service\": \"gatewya\", \"hash\": \"12345678\", \"rollout\": \"r1\"}");

            assertThat(refusal.status()).as(act).isEqualTo(404);
            assertThat(refusal.body().path("code").asText()).isEqualTo("no-such-service");
        }
        assertThat(post("freeze", "{}").status()).isEqualTo(200);
    }

    @Test
    void a_body_without_content_is_refused_and_the_controller_goes_on() throws Exception {
        for (var act : List.of("freeze", "abort", "deploy")) {
            var refusal = post(act, "null");

            assertThat(refusal.status()).as(act).isEqualTo(400);
            assertThat(refusal.body().path("code").asText()).isEqualTo("incomplete");
        }
        assertThat(post("freeze", "{}").status()).isEqualTo(200);
    }

    @Test
    void a_fault_of_ours_is_answered_as_one() throws Exception {
        api.close();
        api =
                new Api(
                        new Room(
                                TestingSystem.in(folder, List.of()),
                                TestingSystem.in(folder, List.of()).environment("demo"),
                                controller.loop(),
                                () -> {
                                    throw new UnsupportedOperationException("no facts");
                                },
                                controller.ledger(),
                                new Artifacts(folder)::release,
                                controller::status,
                                opening(TestingSystem.in(folder, List.of()))),
                        new Operators(folder.resolve("operators.json"), new SecureRandom()),
                        0);

        for (var answer :
                List.of(get("/v1/status", token), post("rollback", "{\"service\": \"gateway\"}"))) {
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body().path("code").asText()).isEqualTo("internal");
            assertThat(answer.body().path("message").asText())
                    .startsWith("a fault in the controller: fault-")
                    .doesNotContain("no facts");
        }
    }

    @Test
    void nobody_acts_before_the_ledger_knows_him() throws Exception {
        assertThat(post("freeze", "{}").body()).hasSize(1);
        operators().remove("ann");
        token = operators().add("bea", Optional.of("ann"));
        assertThat(post("thaw", "{}").status()).isEqualTo(200);
        assertThat(post("freeze", "{}").status()).isEqualTo(200);

        try (var entries = controller.ledger().entries(0)) {
            var journal = new LedgerJournal(controller.ledger());
            assertThat(entries.map(journal::opened).map(one -> one.type() + " by " + one.by()))
                    .containsExactly(
                            "desk.operator-added@1 by controller",
                            "desk.frozen@1 by ann",
                            "desk.operator-removed@1 by controller",
                            "desk.operator-added@1 by ann",
                            "desk.thawed@1 by bea",
                            "desk.frozen@1 by bea");
        }
        assertThat(get("/v1/status", token).body().path("operators").findValuesAsText("name"))
                .containsExactly("bea");
    }

    private Operators operators() {
        return new Operators(folder.resolve("operators.json"), new SecureRandom());
    }

    @Test
    void a_kill_that_nobody_sees_is_written_down_as_a_claim() throws Exception {
        var killed = post("killed", "{\"service\": \"gateway\", \"result\": \"begun\"}");
        assertThat(killed.status()).as(killed.body().toString()).isEqualTo(200);
        assertThat(killed.body().path(0).path("result").asText())
                .isEqualTo("claimed by the CLI, no latch seen on any instance: begun");

        var tested = post("kill-tested", "{\"service\": \"gateway\", \"result\": \"works\"}");
        assertThat(tested.body().path(0).path("result").asText())
                .isEqualTo("claimed by the CLI, no latch told by any instance: works");
    }

    @Test
    void what_can_be_no_report_of_a_kill_is_refused() throws Exception {
        for (var body :
                List.of(
                        "{\"service\": \"books\", \"result\": \"begun\"}",
                        "{\"service\": \"gateway\", \"result\": \" \"}",
                        "{\"service\": \"gateway\", \"result\": \"two\\nlines\"}")) {
            var refusal = post("killed", body);

            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal.body().path("code").asText()).isEqualTo("no-report-of-a-kill");
        }
        assertThat(controller.ledger().size()).isZero();
    }

    @Test
    void while_a_witness_knows_more_than_the_ledger_every_act_is_refused_at_once()
            throws Exception {
        var witness = Files.createDirectories(folder.resolve("witness"));
        var witnesses =
                List.<WitnessRef>of(new WitnessRef.FolderWitness(new Template(witness.toString())));
        close();
        open(witnesses);
        assertThat(post("freeze", "{}").status()).isEqualTo(200);
        var limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!controller.status().witnesses().containsValue(new WitnessState.Agreed(2))) {
            assertThat(System.nanoTime()).as("%s", controller.status()).isLessThan(limit);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        close();
        for (var name : List.of("ledger.db", "ledger.db-wal", "ledger.db-shm")) {
            Files.deleteIfExists(folder.resolve("data").resolve(name)); // lost, as with a disk
        }
        open(witnesses);

        var refusal = post("freeze", "{}");

        assertThat(refusal.status()).isEqualTo(409);
        assertThat(refusal.body().path("code").asText()).isEqualTo("ledger-disputed");
        assertThat(refusal.body().path("message").asText())
                .contains(
                        "knows 2 entries and this ledger has 0",
                        "until the newest copy of the ledger is restored");
        assertThat(get("/v1/status", token).body().path("controller").path("trouble").asText())
                .contains("knows 2 entries");
    }

    private record Answer(int status, JsonNode body) {}

    private Answer get(String path, String with) throws Exception {
        return send(HttpRequest.newBuilder(at(path)).GET(), with);
    }

    private Answer post(String act, String body) throws Exception {
        return send(
                HttpRequest.newBuilder(at("/v1/" + act)).POST(BodyPublishers.ofString(body)),
                token);
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + api.port() + path);
    }

    private Answer send(HttpRequest.Builder request, String with) throws Exception {
        var answer =
                http.send(
                        request.header("Authorization", "Bearer " + with).build(),
                        BodyHandlers.ofString());
        return new Answer(answer.statusCode(), Api.json().readTree(answer.body()));
    }
}
