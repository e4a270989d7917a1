package dev.pitcrew.runtime;

import dev.pitcrew.ledger.LedgerStore;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Environment.PostgresLedger;
import dev.pitcrew.model.Environment.SqliteLedger;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.ledger.PostgresAccess;
import dev.pitcrew.runtime.ledger.PostgresStore;
import dev.pitcrew.runtime.ledger.SqliteStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Where an environment's ledger is kept, with all that it takes to get there.
public sealed interface LedgerPlace {
    /// How long a controller's lease lasts unless it is renewed.
    Duration LEASE = Duration.ofSeconds(10);

    /// Whether there is a ledger.
    boolean exists();

    /// The store, to read beside whoever writes it.
    LedgerStore reading();

    /// The store, to write without a controller.
    LedgerStore writing();

    /// In a file.
    record InFile(Path file) implements LedgerPlace {
        @Override
        public boolean exists() {
            return Files.exists(file);
        }

        @Override
        public LedgerStore reading() {
            return SqliteStore.openForReading(file);
        }

        @Override
        public LedgerStore writing() {
            return SqliteStore.open(file);
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /// In a database.
    record InDatabase(PostgresAccess access) implements LedgerPlace {
        @Override
        public boolean exists() {
            return PostgresStore.exists(access);
        }

        @Override
        public LedgerStore reading() {
            return PostgresStore.openForReading(access);
        }

        @Override
        public LedgerStore writing() {
            return PostgresStore.open(access, who("a verb"), LEASE);
        }

        @Override
        public String toString() {
            return access.toString();
        }
    }

    /// @param folder the environment's data folder
    /// @param variables where a password may be
    /// @throws IllegalArgumentException when a variable stands for nothing here, or the password can't be had
    static LedgerPlace of(
            TradingSystem system,
            Environment environment,
            Path folder,
            Map<String, String> variables) {
        Function<String, String> valueOf = name -> value(name, system, folder, variables);
        return switch (environment.ledger()) {
            case SqliteLedger(var path) -> new InFile(Path.of(path.fill(valueOf)));
            case PostgresLedger ledger ->
                    new InDatabase(
                            new PostgresAccess(
                                    ledger.url(),
                                    password(
                                            ledger,
                                            new Secrets(system.folder(), variables),
                                            valueOf)));
        };
    }

    private static String value(
            String name, TradingSystem system, Path folder, Map<String, String> variables) {
        return switch (name) {
            case "dir" -> folder.toString();
            case "config" -> system.folder().toString();
            default ->
                    Optional.of(name)
                            .filter(one -> one.startsWith("env."))
                            .map(one -> variables.get(one.substring("env.".length())))
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "the ledger's path has ${" + name + "}"));
        };
    }

    private static Optional<String> password(
            PostgresLedger ledger, Secrets secrets, Function<String, String> valueOf) {
        if (ledger.password().isEmpty()) {
            return Optional.empty();
        }
        try {
            var key = "of the ledger";
            return Optional.ofNullable(
                    secrets.fetch(Map.of(key, ledger.password().get()), valueOf).get(key));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the ledger's password can't be had: " + e.getMessage(), e);
        }
    }

    /// How others read of this process.
    static String who(String what) {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) { // its own name leads nowhere
            host = "a host";
        }
        return "%s on %s, pid %d".formatted(what, host, ProcessHandle.current().pid());
    }
}
