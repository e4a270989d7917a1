package dev.pitcrew.runtime;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/// What the controllers of one desk have in common: the data folder, which lists the desk's processes.
final class DeskId {
    private DeskId() {}

    /// The folder's own, made when there is none.
    static String of(Path folder) throws IOException {
        var file = folder.resolve("desk.id");
        if (!Files.exists(file)) {
            var made = Files.createTempFile(folder, "desk", ".id");
            Files.writeString(made, UUID.randomUUID() + "\n");
            try {
                Files.createLink(file, made); // whole or not at all, and never over another's
            } catch (FileAlreadyExistsException _) { // another controller was quicker
            } catch (UnsupportedOperationException _) {
                Files.copy(made, file, StandardCopyOption.COPY_ATTRIBUTES);
            }
            Files.delete(made);
        }
        return Files.readString(file).strip();
    }
}
