package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.DataFolder;
import dev.pitcrew.runtime.TestingService;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.LocalProcesses;
import dev.pitcrew.server.ControllerFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A small desk is brought up and down by the verbs themselves, with a controller and a balancer.
@Tag("real")
class UpAndDownTest {
    @TempDir private Path folder;
    private DataFolder data;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws Exception {
        data = new DataFolder(folder.resolve("data"));
        Files.createDirectories(folder.resolve("versions"));
        Files.writeString(folder.resolve("versions/1.conf"), "version=1\n");
        Files.writeString(folder.resolve("pitcrew.yaml"), text());
        open(0);
    }

    @AfterEach
    void end() throws Exception {
        var controller = ControllerFile.read(data.controller()).flatMap(ControllerFile::process);
        if (controller.isPresent()) {
            controller.get().destroyForcibly();
            controller.get().onExit().get(20, TimeUnit.SECONDS);
        }
        var processes = new LocalProcesses(data.processes());
        processes.known().forEach(one -> processes.kill(one.instance()));
    }

    @Test
    void down_waits_for_open_orders_ends_everything_and_up_brings_it_back() throws Exception {
        assertThat(pitcrew("up")).as(text(out, err)).isEqualTo(ExitCode.OK);
        assertThat(living()).containsExactly("balancer", "books-1", "gateway-1");

        open(3);
        assertThat(pitcrew("down")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("3 orders of gateway are open");
        assertThat(living()).containsExactly("balancer", "books-1", "gateway-1");
        assertThat(ControllerFile.read(data.controller())).isPresent();

        open(0);
        assertThat(pitcrew("down")).as(text(out, err)).isEqualTo(ExitCode.OK);
        // The gateway depends on the books, so it goes first.
        assertThat(out.toString()).isEqualTo("stopped gateway-1, books-1, balancer\n");
        assertThat(living()).isEmpty();
        assertThat(ControllerFile.read(data.controller())).isEmpty();
        assertThat(pitcrew("status")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("no controller runs");
        assertThat(pitcrew("ledger", "verify")).as(text(out, err)).isEqualTo(ExitCode.OK);

        assertThat(pitcrew("up")).as(text(out, err)).isEqualTo(ExitCode.OK);
        assertThat(pitcrew("down")).as(text(out, err)).isEqualTo(ExitCode.OK);
        assertThat(living()).isEmpty();
    }

    private void open(int orders) throws IOException {
        Files.writeString(folder.resolve("open"), orders + "\n");
    }

    private List<String> living() throws IOException {
        return LocalProcesses.startedBefore(data.processes()).known().stream()
                .filter(one -> !one.state().dead())
                .map(KnownProcess::instance)
                .toList();
    }

    private ExitCode pitcrew(String... words) {
        out = new StringWriter();
        err = new StringWriter();
        var line = new java.util.ArrayList<>(List.of(words));
        line.addAll(List.of("--file", folder.resolve("pitcrew.yaml").toString()));
        line.addAll(List.of("--dir", data.path().toString()));
        return Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                line.toArray(String[]::new));
    }

    private String text(StringWriter out, StringWriter err) throws IOException {
        var log = data.controllerLog();
        return out + "\n" + err + "\n" + (Files.exists(log) ? Files.readString(log) : "");
    }

    private static String text() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var classes =
                Path.of(
                        TestingService.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        var command =
                "[\"%s\", -XX:TieredStopAtLevel=1, -XX:+UseSerialGC, -Xmx32m, -cp, \"%s\", %s]"
                        .formatted(java, classes, TestingService.class.getName());
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
            command: COMMAND
            artifact: ["versions/${version}.conf"]
            ports: {http: auto}
            dependsOn: [books]
            env: {PORT: "${port.http}", INSTANCE: "${instance}", DESK_DIR: "${dir}", VERSION_FILE: "${config}/versions/${version}.conf"}
            singleActive: {fence: [session, process], drain: {policy: wait, limit: 5s}, onFailure: restart, hangLimit: 2s, twiceWithin: 10m}
            probes:
              every: 100ms
              timeout: 2s
              limit: 5s
              ready: {http: /ready}
              active: {http: /status, pointer: /active}
              token: {http: /status, pointer: /highestToken}
              digest: {http: /status, pointer: /digest/binary}
              session: {http: /status, pointer: /session/loggedOn}
              unanswered: {http: /status, pointer: /unanswered}
              inDoubt: {http: /status, pointer: /inDoubt}
              openOrders: {command: [cat, "${config}/open"]}
            hooks: {drain: {http: /hooks/drain}, activate: {http: /hooks/activate}, deactivate: {http: /hooks/deactivate}, kill: {http: /hooks/kill}, rearm: {http: /hooks/rearm}}
            reconcile: {ours: {http: /books}, theirs: {service: books, http: /books}}
            rollout: {strategy: stop-start, readyLimit: 30s, bake: 300ms}
          books:
            role: drop-copy
            venues: [simx]
            command: COMMAND
            artifact: ["versions/${version}.conf"]
            ports: {http: auto}
            env: {PORT: "${port.http}", INSTANCE: "${instance}", DESK_DIR: "${dir}", VERSION_FILE: "${config}/versions/${version}.conf"}
            probes: {every: 100ms, timeout: 2s, limit: 5s, ready: {http: /ready}, digest: {http: /status, pointer: /digest/binary}}
            rollout: {strategy: stop-start, readyLimit: 30s, bake: 300ms}
        environments:
          demo: {kind: demo, approval: none, gates: {diskFree: 1B}}
        """
                .replace("COMMAND", command);
    }
}
