package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/// The mark in a data folder that its ledger came out of an export. The first controller after that looks whether the folder knows of all
/// processes that the ledger lists: one of which nobody here knows would be taken for dead, and may run where the ledger came from.
public final class Imported {
    private Imported() {}

    private static Path in(Path dataFolder) {
        return dataFolder.resolve("ledger.imported");
    }

    /// Leaves the mark.
    public static void mark(Path dataFolder) throws IOException {
        Files.writeString(in(dataFolder), "");
    }

    /// Looks, and removes the mark when all are known.
    ///
    /// @throws OperationFailed with `LEDGER_DISPUTED` and the names of those of which nobody here knows
    static void check(Path dataFolder, Desk desk, Processes processes) throws IOException {
        if (!Files.exists(in(dataFolder))) {
            return;
        }
        var known =
                processes.known().stream().map(KnownProcess::instance).collect(Collectors.toSet());
        var unknown =
                desk.services().values().stream()
                        .flatMap(one -> one.roster().instances().keySet().stream())
                        .filter(one -> !known.contains(one))
                        .sorted()
                        .toList();
        if (!unknown.isEmpty()) {
            throw new OperationFailed(
                    Code.LEDGER_DISPUTED,
                    "the imported ledger lists %s, of which %s knows nothing: bring the folder processes from where they ran, or once all of them are dead remove %s"
                            .formatted(String.join(", ", unknown), dataFolder, in(dataFolder)),
                    null);
        }
        Files.delete(in(dataFolder));
    }
}
