package dev.pitcrew.runtime;

import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// System files of desks that are made of [TestingService]s, piece by piece: a test adds what it is about.
public final class TestingDeskFile {
    private TestingDeskFile() {}

    /// Where orders are entered: one is active, the other stands by. It has the anchors that other services repeat.
    public static final String GATEWAY =
            """
              gateway:
                role: order-entry
                command: &command ["${env.JAVA_HOME}/bin/java", -XX:TieredStopAtLevel=1, -XX:+UseSerialGC, -Xmx32m, -cp, "${env.TEST_CLASSES}", dev.pitcrew.runtime.TestingService]
                artifact: &artifact ["versions/${version}.conf"]
                replicas: 2
                ports: &ports {http: auto}
                env: {SERVICE: gateway, PORT: "${port.http}", INSTANCE: "${instance}", DESK_DIR: "${dir}", VERSION_FILE: "${config}/versions/${version}.conf"}
                singleActive: {fence: [session, process], drain: {policy: hand-over, limit: 5s}, onFailure: standby, hangLimit: 5s, twiceWithin: 1ms}
                probes: &probes
                  every: 100ms
                  timeout: 2s
                  limit: 4s
                  ready: {http: /ready}
                  active: {http: /status, pointer: /active}
                  token: {http: /status, pointer: /highestToken}
                  digest: {http: /status, pointer: /digest/binary}
                  unanswered: {http: /status, pointer: /unanswered}
                  inDoubt: {http: /status, pointer: /inDoubt}
                  openOrders: {http: /status, pointer: /openOrders}
                  killed: {http: /status, pointer: /killed}
                  session: {http: /status, pointer: /session/loggedOn}
                hooks: &hooks {drain: {http: /hooks/drain}, activate: {http: /hooks/activate}, deactivate: {http: /hooks/deactivate}, kill: {http: /hooks/kill}, rearm: {http: /hooks/rearm}}
                reconcile: {ours: {http: /books}, theirs: {service: books, http: /books}}
                rollout: &rollout {strategy: handoff, readyLimit: 30s, hold: {limit: 3s}, bake: 700ms, keepWarm: 1h}
                restarts: {limit: 100, within: 10m}
            """;

    /// Who saw all executions; one at a time.
    public static final String BOOKS =
            """
              books:
                role: drop-copy
                command: *command
                artifact: *artifact
                replicas: 1
                ports: *ports
                env: {SERVICE: books, PORT: "${port.http}", INSTANCE: "${instance}", DESK_DIR: "${dir}", VERSION_FILE: "${config}/versions/${version}.conf"}
                probes: {every: 100ms, timeout: 2s, limit: 4s, ready: {http: /ready}, digest: {http: /status, pointer: /digest/binary}}
                rollout: {strategy: stop-start, bake: 700ms}
            """;

    /// Two people have to agree to each change.
    public static final String ENVIRONMENTS =
            """
            environments:
              demo: {runtime: local, kind: demo, balancer: built-in, approval: two-people, windows: always, gates: {diskFree: 1B}}
            """;

    /// Writes a desk's files.
    ///
    /// @param text of the system file
    /// @param versions what each is like, by its name
    /// @return the system as it is in the environment `demo`
    public static TradingSystem write(Path folder, String text, Map<String, String> versions)
            throws IOException {
        Files.createDirectories(folder.resolve("versions"));
        for (var one : versions.entrySet()) {
            Files.writeString(
                    folder.resolve("versions").resolve(one.getKey() + ".conf"),
                    one.getKey() + " " + one.getValue() + "\n");
        }
        Files.writeString(folder.resolve("pitcrew.yaml"), text);
        return switch (SystemFile.read(folder.resolve("pitcrew.yaml"))) {
            case Read.Good<TradingSystem>(var whole) -> whole.in("demo");
            case Read.Bad<TradingSystem>(var problems) -> throw new AssertionError(problems);
        };
    }

    /// What the commands of these services take from the controller's environment.
    public static Map<String, String> variables() {
        var code = TestingService.class.getProtectionDomain().getCodeSource().getLocation();
        return Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "TEST_CLASSES",
                Path.of(URI.create(code.toString())).toString());
    }
}
