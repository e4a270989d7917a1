package dev.pitcrew.bench;

import dev.pitcrew.ledger.EntryType;
import dev.pitcrew.ledger.GroupCommit;
import dev.pitcrew.ledger.History;
import dev.pitcrew.ledger.Leaf;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.LedgerStore;
import dev.pitcrew.ledger.NewEntry;
import dev.pitcrew.ledger.SigningKey;
import dev.pitcrew.ledger.TestingStore;
import dev.pitcrew.ledger.Verification;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.runtime.ledger.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/// Durable appends a second with the ledger and with its store alone, and verification against bare SHA-256.
public final class LedgerBench {
    private static final long ROUND_NANOS = 700_000_000L;
    private static final int ROUNDS = 5;
    private static final NewEntry ENTRY =
            new NewEntry(
                    Instant.parse("2026-11-23T12:00:00Z"),
                    new EntryType("effect-intended", 1),
                    "controller",
                    "rollout-17",
                    "{\"numbers\":\"" + "0123456789".repeat(30) + "\"}");
    private static final SigningKey KEY =
            SigningKey.generate("bench.example/ledger", VerifierKey.Kind.NOTE);

    private LedgerBench() {}

    public static void main(String[] args) throws Exception {
        System.out.println(
                "| where | writers | ledger/s | store alone/s | ratio |\n|---|---|---|---|---|");
        for (var base : args) {
            for (int writers : new int[] {1, 8, 64}) {
                appends(Path.of(base), writers);
            }
        }
        verification(Path.of(args[args.length - 1]));
    }

    private static void appends(Path base, int writers) throws Exception {
        var with = new double[ROUNDS];
        var without = new double[ROUNDS];
        for (int round = -1;
                round < ROUNDS;
                round++) { // the first warms up; both take turns in one run
            var folder = Files.createTempDirectory(base, "ledger-bench");
            double ours;
            double bare;
            try (var ledger = Ledger.open(SqliteStore.open(folder.resolve("a.db")), KEY)) {
                ours = rate(writers, () -> ledger.append(List.of(ENTRY)));
            }
            try (var store = SqliteStore.open(folder.resolve("b.db"))) {
                // Counted here: asking the store for its size would charge the store alone with a
                // query a commit.
                var next = new long[1];
                var commits =
                        new GroupCommit<Leaf>(
                                batch -> {
                                    store.append(next[0], batch, List.of());
                                    next[0] += batch.size();
                                },
                                1_024,
                                _ -> 1);
                var leaf = sampleLeaf();
                bare = rate(writers, () -> commits.submit(leaf));
            }
            if (round >= 0) {
                with[round] = ours;
                without[round] = bare;
            }
            delete(folder);
        }
        System.out.printf(
                "| %s | %d | %.0f | %.0f | %.2f |%n",
                base, writers, median(with), median(without), median(with) / median(without));
    }

    /// Of the same size as what the ledger writes, with the columns of hash and link filled.
    private static Leaf sampleLeaf() {
        var store = new TestingStore();
        Ledger.open(store, KEY).append(List.of(ENTRY));
        return store.read(0, 1).getFirst().leaf();
    }

    private static double rate(int writers, Runnable append) {
        var count = new LongAdder();
        long start = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(writers)) {
            for (int i = 0; i < writers; i++) {
                var _ =
                        threads.submit(
                                () -> {
                                    while (System.nanoTime() - start < ROUND_NANOS) {
                                        append.run();
                                        count.increment();
                                    }
                                });
            }
        }
        return count.sum() * 1e9 / (System.nanoTime() - start);
    }

    private static void verification(Path base) throws Exception {
        var folder = Files.createTempDirectory(base, "ledger-bench");
        try (LedgerStore store = SqliteStore.open(folder.resolve("v.db"));
                var ledger = Ledger.open(store, KEY)) {
            for (int i = 0; i < 200; i++) {
                ledger.append(Collections.nCopies(1_000, ENTRY));
            }
            ledger.checkpoint();
            var ours = new double[ROUNDS];
            var bare = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                Verification.verify(History.of(store, KEY.verifier()));
                long middle = System.nanoTime();
                var sha = MessageDigest.getInstance("SHA-256");
                byte[] bytes = new byte[store.read(0, 1).getFirst().leaf().data().size()];
                for (int i = 0; i < 200_000; i++) {
                    sha.digest(bytes);
                }
                ours[round] = (middle - start) / 1e6;
                bare[round] = (System.nanoTime() - middle) / 1e6;
            }
            System.out.printf(
                    "%nVerifying 200,000 entries: %.0f ms; bare SHA-256 over the same bytes: %.0f ms; ratio %.2f%n",
                    median(ours), median(bare), median(ours) / median(bare));
        }
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
