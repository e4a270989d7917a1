package dev.pitcrew.runtime.ledger;

import dev.pitcrew.ledger.FullStoreContract;
import dev.pitcrew.ledger.LedgerStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// The contract on a real disk, which is mounted for it.
@Tag("real")
class FullDiskTest extends FullStoreContract {
    @TempDir private Path folder;
    private SmallDisk disk;

    @BeforeEach
    void mount() throws Exception {
        disk = SmallDisk.mount(folder, 1);
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.unmount();
        }
    }

    @Override
    protected LedgerStore open() {
        return SqliteStore.open(disk.folder().resolve("ledger.db"));
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
