package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Release;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.StateFormats;
import dev.pitcrew.model.Template;
import dev.pitcrew.model.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a version of a service is, by its files: the SHA-256 over the SHA-256s (raw, in order) of the artifact's files,
/// and the same of configuration and flags. An instance reports the same three, so nobody runs what was not approved.
public final class Artifacts {
    private static final String VERSION = "version";
    private static final String MARK = "VERSION-STANDS-HERE";

    private final Path folder;
    private final @Nullable BiFunction<Service, Version, String> images; // of containers

    /// @param folder of the system file; paths in it start there
    public Artifacts(Path folder) {
        this.folder = folder;
        images = null;
    }

    /// Of containers, which are their images.
    ///
    /// @param images the digest, in hex, of a version's image; it throws `IllegalArgumentException` for one that it can't tell
    public Artifacts(Path folder, BiFunction<Service, Version, String> images) {
        this.folder = folder;
        this.images = images;
    }

    /// The release that a version is now.
    ///
    /// @throws IllegalArgumentException when a file is missing; the message names it, and the nearest version that exists
    public Release release(Service service, Version version) {
        var one = service.at(version);
        return new Release(
                version.name(),
                binary(one, version),
                digest(one, one.configuration(), version),
                digest(one, one.flags(), version),
                // Who keeps no data of its own reads what it writes.
                one.state().orElse(new StateFormats("none", Set.of("none"))));
    }

    private String binary(Service service, Version version) {
        if (images == null) {
            return digest(service, service.artifact(), version);
        }
        try {
            return images.apply(service, version);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s: %s %s: %s"
                            .formatted(service.place(), service.name(), version, e.getMessage()),
                    e);
        }
    }

    private String digest(Service service, List<Template> files, Version version) {
        if (files.isEmpty()) {
            return "";
        }
        var whole = sha256();
        for (var file : files) {
            whole.update(sha256(path(file, version.name()), service, file, version));
        }
        return HexFormat.of().formatHex(whole.digest());
    }

    private Path path(Template file, String version) {
        return folder.resolve(file.fill(valueOf(version)));
    }

    private Function<String, String> valueOf(String version) {
        return name ->
                switch (name) {
                    case VERSION -> version;
                    case "config" -> folder.toString();
                    default ->
                            throw new IllegalArgumentException(
                                    "an artifact's path may name ${version} and ${config}, not ${"
                                            + name
                                            + "}");
                };
    }

    private byte[] sha256(Path path, Service service, Template file, Version version) {
        try (InputStream in = Files.newInputStream(path)) {
            var digest = sha256();
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return digest.digest();
        } catch (IOException e) {
            throw new IllegalArgumentException(problem(path, service, file, version, e), e);
        }
    }

    private String problem(
            Path path, Service service, Template file, Version version, IOException e) {
        if (!file.variables().contains(VERSION) || Files.exists(path)) {
            return "%s: %s of %s can't be read: %s"
                    .formatted(service.place(), path, service.name(), e.getMessage());
        }
        var nearest =
                versions(file).stream()
                        .min((a, b) -> Integer.compare(distance(a, version), distance(b, version)))
                        .map(found -> "; the nearest that exists is " + found)
                        .orElse("; no version exists there");
        return "%s has no version %s: there is no %s%s"
                .formatted(service.name(), version, path, nearest);
    }

    /// The versions of which a file exists, or a folder when the version stands in a folder's name.
    private Set<String> versions(Template file) {
        var found = new TreeSet<String>();
        var parent = folder.toAbsolutePath().getRoot();
        for (var part : path(file, MARK).toAbsolutePath()) {
            if (part.toString().contains(MARK)) {
                var pattern =
                        Pattern.compile(
                                "\\Q" + part.toString().replace(MARK, "\\E(.+)\\Q") + "\\E");
                names(parent).stream()
                        .map(pattern::matcher)
                        .filter(Matcher::matches)
                        .map(match -> match.group(1))
                        .filter(Version::isVersion)
                        .forEach(found::add);
                break;
            }
            parent = parent.resolve(part);
        }
        return found;
    }

    private static List<String> names(Path folder) {
        var names = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (IOException _) {
            return List.of(); // then no version exists there
        }
        return names;
    }

    /// How many letters differ (Levenshtein).
    private static int distance(String one, Version other) {
        var text = other.name();
        var row = new int[text.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int same = one.charAt(i - 1) == text.charAt(j - 1) ? diagonal : diagonal + 1;
                row[j] = Math.min(same, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[text.length()];
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
