package dev.pitcrew.runtime;

import dev.pitcrew.ledger.LedgerStore;
import dev.pitcrew.ledger.SigningKey;
import dev.pitcrew.model.Environment.SqliteLedger;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.ledger.PostgresLease;
import dev.pitcrew.runtime.ledger.PostgresStore;
import dev.pitcrew.runtime.ledger.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The ledger that a controller writes, with the key that signs it.
///
/// @param file the one whose disk has to have room: the ledger itself, else its key
record OwnLedger(LedgerStore store, SigningKey key, Path file) {

    /// Opens it, and makes one with its key when there is none.
    ///
    /// @param lease null: the controller is alone, and the ledger is a file
    /// @param isOfOneHost whether the desk is of this data folder alone
    /// @param opened hears of what has to be closed in the end
    /// @throws OperationFailed with the ledger's codes
    static OwnLedger open(
            ControllerSettings settings,
            @Nullable PostgresLease lease,
            Variables variables,
            boolean isOfOneHost,
            Consumer<AutoCloseable> opened)
            throws IOException {
        if (lease != null) {
            var database = PostgresStore.open(lease);
            opened.accept(database);
            if (isOfOneHost) {
                database.claim(DeskId.of(settings.dataFolder()));
            }
            return new OwnLedger(
                    database,
                    settings.key(database.size() == 0),
                    settings.dataFolder().resolve("ledger.key"));
        }
        if (!(settings.where().ledger() instanceof SqliteLedger(var path))) {
            throw new IllegalArgumentException("a controller among several needs a lease");
        }
        var file = Path.of(path.fill(variables.common()));
        var key = settings.key(!Files.exists(file));
        var store = SqliteStore.open(file);
        opened.accept(store);
        return new OwnLedger(store, key, file);
    }
}
