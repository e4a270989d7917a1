package dev.pitcrew.runtime;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/// Which program this is: another one may fold the same entries to something else.
public final class Program {
    private static final class Computed {
        static final String DIGEST = digest(Runtime.version().toString(), path());
    }

    private Program() {}

    /// SHA-256 in hex over the version of Java and over all classes and libraries, as this process was started with them.
    public static String digest() {
        return Computed.DIGEST;
    }

    private static List<Path> path() {
        return List.of(System.getProperty("java.class.path", "").split(":", -1)).stream()
                .filter(one -> !one.isEmpty())
                .map(one -> Path.of(one).toAbsolutePath())
                .toList();
    }

    static String digest(String java, List<Path> path) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            add(digest, java);
            for (var one : path) {
                if (Files.isDirectory(one)) {
                    folder(digest, one);
                } else if (Files.isRegularFile(one)) {
                    jar(digest, one, true);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new OperationFailed(
                    Code.FILE_UNUSABLE, "the program can't be read: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void folder(MessageDigest digest, Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                add(digest, folder.relativize(file) + " " + Files.size(file));
                digest.update(Files.readAllBytes(file));
            }
        }
    }

    /// By the checksums that it has of its files: this tells builds apart, and keeps nobody out who can change the program.
    private static void jar(MessageDigest digest, Path file, boolean withLibraries)
            throws IOException {
        try (var jar = new JarFile(file.toFile(), false)) {
            for (Enumeration<? extends ZipEntry> all = jar.entries(); all.hasMoreElements(); ) {
                var one = all.nextElement();
                add(digest, "%s %d %x".formatted(one.getName(), one.getSize(), one.getCrc()));
            }
            var manifest = jar.getManifest();
            var libraries =
                    manifest == null || !withLibraries
                            ? null
                            : manifest.getMainAttributes().getValue("Class-Path");
            if (libraries != null) {
                for (var one : libraries.split(" ", -1)) {
                    var library = file.resolveSibling(one);
                    if (Files.isRegularFile(library)) {
                        jar(digest, library, false);
                    }
                }
            }
        }
    }
}
