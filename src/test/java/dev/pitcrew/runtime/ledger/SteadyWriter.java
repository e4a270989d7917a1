package dev.pitcrew.runtime.ledger;

import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.Samples;
import dev.pitcrew.ledger.VerifierKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Appends one entry after the other, and prints how long the store's log is once each is acknowledged. It ends by itself
/// before the log is begun anew.
public final class SteadyWriter {
    static final String ORIGIN = "desk.example/ledger";
    static final int ENTRIES_MAX = 150; // of a few pages each; the log begins anew after 1000

    private SteadyWriter() {}

    public static void main(String[] args) throws Exception {
        var file = Path.of(args[0]);
        var key = KeyFile.loadOrCreate(Path.of(args[1]), ORIGIN, VerifierKey.Kind.NOTE);
        var ledger = Ledger.open(SqliteStore.open(file), key);
        for (int i = 0; i < ENTRIES_MAX; i++) {
            ledger.append(List.of(Samples.entry(i)));
            System.out.println(Files.size(Path.of(file + "-wal")));
            if (i % 7 == 0) {
                ledger.checkpoint();
            }
        }
        var _ = System.in.read(); // until it is killed
    }
}
