package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.DataFolder;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.ledger.TestingPostgres;
import dev.pitcrew.runtime.process.LocalProcesses;
import dev.pitcrew.server.ControllerFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
                environments:
                  paper:
                    kind: paper
                    approval: none
                    ledger: {kind: postgres, url: "%s", password: {file: password}}
                """
                        .formatted(postgres.database().url()));
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
        var process =
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
                        .redirectOutput(log(servers.size()).toFile())
                        .start();
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
        Awaiting.until(
                what,
                LIMIT,
                condition,
                () -> {
                    var all = new StringBuilder();
                    for (int i = 0; i < servers.size(); i++) {
                        try {
                            all.append(i).append(": ").append(Files.readString(log(i)));
                        } catch (IOException e) {
                            all.append(e);
                        }
                    }
                    return all.toString();
                });
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
