package dev.pitcrew.app;

import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.runtime.FreePorts;
import dev.pitcrew.runtime.process.LocalProcesses;
import dev.pitcrew.runtime.process.ProcessSpec;
import dev.pitcrew.runtime.process.ProcessState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A gateway and a drop copy, started for real, with a system file that describes them and no controller.
public final class SmallDesk implements AutoCloseable {
    public static final String TWO_ORDERS =
            """
            [{"clOrdId": "c1-1", "compId": "DESK1", "symbol": "AAA", "side": "BUY", "leaves": 100, "price": 10.5, "type": "NEW", "at": "2020-01-01T00:00:00Z"},
             {"clOrdId": "c1-2", "compId": "DESK1", "symbol": "BBB", "side": "SELL", "leaves": 5, "price": 9, "type": "NEW", "at": "2020-01-01T00:00:00Z"}]
            """;

    private static final String STRATEGY =
            """
              strategy:
                role: strategy
                command: ["true"]
                ports: {http: auto}
                probes: {every: 200ms, timeout: 400ms, limit: 2s, ready: {http: /ready}}
                hooks: {kill: {http: /hooks/kill, timeout: 1s}}
            """;

    private final Path folder;
    private final LocalProcesses processes;
    private boolean hasStrategy; // once one was started

    public SmallDesk(Path folder) throws IOException {
        this.folder = folder;
        this.processes = new LocalProcesses(data().processes());
        Files.writeString(folder.resolve("open-orders.json"), TWO_ORDERS);
    }

    /// @param cancelOnDisconnect as the system file spells it
    public TradingSystem system(String cancelOnDisconnect) throws IOException {
        Files.writeString(file(), text(cancelOnDisconnect));
        return switch (SystemFile.read(file())) {
            case Read.Good<TradingSystem>(var system) -> system.in("demo");
            case Read.Bad<TradingSystem>(var problems) -> throw new AssertionError(problems);
        };
    }

    public Path file() {
        return folder.resolve("pitcrew.yaml");
    }

    public DataFolder data() {
        return new DataFolder(folder.resolve("data"));
    }

    public LocalProcesses processes() {
        return processes;
    }

    /// Starts an instance and waits until it answers.
    public void start(String service, String instance, String manner) throws Exception {
        hasStrategy |= service.equals("strategy");
        int port = FreePorts.next();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        processes.start(
                new ProcessSpec(
                        instance,
                        service,
                        "1",
                        List.of(
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx32m",
                                "-cp",
                                classes(),
                                SmallService.class.getName(),
                                service,
                                Integer.toString(port),
                                folder.toString(),
                                manner),
                        Map.of(),
                        folder,
                        folder.resolve(instance + ".log"),
                        Map.of("http", port)));
        for (int i = 0; i < 500 && !answers(port); i++) {
            Thread.sleep(20);
        }
        if (!answers(port)) {
            throw new AssertionError(
                    instance
                            + " did not start: "
                            + Files.readString(folder.resolve(instance + ".log")));
        }
    }

    public boolean lives(String instance) {
        return processes.state(instance) instanceof ProcessState.Running;
    }

    private static boolean answers(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static String classes() throws Exception {
        return Path.of(
                        SmallService.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                .toString();
    }

    private String text(String cancelOnDisconnect) {
        return """
                system: small
                venues:
                  simx:
                    protocol: FIX.4.4
                    address: 127.0.0.1:1
                    session: {sender: DESK1, target: SIMX}
                    cancelOnDisconnect: %s
                    contact: SIMX trading desk, +00 000 0000
                services:
                  gateway:
                    role: order-entry
                    venues: [simx]
                    command: ["true"]
                    replicas: 2
                    ports: {http: auto}
                    singleActive: {fence: [session, process], drain: {policy: wait, limit: 1s}, onFailure: standby, hangLimit: 500ms, twiceWithin: 10m}
                    probes:
                      every: 100ms
                      timeout: 400ms
                      limit: 1s
                      ready: {http: /ready}
                      active: {http: /status, pointer: /active}
                      token: {http: /status, pointer: /token}
                      openOrders: {http: /status, pointer: /openOrders}
                      unanswered: {http: /status, pointer: /unanswered}
                      inDoubt: {http: /status, pointer: /inDoubt}
                      killed: {http: /status, pointer: /killed}
                      venueOpenOrders: {http: /venue-open-orders, pointer: /open}
                    hooks:
                      drain: {http: /hooks/drain, timeout: 1s}
                      activate: {http: /hooks/activate, timeout: 1s}
                      deactivate: {http: /hooks/deactivate, timeout: 1s}
                      kill: {http: /hooks/kill, timeout: 1s}
                      rearm: {http: /hooks/rearm, timeout: 1s}
                    rollout: {strategy: stop-start}
                  drop-copy:
                    role: drop-copy
                    venues: [simx]
                    command: ["true"]
                    ports: {http: auto}
                    probes: {every: 200ms, timeout: 400ms, limit: 2s, ready: {http: /ready}, lastAccepted: {http: /status, pointer: /lastAccepted}}
                %senvironments:
                  demo: {runtime: local, kind: demo, balancer: built-in, approval: none, windows: always}
                """
                .formatted(cancelOnDisconnect, hasStrategy ? STRATEGY : "");
    }

    @Override
    public void close() {
        for (var one : processes.known()) {
            processes.kill(one.instance());
        }
    }
}
