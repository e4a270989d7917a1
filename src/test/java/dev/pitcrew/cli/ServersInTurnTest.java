package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.app.DataFolder;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.ledger.TestingPostgres;
import dev.pitcrew.runtime.process.LocalProcesses;
import dev.pitcrew.server.Api;
import dev.pitcrew.server.ControllerFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several `pitcrew server`s of one desk, as real processes with a real database.
@Tag("real")
class ServersInTurnTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static TestingPostgres postgres;

    @TempDir private Path folder;
    private Quoter quoter;
    private final List<Process> servers = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = TestingPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void aDesk() throws Exception {
        quoter = new Quoter(folder);
        Files.writeString(folder.resolve("password"), TestingPostgres.PASSWORD + "\n");
        Files.writeString(
                folder.resolve("pitcrew.yaml"),
                """
                system: small
                services:
                  books:
                    role: drop-copy
                    command: ["true"]
                    ports: {http: auto}
                    rollout: {strategy: stop-start}
                %s
                environments:
                  paper:
                    kind: paper
                    approval: none
                    gates: {diskFree: 1B}
                    ledger: {kind: postgres, url: "%s", password: {file: password}}
                """
                        .formatted(quoter.entry().stripTrailing(), postgres.database().url()));
    }

    @AfterEach
    void endServers() throws Exception {
        for (var one : servers) {
            one.toHandle().destroyForcibly();
            one.waitFor();
        }
        var processes = new LocalProcesses(data().processes());
        processes.known().forEach(one -> processes.kill(one.instance()));
    }

    private DataFolder data() {
        return new DataFolder(folder.resolve("data"));
    }

    private Process server() throws IOException {
        return server(Map.of());
    }

    private Process server(Map<String, String> variables) throws IOException {
        var builder =
                new ProcessBuilder(
                                Again.command(
                                        List.of("-Xmx96m", "-XX:TieredStopAtLevel=1"),
                                        List.of(
                                                "server",
                                                "--file",
                                                folder.resolve("pitcrew.yaml").toString(),
                                                "--dir",
                                                data().path().toString())))
                        .redirectErrorStream(true)
                        .redirectOutput(log(servers.size()).toFile());
        builder.environment().putAll(variables);
        var process = builder.start();
        servers.add(process);
        return process;
    }

    private Path log(int server) {
        return folder.resolve("server-" + server + ".log");
    }

    private boolean says(int server, String text) {
        try {
            return Files.readString(log(server)).contains(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void await(String what, BooleanSupplier condition) {
        Awaiting.until(what, LIMIT, condition, this::logs);
    }

    private String logs() {
        var all = new StringBuilder();
        for (int i = 0; i < servers.size(); i++) {
            try {
                all.append(i).append(": ").append(Files.readString(log(i)));
            } catch (IOException e) {
                all.append(e);
            }
        }
        return all.toString();
    }

    private void awaitLeader(Process server, long from, String how) {
        await(
                "it leads",
                () ->
                        ControllerFile.read(data().controller())
                                .filter(one -> one.pid() == server.pid())
                                .isPresent());
        if (!how.isEmpty()) {
            System.out.printf(
                    "another server led %d ms after %s%n",
                    Duration.ofNanos(System.nanoTime() - from).toMillis(), how);
        }
    }

    private static void signal(Process process, String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
    }

    private ExitCode run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var all = new ArrayList<>(List.of(args));
        all.addAll(
                List.of(
                        "--file",
                        folder.resolve("pitcrew.yaml").toString(),
                        "--dir",
                        data().path().toString()));
        return Main.run(
                new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }

    private HttpResponse<String> answer(String method, int port, String path) throws Exception {
        var body = method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}");
        var token = Files.readString(data().ownToken()).strip();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .method(method, body)
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private JsonNode ask(String method, int port, String path, int status) throws Exception {
        var answer = answer(method, port, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Api.json().readTree(answer.body());
    }

    private int port(Process standingBy) {
        var listed = data().turns().resolve(standingBy.pid() + ".json");
        await(
                "it answers",
                () -> ControllerFile.read(listed).filter(one -> one.port() > 0).isPresent());
        return ControllerFile.read(listed).orElseThrow().port();
    }

    @Test
    void one_that_stands_by_shows_the_desk_says_who_leads_and_refuses_the_rest() throws Exception {
        var first = server();
        awaitLeader(first, 0, "");
        var second = server();
        int port = port(second);
        var leads = "pid %d leads under epoch 1 since 20".formatted(first.pid());

        assertThat(run("freeze", "--reason", "the close"))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        await(
                "it has read on",
                () -> {
                    try {
                        return ask("GET", port, "/v1/status", 200)
                                .path("freeze")
                                .asText()
                                .contains("the close");
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
        var status = ask("GET", port, "/v1/status", 200);
        assertThat(status.path("controller").path("leads").asText())
                .contains(leads, "pid %d, stands by and only reads".formatted(second.pid()));
        assertThat(status.path("controller").path("trouble").asText()).isEmpty();
        long size = status.path("ledger").path("entries").asLong();
        assertThat(ask("GET", port, "/v1/events?after=-1", 200)).hasSize((int) size);

        var refused = ask("POST", port, "/v1/thaw", 503);
        assertThat(refused.path("code").asText()).isEqualTo("ledger-lease-lost");
        assertThat(refused.path("message").asText())
                .contains("stands by and only reads", leads, "`pitcrew kill` works");
        assertThat(run("status")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("the close").doesNotContain("only reads");

        signal(first, "STOP"); // until the other one leads only that one answers, and only to read
        awaitLeader(second, 0, "");
        assertThat(run("thaw")).as(err.toString()).isEqualTo(ExitCode.OK);
        signal(first, "CONT");
        var back = ask("GET", port(first), "/v1/status", 200);
        assertThat(back.path("controller").path("leads").asText())
                .contains("pid %d leads under epoch 2".formatted(second.pid()));
        assertThat(run("ledger", "verify")).as(out.toString()).isEqualTo(ExitCode.OK);
    }

    /// How far the wall clock of a server is from ours, by what it says with each answer.
    private Duration away(int port) {
        try {
            var date = answer("GET", port, "/v1/status").headers().firstValue("Date").orElseThrow();
            var at = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return Duration.between(Instant.now(), at);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whoever leads goes on under its epoch, once it has renewed its lease by the clock that it has now.
    private void isLedOn(String verb) {
        await("it is led on", () -> run(verb) == ExitCode.OK);
        assertThat(run("status")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("leads under epoch 1 ");
    }

    @Test
    @Tag("long")
    void a_wall_clock_that_jumps_moves_the_lease_to_nobody_and_lets_no_second_one_send()
            throws Exception {
        var a = WallClock.asTheHosts(folder.resolve("a"));
        var b = WallClock.asTheHosts(folder.resolve("b"));
        var first = server(a.variables());
        awaitLeader(first, 0, "");
        var second = server(b.variables());
        int leading = ControllerFile.read(data().controller()).orElseThrow().port();
        int standing = port(second);
        deploy("1");

        for (var jump : List.of(Duration.ofHours(1), Duration.ofHours(-1))) {
            a.jump(jump);
            await("its clock has jumped", () -> isNear(away(leading), jump));
            isLedOn(jump.isNegative() ? "thaw" : "freeze");
            b.jump(jump);
            await("the other clock has jumped", () -> isNear(away(standing), jump));
            isLedOn(jump.isNegative() ? "freeze" : "thaw");
        }
        isLedOn("thaw");
        var active = quoter.active();
        assertThat(quoter.senders()).as("who was moved by a clock").hasSize(1);
        a.jump(Duration.ofHours(2)); // three hours apart

        signal(first, "STOP");
        awaitLeader(second, 0, "");
        deploy("2");
        assertThat(quoter.active()).isNotEqualTo(active);
        var sent = quoter.senders();
        signal(first, "CONT");
        await("it stands by", () -> says(0, "pid %d leads under epoch 2".formatted(second.pid())));
        assertThat(quoter.senders()).as("what the one that woke did").isEqualTo(sent);
        deploy("3");
        quoter.assertNeverTwo();
        assertThat(run("status")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("leads under epoch 2 ");
        assertThat(run("ledger", "verify")).as(out.toString()).isEqualTo(ExitCode.OK);
    }

    private void deploy(String version) {
        assertThat(run("deploy", "quoter", version, "--wait"))
                .as(() -> out + "" + err + logs())
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void the_console_of_one_that_stands_by_kills_while_nobody_leads() throws Exception {
        var first = server();
        awaitLeader(first, 0, "");
        var second = server();
        int port = port(second);
        deploy("1");
        signal(first, "STOP");

        try (var person = new Person(port, Files.readString(data().ownToken()).strip())) {
            assertThat(person.act("kill", Map.of("sure", "yes", "reason", "it runs away")))
                    .contains("killed: ")
                    .contains("quoter");
        }
        awaitLeader(second, 0, "");
        await(
                "the ledger has it",
                () -> run("status") == ExitCode.OK && out.toString().contains("KILLED"));
        assertThat(run("ledger", "show")).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("it runs away");
    }

    private static boolean isNear(Duration one, Duration other) {
        return one.minus(other).abs().compareTo(Duration.ofMinutes(1)) < 0;
    }

    @Test
    void one_leads_until_it_stands_still_or_dies_and_down_ends_all() throws Exception {
        var first = server();
        awaitLeader(first, 0, "");
        var second = server();
        await("it stands by", () -> says(1, "stands by: a controller on "));
        assertThat(run("freeze", "--reason", "the close"))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(run("status")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("pid %d leads under epoch 1".formatted(first.pid()), "the close");

        signal(first, "STOP");
        long from = System.nanoTime();
        awaitLeader(second, from, "SIGSTOP");
        assertThat(run("status")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("pid %d leads under epoch 2".formatted(second.pid()), "the close");

        signal(first, "CONT");
        await("it stands by", () -> says(0, "pid %d leads under epoch 2".formatted(second.pid())));
        assertThat(run("thaw")).as(err.toString()).isEqualTo(ExitCode.OK);

        signal(second, "KILL");
        from = System.nanoTime();
        awaitLeader(first, from, "SIGKILL");
        assertThat(run("status")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("leads under epoch 3").doesNotContain("the close");
        assertThat(run("ledger", "verify")).as(out.toString()).isEqualTo(ExitCode.OK);

        server();
        await("it stands by", () -> says(2, "leads under epoch 3"));
        assertThat(run("down")).as(err.toString()).isEqualTo(ExitCode.OK);
        for (var one : servers) {
            assertThat(one.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(says(2, "epoch 4")).as("whether one that stood by has taken over").isFalse();
        for (int i = 0; i < servers.size(); i++) {
            assertThat(says(i, TestingPostgres.PASSWORD)).isFalse();
        }
    }
}
