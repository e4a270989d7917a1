package dev.pitcrew.runtime;

import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.DeskEvent.KillTested;
import dev.pitcrew.deploy.DeskEvent.Killed;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;

/// Kills, and tests of the kill, that were done without the ledger: written down here, and taken in by the controller that runs or the
/// next one. One file for each, `ID.TYPE.json`, with the event as the ledger would have it.
public final class Spool {
    /// What came of a kill that has only begun.
    public static final String BEGUN = "begun";

    private static final String ENDING = ".json";

    private final Path folder;
    private final EventCodec codec = new EventCodec();

    /// One file of the spool.
    ///
    /// @param written when, by this host's clock
    /// @param report what it says
    record Page(Path file, Instant written, DeskEvent report) {}

    /// @param dataFolder of the environment
    public Spool(Path dataFolder) {
        folder = dataFolder.resolve("spool");
    }

    /// Writes down a kill, durably.
    ///
    /// @return the page
    /// @throws OperationFailed with `FILE_UNUSABLE` when it could not be written
    public Path write(Killed kill) {
        return writeDown(kill);
    }

    /// Takes a page back that another one has made needless, unless it is taken in already.
    public void takeBack(Path page) {
        try {
            Files.deleteIfExists(page);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /// Whether a kill of a service waits that the ledger may know nothing of.
    ///
    /// @throws OperationFailed when it can't be told
    boolean hasKill(String service) {
        return waiting().stream()
                .map(Page::report)
                .anyMatch(one -> one instanceof Killed && one.service().equals(service));
    }

    /// Writes down a test of the kill, durably.
    ///
    /// @throws OperationFailed with `FILE_UNUSABLE` when it could not be written
    public void write(KillTested test) {
        writeDown(test);
    }

    private Path writeDown(DeskEvent report) {
        var coded = codec.encode(report);
        var name = UUID.randomUUID() + "." + coded.type();
        try {
            Files.createDirectories(folder);
            var unfinished = folder.resolve(name + ".new");
            Files.writeString(unfinished, coded.body() + "\n");
            try (var file = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                file.force(true);
            }
            return Files.move(
                    unfinished, folder.resolve(name + ENDING), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /// What waits to be taken in. A file that is none of ours is put aside with a warning, so that it stands in nobody's way.
    ///
    /// @throws OperationFailed when it can't be read
    List<Page> waiting() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            var pages = new ArrayList<Page>();
            for (var file : files) {
                try {
                    pages.add(page(file));
                } catch (OperationFailed | NoSuchElementException e) {
                    refuse(file, String.valueOf(e.getMessage()));
                }
            }
            return pages;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private Page page(Path file) throws IOException {
        var name = file.getFileName().toString();
        var base = name.substring(0, name.length() - ENDING.length());
        var type = base.substring(base.indexOf('.') + 1);
        var written = Files.getLastModifiedTime(file).toInstant();
        return switch (codec.decode(type, Files.readString(file)).orElseThrow()) {
            case Killed one ->
                    new Page(
                            file,
                            written,
                            new Killed(
                                    one.at(),
                                    one.service(),
                                    one.by(),
                                    one.reason(),
                                    true,
                                    one.result(),
                                    one.kill()));
            case KillTested one -> new Page(file, written, one);
            default -> throw new NoSuchElementException("a " + type + " is not for the spool");
        };
    }

    /// Puts a page aside once the ledger has it.
    void done(Page page) {
        move(page.file(), ".taken");
    }

    /// Puts a file aside that the ledger can't take in, for a person to look at.
    void refuse(Path file, String why) {
        System.getLogger(Spool.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "{0} in the spool is put aside, the ledger can''t take it in: {1}",
                        file.getFileName(),
                        why);
        move(file, ".refused");
    }

    private void move(Path file, String ending) {
        try {
            Files.move(
                    file,
                    folder.resolve(file.getFileName() + ending),
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private OperationFailed unusable(IOException e) {
        return new OperationFailed(
                Code.FILE_UNUSABLE, "the spool " + folder + " can't be used: " + e, e);
    }
}
