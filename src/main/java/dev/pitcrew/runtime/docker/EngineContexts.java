package dev.pitcrew.runtime.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.runtime.docker.EnginePlace.Keys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/// The contexts that the `docker` command keeps: engines by name.
final class EngineContexts {
    static final String PREFIX = "context:";

    private static final JsonMapper JSON = new JsonMapper();

    private EngineContexts() {}

    /// The folder in which `docker` keeps what it knows.
    private static Path folder(Map<String, String> variables) {
        var named = variables.getOrDefault("DOCKER_CONFIG", "");
        return named.isEmpty()
                ? Path.of(variables.getOrDefault("HOME", "/"), ".docker")
                : Path.of(named);
    }

    /// The folder of `ca.pem`, `cert.pem` and `key.pem` where no context says.
    static Path certificates(Map<String, String> variables) {
        var named = variables.getOrDefault("DOCKER_CERT_PATH", "");
        return named.isEmpty() ? folder(variables) : Path.of(named);
    }

    /// The engine of a context.
    ///
    /// @param keys of SSH, which a context does not have
    /// @throws IllegalArgumentException when there is no such context
    static EnginePlace place(String name, Keys keys, Map<String, String> variables) {
        var contexts = folder(variables).resolve("contexts");
        var meta = contexts.resolve("meta").resolve(digest(name)).resolve("meta.json");
        try {
            var host =
                    JSON.readTree(Files.readString(meta))
                            .path("Endpoints")
                            .path("docker")
                            .path("Host")
                            .asText();
            var tls = contexts.resolve("tls").resolve(digest(name)).resolve("docker");
            return new EnginePlace(
                    URI.create(host), Files.isDirectory(tls) ? Keys.ofTls(tls) : keys);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "docker has no context %s here (%s); `docker context ls` lists them"
                            .formatted(name, meta),
                    e);
        }
    }

    private static String digest(String name) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
