package dev.pitcrew.app;

import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.SigningKey;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.ledger.KeyFile;
import dev.pitcrew.runtime.ledger.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files of an environment's ledger, for who works on it without a controller.
///
/// @param file the store
/// @param keyFile what signs its checkpoints
/// @param origin the ledger's name among all ledgers
public record LedgerFiles(Path file, Path keyFile, String origin) {
    /// @param folder the environment's data folder
    /// @throws IllegalArgumentException when the ledger's path has a variable that stands for nothing here
    public static LedgerFiles of(TradingSystem system, Environment environment, Path folder) {
        var file =
                environment
                        .ledger()
                        .path()
                        .fill(
                                name ->
                                        switch (name) {
                                            case "dir" -> folder.toString();
                                            case "config" -> system.folder().toString();
                                            default ->
                                                    throw new IllegalArgumentException(
                                                            "the ledger's path has ${"
                                                                    + name
                                                                    + "}");
                                        });
        return new LedgerFiles(
                Path.of(file),
                folder.resolve("ledger.key"),
                system.name() + "/" + environment.name());
    }

    public boolean exist() {
        return Files.exists(file);
    }

    /// The store, to read beside whoever writes it.
    ///
    /// @throws IllegalArgumentException when there is none yet
    public SqliteStore reading() {
        requireOne();
        return SqliteStore.openForReading(file);
    }

    /// The ledger, to write.
    ///
    /// @throws IllegalArgumentException when there is none yet
    /// @throws dev.pitcrew.model.OperationFailed when a controller writes it
    public Ledger writing() {
        requireOne();
        return Ledger.open(SqliteStore.open(file), key());
    }

    /// What signs its checkpoints.
    ///
    /// @throws dev.pitcrew.model.OperationFailed when there is none: only a controller's first start makes one
    public SigningKey key() {
        return KeyFile.load(keyFile, origin, VerifierKey.Kind.NOTE);
    }

    private void requireOne() {
        if (!exist()) {
            throw new IllegalArgumentException("there is no ledger at " + file + " yet");
        }
    }
}
