package dev.pitcrew.runtime.ledger;

import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.Samples;
import dev.pitcrew.ledger.VerifierKey;
import java.nio.file.Path;

/// Appends from four threads until it is killed, and prints each index once it is acknowledged.
public final class EndlessWriter {
    static final String ORIGIN = "desk.example/ledger";

    private EndlessWriter() {}

    public static void main(String[] args) {
        var key = KeyFile.loadOrCreate(Path.of(args[1]), ORIGIN, VerifierKey.Kind.NOTE);
        var ledger = Ledger.open(SqliteStore.open(Path.of(args[0])), key);
        for (int writer = 0; writer < 4; writer++) {
            Thread.ofPlatform()
                    .start(
                            () -> {
                                for (int i = 0; ; i++) {
                                    var last =
                                            ledger.append(Samples.entries(i, i + 3))
                                                    .getLast()
                                                    .index();
                                    System.out.println(last);
                                    if (i % 50 == 0) {
                                        ledger.checkpoint();
                                    }
                                }
                            });
        }
    }
}
