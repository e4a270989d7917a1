package desk.common;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// What this process runs, as digests: the SHA-256, in hex, of the raw SHA-256s of the files in order.
///
/// @param binary over desk.jar and the version file, where one is given
/// @param configuration over the configuration file; empty without one
/// @param flags over the flags file; empty without one
public record Digests(String binary, String configuration, String flags) {
    /// Reads the files once; a process reports what it started with, not what lies there later.
    public static Digests of(Settings settings) throws IOException {
        var artifact = new ArrayList<Path>();
        artifact.add(jar());
        settings.file("VERSION_FILE").ifPresent(artifact::add);
        return new Digests(
                digest(artifact),
                digest(settings.file("CONFIG_FILE").stream().toList()),
                digest(settings.file("FLAGS_FILE").stream().toList()));
    }

    /// @return hex; empty for no files. A folder, as classes are in tests, counts as an empty file
    static String digest(List<Path> files) throws IOException {
        if (files.isEmpty()) {
            return "";
        }
        var all = sha256();
        for (var file : files) {
            var one = sha256();
            if (!Files.isDirectory(file)) {
                one.update(Files.readAllBytes(file));
            }
            all.update(one.digest());
        }
        return HexFormat.of().formatHex(all.digest());
    }

    private static Path jar() {
        try {
            var source = Digests.class.getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of desk.jar is no path", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
