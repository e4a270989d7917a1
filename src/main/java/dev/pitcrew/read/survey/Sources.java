package dev.pitcrew.read.survey;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The text files of a repository, by path.
///
/// It is made of what was read already, so that formats and their tests never touch a disk; [Repository] reads it.
public final class Sources {
    private final TreeMap<String, SourceFile> files;
    private final List<SourceFile> all;
    private final Function<String, Optional<SourceFile>> others;
    private final Readings.@Nullable Asked asked;

    /// @param files with paths relative to the repository
    public Sources(List<SourceFile> files) {
        this(files, _ -> Optional.empty());
    }

    /// @param others finds by its path what is not among the files
    public Sources(List<SourceFile> files, Function<String, Optional<SourceFile>> others) {
        this.files = new TreeMap<>();
        files.forEach(file -> this.files.put(file.path(), file));
        this.all = List.copyOf(this.files.values());
        this.others = others;
        this.asked = null;
    }

    private Sources(Sources of, Readings.Asked asked) {
        this.files = of.files;
        this.all = of.all;
        this.others = of.others;
        this.asked = asked;
    }

    /// The same files for a format of which one wants to know what it asks for.
    ///
    /// @param asked takes it; for one thread
    Sources heardBy(Readings.Asked asked) {
        return new Sources(this, asked);
    }

    /// All of them, in the order of their paths.
    public List<SourceFile> all() {
        if (asked != null) {
            asked.all(all);
        }
        return all;
    }

    /// The file of a path that is relative to the repository.
    public Optional<SourceFile> file(String path) {
        var found =
                normal(path)
                        .flatMap(
                                one ->
                                        Optional.ofNullable(files.get(one))
                                                .or(() -> others.apply(one)));
        if (asked != null) {
            asked.file(path, found);
        }
        return found;
    }

    /// The file that another one names.
    ///
    /// @param folder of the file that names it, relative to the repository
    /// @param path as it stands there; one that leaves the repository or is absolute is not found
    public Optional<SourceFile> file(String folder, String path) {
        return path.startsWith("/") ? Optional.empty() : file(folder + "/" + path);
    }

    /// Most are; those that can't be told at a glance are gone through.
    private static boolean isNormal(String path) {
        return !path.startsWith("/")
                && !path.endsWith("/")
                && !path.endsWith(".")
                && !path.startsWith(".")
                && !path.contains("//")
                && !path.contains("/.");
    }

    /// A path without `.` and `..`, relative to the repository; empty when it leads out of it.
    public static Optional<String> normal(String path) {
        if (isNormal(path)) {
            return Optional.of(path);
        }
        var parts = new ArrayDeque<String>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return Optional.empty();
                }
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }
}
