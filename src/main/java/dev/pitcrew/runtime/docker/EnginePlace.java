package dev.pitcrew.runtime.docker;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/// Where an engine listens.
///
/// @param uri `unix:///run/docker.sock` or `tcp://127.0.0.1:2375`
public record EnginePlace(URI uri) {
    private static final String USUAL = "unix:///var/run/docker.sock";

    public EnginePlace {
        if (!"unix".equals(uri.getScheme()) && !"tcp".equals(uri.getScheme())) {
            throw new IllegalArgumentException(
                    "a Docker engine is at unix:///PATH or tcp://HOST:PORT, got " + uri);
        }
    }

    /// As an address is written.
    public static EnginePlace of(String address) {
        return new EnginePlace(URI.create(address));
    }

    /// The one whose socket this is.
    public static EnginePlace of(Path socket) {
        return of("unix://" + socket.toAbsolutePath());
    }

    /// As `docker` finds it: DOCKER_HOST, or the usual socket.
    ///
    /// @param environment our own variables
    public static EnginePlace usual(Map<String, String> environment) {
        var named = environment.getOrDefault("DOCKER_HOST", "");
        return of(named.isEmpty() ? USUAL : named);
    }

    /// Whether its containers' processes may be processes of this host.
    boolean isLocal() {
        return "unix".equals(uri.getScheme());
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
