package dev.pitcrew.bench;

import dev.pitcrew.app.LedgerCopy;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.runtime.LedgerJournal;
import dev.pitcrew.runtime.ledger.KeyFile;
import dev.pitcrew.runtime.ledger.PostgresStore;
import dev.pitcrew.runtime.ledger.SqliteStore;
import dev.pitcrew.runtime.ledger.TestingPostgres;
import dev.pitcrew.server.ControllerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/// How long a controller takes until it answers, and how much memory it then has, with a long past in its ledger: in a file, and in a database.
public final class StartBench {
    private static final int BATCH = 1_000;
    private static final long REST_SECONDS = 5; // then it has settled

    private StartBench() {}

    /// @param args the number of starts, then numbers of entries
    public static void main(String[] args) throws Exception {
        int starts = Integer.parseInt(args[0]);
        System.out.println(
                "| ledger in | entries | rollouts | answers after, median (and all) | resident |\n|---|---|---|---|---|");
        for (var entries : Arrays.asList(args).subList(1, args.length)) {
            var folder = Files.createTempDirectory(Path.of("target"), "start-bench");
            try (var postgres = TestingPostgres.start()) {
                measure(folder.toAbsolutePath(), Integer.parseInt(entries), starts, postgres);
            } finally {
                delete(folder);
            }
        }
    }

    private static void measure(Path folder, int entries, int starts, TestingPostgres postgres)
            throws Exception {
        var access = postgres.database();
        Files.writeString(folder.resolve("password"), TestingPostgres.PASSWORD + "\n");
        var database =
                ", ledger: {kind: postgres, url: \"%s\", password: {file: password}}"
                        .formatted(access.url());
        write(folder, "");
        var data = Files.createDirectory(folder.resolve("data"));
        var key =
                KeyFile.loadOrCreate(
                        data.resolve("ledger.key"), "long/paper", VerifierKey.Kind.NOTE);
        var past = new LongPast();
        try (var ledger = Ledger.open(SqliteStore.open(data.resolve("ledger.db")), key)) {
            var journal = new LedgerJournal(ledger);
            var batch = new ArrayList<Event>();
            while (ledger.size() + batch.size() < entries) {
                batch.addAll(past.next());
                if (batch.size() > BATCH) {
                    journal.append(batch);
                    batch.clear();
                }
            }
            journal.append(batch);
            ledger.checkpoint();
        }
        start("a file", folder, data, starts, past, entries);
        try (var from = SqliteStore.openForReading(data.resolve("ledger.db"));
                var to = PostgresStore.open(access, "bench", Duration.ofMinutes(10))) {
            var _ = new LedgerCopy(key.verifier()).copy(from, to);
        }
        write(folder, database);
        start("a database", folder, data, starts, past, entries);
    }

    private static void write(Path folder, String ledger) throws IOException {
        Files.writeString(
                folder.resolve("pitcrew.yaml"),
                """
                system: long
                services:
                  books:
                    role: drop-copy
                    command: ["true"]
                    ports: {http: auto}
                    rollout: {strategy: stop-start}
                environments:
                  paper: {kind: paper, approval: none%s}
                """
                        .formatted(ledger));
    }

    private static void start(
            String where, Path folder, Path data, int starts, LongPast past, int entries)
            throws Exception {
        var millis = new ArrayList<Long>();
        long resident = 0;
        for (int i = 0; i < starts; i++) {
            long from = System.nanoTime();
            var process =
                    new ProcessBuilder(
                                    System.getProperty("pitcrew", "./pitcrew"),
                                    "server",
                                    "--file",
                                    folder.resolve("pitcrew.yaml").toString(),
                                    "--dir",
                                    data.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("server.log").toFile())
                            .start();
            try {
                while (ControllerFile.read(data.resolve("controller.json")).isEmpty()) {
                    if (!process.isAlive()) {
                        throw new IOException(Files.readString(folder.resolve("server.log")));
                    }
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                millis.add((System.nanoTime() - from) / 1_000_000);
                TimeUnit.SECONDS.sleep(REST_SECONDS);
                var pid = ControllerFile.read(data.resolve("controller.json")).orElseThrow().pid();
                resident = Math.max(resident, residentMib(pid));
            } finally {
                process.destroy();
                process.waitFor();
            }
        }
        var sorted = millis.stream().sorted().toList();
        System.out.printf(
                "| %s | %d | %d | %d ms %s | %d MiB |%n",
                where, entries, past.rollouts(), sorted.get(sorted.size() / 2), millis, resident);
    }

    private static long residentMib(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0)
                / 1024;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
