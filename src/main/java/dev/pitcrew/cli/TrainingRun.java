package dev.pitcrew.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;

/// Runs real verbs once, so that the ahead-of-time cache knows the classes they load. The launcher starts it after a
/// build; verbs listed here must finish by themselves and change nothing.
public final class TrainingRun {
    private static final List<List<String>> LINES =
            List.of(
                    List.of("judge", "counts", "--baseline", "1/100", "--canary", "1/100"),
                    List.of("schema"),
                    List.of("schema", "--help"),
                    List.of("--help"),
                    List.of("--version"),
                    List.of("explain", "TRD-001"),
                    List.of("assess", "pitcrew"),
                    List.of("market", "status", "XNYS", "--at", "2026-11-25T12:00:00Z"));

    private TrainingRun() {}

    /// Runs every line and writes nothing.
    public static void main(String[] args) {
        var nowhere = new PrintWriter(Writer.nullWriter());
        for (List<String> line : LINES) {
            Main.run(nowhere, nowhere, line.toArray(String[]::new));
        }
    }
}
