package dev.pitcrew.bench;

import dev.pitcrew.runtime.ledger.TestingPostgres;
import dev.pitcrew.server.ControllerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// How long it takes until another controller leads, after the one that led was killed, or stands still. A lease lasts ten seconds after it was
/// renewed last, and is renewed every two.
public final class TakeoverBench {
    private final Path folder;
    private final Path data;
    private final List<Process> servers = new ArrayList<>();

    private TakeoverBench(Path folder) {
        this.folder = folder;
        this.data = folder.resolve("data");
    }

    /// @param args the number of rounds of each kind
    public static void main(String[] args) throws Exception {
        var folder =
                Files.createTempDirectory(Path.of("target"), "takeover-bench").toAbsolutePath();
        var bench = new TakeoverBench(folder);
        try (var postgres = TestingPostgres.start()) {
            bench.run(Integer.parseInt(args[0]), postgres);
        } finally {
            bench.end();
        }
    }

    private void run(int rounds, TestingPostgres postgres) throws Exception {
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
        var leading = server();
        awaitLeader(leading);
        System.out.println(
                "| the leading controller got | rounds | median | longest |\n|---|---|---|---|");
        for (var signal : List.of("KILL", "STOP")) {
            var millis = new ArrayList<Long>();
            for (int i = 0; i < rounds; i++) {
                var next = server();
                TimeUnit.SECONDS.sleep(2 + i % 3); // anywhere between two renewals
                send(leading, signal);
                long from = System.nanoTime();
                awaitLeader(next);
                millis.add((System.nanoTime() - from) / 1_000_000);
                send(leading, "KILL");
                leading = next;
            }
            millis.sort(Comparator.naturalOrder());
            System.out.printf(
                    "| SIG%s | %d | %.1f s | %.1f s |%n",
                    signal,
                    rounds,
                    millis.get(millis.size() / 2) / 1_000.0,
                    millis.getLast() / 1_000.0);
        }
    }

    private Process server() throws IOException {
        var process =
                new ProcessBuilder(
                                System.getProperty("pitcrew", "./pitcrew"),
                                "server",
                                "--file",
                                folder.resolve("pitcrew.yaml").toString(),
                                "--dir",
                                data.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                folder.resolve("server-" + servers.size() + ".log").toFile())
                        .start();
        servers.add(process);
        return process;
    }

    private void awaitLeader(Process server) throws InterruptedException {
        while (ControllerFile.read(data.resolve("controller.json"))
                .filter(one -> one.pid() == server.pid())
                .isEmpty()) {
            if (!server.isAlive()) {
                throw new IllegalStateException("a controller ended; see " + folder);
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private static void send(Process process, String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
    }

    private void end() throws Exception {
        for (var one : servers) {
            one.destroyForcibly().waitFor();
        }
        Leftovers.end(folder, data);
    }
}
