package dev.pitcrew.read.compose;

import dev.pitcrew.model.Place;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files of this host as sources, read when they are asked for: a project's files lie where they like. Their paths are absolute, without the
/// first slash; places are shown as seen from the system file.
///
/// @param folder of the system file, absolute
/// @param given the same as the user named it, for places
record DiskFiles(Path folder, Path given, Map<String, Optional<SourceFile>> read) {
    private static final int BYTES_MAX = 1 << 20;

    static DiskFiles from(Path file) {
        var parent = file.getParent();
        return new DiskFiles(
                file.toAbsolutePath().normalize().resolveSibling(""),
                parent == null ? Path.of("") : parent,
                new HashMap<>());
    }

    Sources sources() {
        return new Sources(List.of(), path -> read.computeIfAbsent(path, DiskFiles::load));
    }

    private static Optional<SourceFile> load(String path) {
        try {
            var file = Path.of("/" + path);
            return Files.isRegularFile(file) && Files.size(file) <= BYTES_MAX
                    ? Optional.of(
                            new SourceFile(
                                    path,
                                    new String(Files.readAllBytes(file), StandardCharsets.UTF_8)))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// The path of a file as sources have it.
    String path(String named) {
        return folder.resolve(named).normalize().toString().substring(1);
    }

    /// A place as the user would name it.
    Place shown(Place place) {
        return new Place(shown(place.file()), place.line(), place.column());
    }

    private String shown(String path) {
        return given.resolve(relative(path)).toString();
    }

    /// A path of sources as seen from the system file's folder.
    String relative(String path) {
        var relative = folder.relativize(Path.of("/" + path)).toString();
        return relative.isEmpty() ? "." : relative;
    }
}
