package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// A small desk that is operated by verbs alone, each run in this very process: a gateway and its books, with a real controller and balancer.
final class VerbDesk {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final Path folder;
    private final DataFolder data;

    /// What a verb did.
    record Done(ExitCode end, String out, String err) {
        /// Its output, which has to be one JSON document.
        JsonNode json() throws IOException {
            return JSON.readTree(out);
        }

        /// Its output, which has to be a JSON document a line.
        List<JsonNode> jsonLines() throws IOException {
            var all = new ArrayList<JsonNode>();
            for (var line : out.lines().toList()) {
                all.add(JSON.readTree(line));
            }
            return all;
        }
    }

    /// @param approval as the system file spells it
    VerbDesk(Path folder, String approval) throws Exception {
        this(folder, text -> text.replace("approval: none", "approval: " + approval));
    }

    /// @param file from the text of the system file to the one that is written
    VerbDesk(Path folder, UnaryOperator<String> file) throws Exception {
        this.folder = folder;
        this.data = new DataFolder(folder.resolve("data"));
        Files.createDirectories(folder.resolve("versions"));
        Files.writeString(folder.resolve("versions/1.conf"), "version=1\n");
        Files.writeString(folder.resolve("versions/2.conf"), "version=2\n");
        Files.writeString(folder.resolve("pitcrew.yaml"), file.apply(text()));
        open(0);
    }

    /// The same files in another environment.
    VerbDesk(VerbDesk other, String folder) {
        this.folder = other.folder;
        this.data = new DataFolder(other.folder.resolve(folder));
    }

    DataFolder data() {
        return data;
    }

    /// From now on so many orders are open.
    void open(int orders) throws IOException {
        Files.writeString(folder.resolve("open"), orders + "\n");
    }

    /// From now on whoever has this token is the operator.
    void become(String token) throws IOException {
        Files.writeString(data.ownToken(), token + "\n");
    }

    List<String> living() throws IOException {
        return LocalProcesses.startedBefore(data.processes()).known().stream()
                .filter(one -> !one.state().dead())
                .map(KnownProcess::instance)
                .toList();
    }

    /// Runs a verb about this desk.
    Done run(String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        return new Done(run(out, err, words), out.toString(), err.toString());
    }

    /// Runs a verb that goes on, whose output is looked at meanwhile.
    ExitCode run(StringWriter out, StringWriter err, String... words) {
        var line = new ArrayList<>(List.of(words));
        line.addAll(List.of("--file", folder.resolve("pitcrew.yaml").toString()));
        line.addAll(List.of("--dir", data.path().toString()));
        return Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                line.toArray(String[]::new));
    }

    /// What a failing test should show.
    String log() throws IOException {
        var log = data.controllerLog();
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /// Ends the controller alone.
    void endController() throws Exception {
        var controller = ControllerFile.read(data.controller()).flatMap(ControllerFile::process);
        if (controller.isPresent()) {
            controller.get().destroyForcibly();
            controller.get().onExit().get(20, TimeUnit.SECONDS);
        }
    }

    /// Ends all that runs.
    void close() throws Exception {
        endController();
        var processes = new LocalProcesses(data.processes());
        processes.known().forEach(one -> processes.kill(one.instance()));
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
