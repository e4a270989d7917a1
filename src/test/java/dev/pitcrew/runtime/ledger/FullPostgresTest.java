package dev.pitcrew.runtime.ledger;

import dev.pitcrew.ledger.FullStoreContract;
import dev.pitcrew.ledger.LedgerStore;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/// The contract on a server whose tables lie on a small disk. Its write-ahead log lies elsewhere: where that disk is full, the
/// server stops as a whole.
@Tag("real")
class FullPostgresTest extends FullStoreContract {
    private static TestingPostgres server;

    private SmallDisk disk;
    private PostgresAccess access;

    @BeforeAll
    static void startServer() throws Exception {
        server = TestingPostgres.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void mount() throws Exception {
        disk = SmallDisk.mount(server.mountPoint(), 2);
        server.own(disk.folder());
        access = server.database();
        try (var admin = server.admin("postgres")) {
            PostgresSession.execute(
                    admin, "CREATE TABLESPACE small LOCATION '%s'".formatted(disk.folder()));
            PostgresSession.execute(admin, "GRANT CREATE ON TABLESPACE small TO PUBLIC");
            PostgresSession.execute(
                    admin,
                    "ALTER DATABASE %s SET default_tablespace = small"
                            .formatted(access.url().database()));
        }
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            try (var admin = server.admin("postgres")) {
                PostgresSession.execute(
                        admin, "DROP DATABASE " + access.url().database() + " WITH (FORCE)");
                PostgresSession.execute(admin, "DROP TABLESPACE small");
            }
            disk.unmount();
        }
    }

    @Override
    protected LedgerStore open() {
        return PostgresStore.open(access, "host-a", Duration.ofSeconds(30));
    }

    @Override
    protected void fill() throws Exception {
        disk.fill();
    }

    @Override
    protected void makeRoom() throws Exception {
        disk.makeRoom();
    }
}
