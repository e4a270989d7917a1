package dev.pitcrew.app;

import dev.pitcrew.ledger.LedgerStore;
import dev.pitcrew.model.DatabaseUrl;
import dev.pitcrew.runtime.ledger.PostgresAccess;
import dev.pitcrew.runtime.ledger.PostgresStore;
import dev.pitcrew.runtime.ledger.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Where somebody wants a ledger to be: a SQLite file, or a PostgreSQL database.
///
/// @param text the file, or `postgresql://USER@HOST:PORT/DATABASE`
/// @param password for the database; empty: none, or the one of the user's password file
public record LedgerTarget(String text, Optional<String> password) {
    private static final String SCHEME = "postgresql:";
    private static final Duration LEASE = Duration.ofSeconds(10);

    /// Opens it to write, and makes it when there is none.
    ///
    /// @throws IllegalArgumentException when the text is no such place
    public LedgerStore open() {
        if (!text.startsWith(SCHEME)) {
            return SqliteStore.open(Path.of(text));
        }
        DatabaseUrl url;
        try {
            url = DatabaseUrl.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no place for a ledger: " + e.getMessage(), e);
        }
        return PostgresStore.open(
                new PostgresAccess(url, password),
                "ledger copy, pid " + ProcessHandle.current().pid(),
                LEASE);
    }

    /// Without the password.
    @Override
    public String toString() {
        return text;
    }
}
