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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/// How long a controller takes until it answers, and how much memory it then has, with a long past in its ledger: in a file, and in a database.
public final class StartBench {
    private static final int BATCH = 1_000;
    private static final long REST_SECONDS = 5; // then it has settled

    private StartBench() {}

    /// @param args the number of starts, then numbers of entries
    public static void main(String[] args) throws Exception {
        int starts = Integer.parseInt(args[0]);
        System.out.println(
                "| ledger in | entries | rollouts | start | answers after | has answered `status` after | resident |\n|---|---|---|---|---|---|---|");
        for (var entries : Arrays.asList(args).subList(1, args.length)) {
            var folder = Files.createTempDirectory(Path.of("target"), "start-bench");
            try (var postgres = TestingPostgres.start()) {
                measure(folder.toAbsolutePath(), Integer.parseInt(entries), starts, postgres);
            } finally {
                Leftovers.end(folder, folder.resolve("data"));
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
        var first = start(folder, data); // which has no snapshot
        print(where, entries, past, "the first, from the first entry", List.of(first));
        var later = new ArrayList<Started>();
        for (int i = 0; i < starts; i++) {
            later.add(start(folder, data));
        }
        print(where, entries, past, "median of %d from a snapshot".formatted(starts), later);
    }

    /// One start.
    ///
    /// @param answers after how long its file said where it answers
    /// @param status after how long it had answered what it is asked first
    /// @param resident memory once it has settled
    private record Started(long answers, long status, long resident) {}

    private static void print(
            String where, int entries, LongPast past, String what, List<Started> starts) {
        System.out.printf(
                "| %s | %d | %d | %s | %d ms | %d ms | %d MiB |%n",
                where,
                entries,
                past.rollouts(),
                what,
                median(starts, Started::answers),
                median(starts, Started::status),
                median(starts, Started::resident));
    }

    private static long median(List<Started> starts, ToLongFunction<Started> number) {
        return starts.stream().mapToLong(number).sorted().toArray()[starts.size() / 2];
    }

    private static Started start(Path folder, Path data) throws Exception {
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
            long answers = millisSince(from);
            var controller = ControllerFile.read(data.resolve("controller.json")).orElseThrow();
            askStatus(controller.port(), Files.readString(data.resolve("operator.token")).strip());
            long status = millisSince(from);
            TimeUnit.SECONDS.sleep(REST_SECONDS);
            return new Started(answers, status, residentMib(controller.pid()));
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private static void askStatus(int port, String token) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + port + "/v1/status"))
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(answer.body());
            }
        }
    }

    private static long residentMib(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0)
                / 1024;
    }
}
