package dev.pitcrew.runtime;

import dev.pitcrew.deploy.DeskEvent.Killed;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Kills that were done while no controller ran: written down here, and taken into the ledger by the next controller.
/// One file for each, with one event a line.
public final class Spool {
    private static final String TYPE = "desk.killed@1";

    private final Path folder;
    private final EventCodec codec = new EventCodec();
    private final Set<Path> unreadable = ConcurrentHashMap.newKeySet();

    /// One file of the spool.
    ///
    /// @param kills what it says, in order
    record Page(Path file, List<Killed> kills) {}

    /// @param dataFolder of the environment
    public Spool(Path dataFolder) {
        folder = dataFolder.resolve("spool");
    }

    /// Writes down a kill, durably.
    ///
    /// @throws OperationFailed with `FILE_UNUSABLE` when it could not be written
    public void write(Killed kill) {
        var name = UUID.randomUUID().toString();
        try {
            Files.createDirectories(folder);
            var unfinished = folder.resolve(name + ".new");
            Files.writeString(unfinished, codec.encode(kill).body() + "\n");
            try (var file = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                file.force(true);
            }
            Files.move(unfinished, folder.resolve(name + ".json"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /// What waits to be taken in. A page that nobody can read stays where it is, for a person to look at.
    ///
    /// @throws OperationFailed when the folder can't be read
    List<Page> waiting() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.newDirectoryStream(folder, "*.json")) {
            var pages = new ArrayList<Page>();
            for (var file : files) {
                page(file).ifPresent(pages::add);
            }
            return pages;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private Optional<Page> page(Path file) {
        try {
            return Optional.of(new Page(file, kills(file)));
        } catch (IOException | OperationFailed e) {
            if (unreadable.add(file)) { // said once
                System.getLogger(Spool.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "{0} is no kill, look at it: {1}",
                                file,
                                e.getMessage());
            }
            return Optional.empty();
        }
    }

    private List<Killed> kills(Path file) throws IOException {
        var kills = new ArrayList<Killed>();
        for (var line : Files.readAllLines(file)) {
            if (codec.decode(TYPE, line).orElseThrow() instanceof Killed one) {
                kills.add(
                        new Killed(
                                one.at(),
                                one.service(),
                                one.by(),
                                one.reason(),
                                true,
                                one.result()));
            }
        }
        return kills;
    }

    /// Puts a page aside once the ledger has it.
    void done(Page page) {
        try {
            var name = page.file().getFileName().toString();
            Files.move(
                    page.file(), folder.resolve(name + ".taken"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private OperationFailed unusable(IOException e) {
        return new OperationFailed(
                Code.FILE_UNUSABLE, "the spool " + folder + " can't be used: " + e, e);
    }
}
