package dev.pitcrew.read.survey;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the text files of a folder: those that may say something about infrastructure, bounded in number and size. Links are not followed.
public final class Repository {
    private static final int BYTES_MAX = 1 << 20;
    private static final int FILES_MAX = 50_000;
    private static final Set<String> SKIPPED =
            Set.of(
                    ".git",
                    ".hg",
                    ".svn",
                    "node_modules",
                    ".venv",
                    "venv",
                    "site-packages",
                    "__pycache__",
                    ".tox",
                    ".mypy_cache",
                    ".pytest_cache",
                    ".terraform",
                    ".gradle",
                    ".idea",
                    ".vscode",
                    ".pitcrew",
                    "pitcrew-checks"); // faults in the examples of own checks are deliberate

    private Repository() {}

    /// Whether a file may be opened at all, told by its path, and if it is no larger than that.
    public static boolean mayRead(String path, long size) {
        return size <= BYTES_MAX && (Names.mayMatter(path) || Names.isOtherCode(path));
    }

    /// @param sources what was read
    /// @param problems files that are too large, or can't be read
    public record Contents(Sources sources, List<Problem> problems) {}

    /// @param from the repository, or one file of it
    /// @throws IOException when the folder can't be read at all
    public static Contents read(Path from) throws IOException {
        Path folder = Files.isDirectory(from) ? from.toRealPath() : from; // it may be a link itself
        var ignored = ignored(folder);
        var reading = new Reading();
        Path root = Files.isDirectory(folder) ? folder : folder.toAbsolutePath().resolveSibling("");
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes of) {
                        var name = dir.getFileName();
                        return name != null
                                        && !dir.equals(folder)
                                        && (SKIPPED.contains(name.toString())
                                                || ignored.contains(name.toString())
                                                || (folder.equals(dir.getParent())
                                                        && ignored.contains("/" + name)))
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes of) {
                        return reading.visited(relative(root, file), file, of)
                                ? FileVisitResult.CONTINUE
                                : FileVisitResult.TERMINATE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        return reading.failed(relative(root, file), e)
                                ? FileVisitResult.CONTINUE
                                : FileVisitResult.TERMINATE;
                    }
                });
        reading.readVisited();
        var files = reading.files;
        // Only alerts and dashboards ask what code in these languages exports, and there is much of
        // it.
        if (files.stream().anyMatch(Repository::hasAlerts)) {
            var code = reading.code;
            for (Path file : code.subList(0, Math.min(code.size(), FILES_MAX - files.size()))) {
                var of = Files.readAttributes(file, BasicFileAttributes.class);
                take(new Visit(relative(root, file), file, of)).file().ifPresent(files::add);
            }
        }
        return new Contents(new Sources(files), reading.problems);
    }

    /// A file that was come by.
    private record Visit(String path, Path file, BasicFileAttributes of) {
        boolean isTaken() {
            return of.isRegularFile() && Names.mayMatter(path);
        }
    }

    /// What became of it.
    private record Taken(Optional<SourceFile> file, Optional<Problem> problem) {
        static final Taken NOTHING = new Taken(Optional.empty(), Optional.empty());

        static Taken problem(String path, String what) {
            return new Taken(
                    Optional.empty(), Optional.of(new Problem(new Place(path, 1, 1), what)));
        }
    }

    /// Files that were come by, and read many at a time, side by side.
    private static final class Reading {
        private static final int AT_ONCE = 256;

        private final List<SourceFile> files = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private final List<Path> code = new ArrayList<>();
        private final List<Visit> visited = new ArrayList<>();

        /// @return whether there may be more
        boolean visited(String path, Path file, BasicFileAttributes of) {
            visited.add(new Visit(path, file, of));
            return visited.size() < AT_ONCE || readVisited();
        }

        /// @return whether there may be more
        boolean failed(String path, IOException e) {
            boolean isMore = readVisited(); // problems are in the order of files
            if (isMore) {
                problems.add(
                        new Problem(new Place(path, 1, 1), "can't be read: " + e.getMessage()));
            }
            return isMore;
        }

        /// @return whether there may be more
        boolean readVisited() {
            var taken =
                    visited.parallelStream()
                            .map(one -> one.isTaken() ? take(one) : Taken.NOTHING)
                            .toList();
            for (int i = 0; i < taken.size(); i++) {
                var one = visited.get(i);
                if (files.size() >= FILES_MAX) {
                    problems.add(
                            new Problem(
                                    new Place(one.path(), 1, 1),
                                    "and what follows was not read: there are more than "
                                            + FILES_MAX
                                            + " files"));
                    visited.clear();
                    return false;
                }
                taken.get(i).file().ifPresent(files::add);
                taken.get(i).problem().ifPresent(problems::add);
                if (!one.isTaken() && one.of().isRegularFile() && Names.isOtherCode(one.path())) {
                    code.add(one.file());
                }
            }
            visited.clear();
            return true;
        }
    }

    private static boolean hasAlerts(SourceFile file) {
        if (file.name().endsWith(".json")) {
            return file.text().contains("\"expr\"")
                    && (file.text().contains("\"panels\"")
                            || file.text().contains("\"datasourceUid\""));
        }
        return file.name().matches(".*\\.ya?ml")
                && file.text().contains("expr:")
                && (file.text().contains("alert:") || file.text().contains("datasourceUid:"));
    }

    private static Taken take(Visit visit) {
        String path = visit.path();
        if (visit.of().size() > BYTES_MAX) {
            return Taken.problem(path, "is larger than 1 MiB, and was not read");
        }
        try {
            byte[] bytes = Files.readAllBytes(visit.file());
            if (!isBinary(bytes)) {
                return new Taken(Optional.of(new SourceFile(path, text(bytes))), Optional.empty());
            }
            return Names.isText(path)
                    ? Taken.problem(path, "is binary or encrypted, and was not read")
                    : Taken.NOTHING;
        } catch (IOException e) {
            return Taken.problem(path, "can't be read: " + e.getMessage());
        }
    }

    /// The folders that the repository's own `.gitignore` leaves out by name: what was built or installed there is not in it. Those under the top alone begin with a slash.
    private static Set<String> ignored(Path folder) throws IOException {
        var list = folder.resolve(".gitignore");
        if (!Files.isRegularFile(list) || Files.size(list) > BYTES_MAX) {
            return Set.of();
        }
        var lines = text(Files.readAllBytes(list)).lines().map(String::strip).toList();
        if (lines.stream().anyMatch(line -> line.startsWith("!"))) {
            return Set.of(); // some of it may come back
        }
        return lines.stream()
                .filter(line -> line.matches("/?[A-Za-z0-9._-]+/"))
                .map(line -> line.substring(0, line.length() - 1))
                .collect(Collectors.toSet());
    }

    private static String relative(Path root, Path file) {
        return root.toAbsolutePath()
                .relativize(file.toAbsolutePath())
                .toString()
                .replace('\\', '/');
    }

    private static boolean isBinary(byte[] bytes) {
        if (hasMark(bytes, 0xFE, 0xFF) || hasMark(bytes, 0xFF, 0xFE)) {
            return false;
        }
        for (int i = 0; i < Math.min(bytes.length, 8000); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static String text(byte[] bytes) {
        if (hasMark(bytes, 0xFE, 0xFF) || hasMark(bytes, 0xFF, 0xFE)) {
            return new String(bytes, StandardCharsets.UTF_16);
        }
        int skip =
                hasMark(bytes, 0xEF, 0xBB) && bytes.length > 2 && (bytes[2] & 0xFF) == 0xBF ? 3 : 0;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, skip, bytes.length - skip))
                    .toString();
        } catch (CharacterCodingException _) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static boolean hasMark(byte[] bytes, int first, int second) {
        return bytes.length >= 2 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
    }

    /// Which files are worth opening, by name alone.
    static final class Names {
        private static final Set<String> ENDINGS =
                Set.of(
                        "yaml",
                        "yml",
                        "json",
                        "toml",
                        "env",
                        "conf",
                        "cfg",
                        "ini",
                        "service",
                        "timer",
                        "socket",
                        "sql",
                        "sh",
                        "bash",
                        "py",
                        "java",
                        "go",
                        "nginx",
                        "template",
                        "xml",
                        "txt",
                        "properties",
                        "tpl",
                        "tmpl",
                        "j2",
                        "dockerfile",
                        "containerfile",
                        "rules",
                        "tf",
                        "tofu",
                        "tfvars",
                        "tfstate",
                        "lock", // that it is there says that versions are pinned
                        "pem",
                        "key");

        /// Endings of what is binary only by mistake, or encrypted.
        private static final Set<String> TEXTS =
                Set.of(
                        "yaml", "yml", "toml", "env", "service", "timer", "sql", "sh", "py",
                        "rules");

        /// Of code in which names of metrics may stand, and nothing else that is read.
        private static final Set<String> OTHER_CODE = Set.of("rs", "kt", "ts", "js", "cs", "cpp");

        private Names() {}

        static boolean isOtherCode(String path) {
            return OTHER_CODE.contains(path.substring(path.lastIndexOf('.') + 1));
        }

        static boolean isText(String path) {
            String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
            return TEXTS.contains(name.substring(name.lastIndexOf('.') + 1));
        }

        static boolean mayMatter(String path) {
            String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
            return name.startsWith(".env")
                    || name.contains("dockerfile")
                    || name.contains("containerfile")
                    || name.contains("jenkinsfile")
                    || name.equals(".dockerignore")
                    || name.equals(".gitignore")
                    || !name.contains(".")
                    || ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
        }
    }
}
