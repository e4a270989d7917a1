package dev.pitcrew.app.harden;

import dev.pitcrew.app.assess.Assess;
import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.fix.Fix.Reach;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.read.survey.Repository;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/// The files of a folder: read, mended in memory, and written when somebody asks for it.
public final class HardenFiles {
    private final Path root;

    private HardenFiles(Path root) {
        this.root = root;
    }

    /// @param path the repository's folder, or one file
    public static HardenFiles of(Path path) throws IOException {
        return new HardenFiles(
                Files.isDirectory(path)
                        ? path.toRealPath()
                        : path.toAbsolutePath().resolveSibling(""));
    }

    /// What can be mended. No file is written.
    ///
    /// @param path the same as before
    /// @throws IOException when the folder can't be read at all
    public Hardening harden(Path path, List<Check> checks, LocalDate today, Reach reach)
            throws IOException {
        var contents = Repository.read(path);
        var writable = new HashMap<String, Boolean>();
        return Harden.harden(
                contents.sources(),
                contents.problems(),
                checks,
                today,
                Assess.isExample(path),
                file -> writable.computeIfAbsent(file, one -> isWritable(one, contents.sources())),
                reach);
    }

    private boolean isWritable(String file, Sources sources) {
        return sources.file(file)
                .map(this::isAsRead)
                .orElseGet(() -> !Files.exists(root.resolve(file), LinkOption.NOFOLLOW_LINKS));
    }

    /// Whether the bytes of a file are its text in UTF-8: with another encoding, or a mark before it, an edit would change more than it says. A link leads elsewhere, and is left alone.
    private boolean isAsRead(SourceFile file) {
        return isAsRead(root.resolve(file.path()), file.text());
    }

    private static boolean isAsRead(Path file, String text) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Arrays.equals(
                            Files.readAllBytes(file), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            return false;
        }
    }

    /// Writes the edited files: each beside the old one and then in its place, with its mode. When one of them is not as it was read, none is written.
    ///
    /// @return the files that were written
    /// @throws OperationFailed when a file has changed since it was read, or can't be written
    public List<String> write(Hardening hardening) {
        var changed = new ArrayList<String>();
        hardening
                .changes()
                .forEach(
                        (path, change) -> {
                            Path file = root.resolve(path);
                            boolean isSame =
                                    change.isNew()
                                            ? !Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                                            : isAsRead(file, change.before());
                            if (!isSame) {
                                changed.add(path);
                            }
                        });
        if (!changed.isEmpty()) {
            throw new OperationFailed(
                    OperationFailed.Code.IN_USE,
                    "%s changed while it was looked at; nothing was written, run it again"
                            .formatted(String.join(", ", changed)),
                    null);
        }
        hardening.changes().forEach(this::write);
        return List.copyOf(hardening.changes().keySet());
    }

    private void write(String path, Hardening.Change change) {
        Path file = root.resolve(path);
        try {
            Path beside = Files.createTempFile(file.resolveSibling(""), ".pitcrew", ".new");
            try {
                writeBeside(file, beside, change);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new OperationFailed(
                    OperationFailed.Code.FILE_UNUSABLE,
                    "can't write " + path + ": " + e.getMessage(),
                    e);
        }
    }

    /// A new file gets the mode that files get here; a file for a while has one of its own.
    private static void writeBeside(Path file, Path beside, Hardening.Change change)
            throws IOException {
        if (change.isNew()) {
            Files.writeString(file, change.after(), StandardOpenOption.CREATE_NEW);
            return;
        }
        Files.writeString(beside, change.after());
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            Files.setPosixFilePermissions(beside, view.readAttributes().permissions());
        }
        Files.move(
                beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
