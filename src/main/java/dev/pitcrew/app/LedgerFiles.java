package dev.pitcrew.app;

import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.LedgerStore;
import dev.pitcrew.ledger.SigningKey;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.LedgerPlace;
import dev.pitcrew.runtime.ledger.KeyFile;
import java.nio.file.Path;
import java.util.Map;

/// An environment's ledger, for who works on it without a controller.
///
/// @param place the store
/// @param keyFile what signs its checkpoints
/// @param origin the ledger's name among all ledgers
public record LedgerFiles(LedgerPlace place, Path keyFile, String origin) {
    /// @param folder the environment's data folder
    /// @param variables where a password may be
    /// @throws IllegalArgumentException when the ledger's path has a variable that stands for nothing here, or its password
    ///     can't be had
    public static LedgerFiles of(
            TradingSystem system,
            Environment environment,
            Path folder,
            Map<String, String> variables) {
        return new LedgerFiles(
                LedgerPlace.of(system, environment, folder, variables),
                folder.resolve("ledger.key"),
                system.name() + "/" + environment.name());
    }

    public boolean exist() {
        return place.exists();
    }

    /// The store, to read beside whoever writes it.
    ///
    /// @throws IllegalArgumentException when there is none yet
    public LedgerStore reading() {
        requireOne();
        return place.reading();
    }

    /// The ledger, to write.
    ///
    /// @throws IllegalArgumentException when there is none yet
    /// @throws dev.pitcrew.model.OperationFailed when a controller writes it
    public Ledger writing() {
        requireOne();
        return Ledger.open(place.writing(), key());
    }

    /// What signs its checkpoints.
    ///
    /// @throws dev.pitcrew.model.OperationFailed when there is none: only a controller's first start makes one
    public SigningKey key() {
        return KeyFile.load(keyFile, origin, VerifierKey.Kind.NOTE);
    }

    private void requireOne() {
        if (!exist()) {
            throw new IllegalArgumentException("there is no ledger at " + place + " yet");
        }
    }
}
