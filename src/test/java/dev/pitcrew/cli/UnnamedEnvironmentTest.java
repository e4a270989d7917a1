package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.DataFolder;
import dev.pitcrew.runtime.process.LocalProcesses;
import dev.pitcrew.runtime.process.ProcessSpec;
import dev.pitcrew.runtime.process.ProcessState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which environment is meant when nobody says so, with real processes as what runs.
@Tag("real")
class UnnamedEnvironmentTest {
    private static final String NAME_IT =
            "pitcrew: the system file has more than one environment, and one is live; name yours with --env: demo, real\n";

    @TempDir private Path folder;
    private final List<LocalProcesses> started = new ArrayList<>();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("pitcrew.yaml"), text("live, balancer: haproxy"));
    }

    @AfterEach
    void stop() {
        started.forEach(one -> one.kill("gateway-1"));
    }

    @Test
    void with_a_live_one_among_several_a_verb_that_acts_wants_a_name() throws Exception {
        run(real());

        for (var verb :
                List.of(
                        List.of("up"),
                        List.of("down"),
                        List.of("server"),
                        List.of("deploy", "gateway", "2"),
                        List.of("freeze"),
                        List.of("operator", "list"))) {
            assertThat(pitcrew(verb)).isEqualTo(ExitCode.REFUSED);
            assertThat(err.toString()).isEqualTo(NAME_IT);
        }
        assertThat(lives(real())).isTrue();
        assertThat(pitcrew(List.of("freeze", "--env", "demo"))).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("no controller runs for").contains("demo");
    }

    @Test
    void kill_takes_the_one_that_runs() throws Exception {
        run(real());

        // Nobody can tell its orders, so a person is needed; but it is dead.
        assertThat(pitcrew(List.of("kill", "--limit", "100ms"))).isEqualTo(ExitCode.STUCK);
        assertThat(lives(real())).isFalse();
    }

    @Test
    void kill_takes_the_one_whose_folder_is_named() throws Exception {
        var elsewhere = new DataFolder(folder.resolve("elsewhere"));
        run(elsewhere);
        Files.writeString(elsewhere.environment(), "real\n");

        assertThat(
                        pitcrew(
                                List.of(
                                        "kill",
                                        "--limit",
                                        "100ms",
                                        "--dir",
                                        elsewhere.path().toString())))
                .isEqualTo(ExitCode.STUCK);
        assertThat(lives(elsewhere)).isFalse();
    }

    @Test
    void kill_wants_a_name_where_two_run_or_none() throws Exception {
        assertThat(pitcrew(List.of("kill"))).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).isEqualTo(NAME_IT);

        run(real());
        run(DataFolder.of(folder, "demo"));

        assertThat(pitcrew(List.of("kill"))).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).isEqualTo(NAME_IT);
        assertThat(lives(real())).isTrue();
    }

    @Test
    void to_look_takes_the_one_that_runs() throws Exception {
        run(real());

        assertThat(pitcrew(List.of("status"))).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("no controller runs for").contains("real");
        assertThat(pitcrew(List.of("logs", "gateway"))).isEqualTo(ExitCode.OK);
    }

    @Test
    void without_a_live_one_it_is_the_first() throws Exception {
        Files.writeString(folder.resolve("pitcrew.yaml"), text("paper"));
        run(real());

        assertThat(pitcrew(List.of("freeze"))).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("no controller runs for").contains("demo");
    }

    @Test
    void a_folder_of_one_environment_is_not_taken_for_another() throws Exception {
        Files.createDirectories(real().path());
        Files.writeString(real().environment(), "real\n");

        assertThat(pitcrew(List.of("down", "--env", "demo", "--dir", real().path().toString())))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString())
                .contains("is the data folder of another environment than demo")
                .contains("--env");
    }

    private DataFolder real() {
        return DataFolder.of(folder, "real");
    }

    private void run(DataFolder data) throws IOException {
        var processes = new LocalProcesses(data.processes());
        started.add(processes);
        processes.start(
                new ProcessSpec(
                        "gateway-1",
                        "gateway",
                        "1",
                        List.of("sleep", "300"),
                        Map.of(),
                        folder,
                        data.path().resolve("gateway-1.log"),
                        Map.of()));
    }

    private static boolean lives(DataFolder data) throws IOException {
        return LocalProcesses.startedBefore(data.processes()).state("gateway-1")
                instanceof ProcessState.Running;
    }

    private ExitCode pitcrew(List<String> words) {
        err = new StringWriter();
        var line = new ArrayList<>(words);
        line.addAll(List.of("--file", folder.resolve("pitcrew.yaml").toString()));
        return Main.run(
                new PrintWriter(new StringWriter(), true),
                new PrintWriter(err, true),
                line.toArray(String[]::new));
    }

    private static String text(String kind) {
        return """
        system: small
        venues:
          simx:
            protocol: FIX.4.4
            address: 127.0.0.1:1
            session: {sender: DESK1, target: SIMX}
            cancelOnDisconnect: off
        services:
          gateway:
            role: order-entry
            venues: [simx]
            command: ["true"]
            ports: {http: auto}
            singleActive: {fence: [session, process], drain: {policy: wait, limit: 1s}, onFailure: person, hangLimit: 500ms, twiceWithin: 10m}
            probes: {every: 100ms, timeout: 400ms, limit: 1s, ready: {http: /ready}, active: {http: /status, pointer: /active}, token: {http: /status, pointer: /token}, inDoubt: {http: /status, pointer: /inDoubt}, killed: {http: /status, pointer: /killed}}
            hooks: {activate: {http: /hooks/activate}, deactivate: {http: /hooks/deactivate}, kill: {http: /hooks/kill}, rearm: {http: /hooks/rearm}}
            rollout: {strategy: stop-start}
        environments:
          demo: {kind: demo, approval: none}
          real:
            kind: %s
            approval: delay 5m
            gates: {clockOffset: 50ms, killTestedWithin: 30d, witnessedWithin: 24h}
        """
                .formatted(kind.replace(", ", "\n    "));
    }
}
