package dev.pitcrew.runtime.docker;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where an engine listens, and with what one comes in.
///
/// @param uri `unix:///run/docker.sock`, `tcp://127.0.0.1:2375`, `ssh://ops@host` or `ssh://ops@host:22/run/docker.sock`
/// @param keys for TLS and SSH
public record EnginePlace(URI uri, Keys keys) {
    private static final String USUAL = "unix:///var/run/docker.sock";
    private static final Set<String> SCHEMES = Set.of("unix", "tcp", "ssh");

    /// What one comes in with.
    ///
    /// @param certificates by TLS: the folder of `ca.pem`, `cert.pem` and `key.pem`; empty: no TLS
    /// @param identity by SSH: a private key's file; empty: what ssh takes by itself
    /// @param knownHosts by SSH: the file with the host's key; empty: what ssh takes by itself
    public record Keys(
            Optional<Path> certificates, Optional<Path> identity, Optional<Path> knownHosts) {
        /// None, or those that are found by themselves.
        public static final Keys NONE =
                new Keys(Optional.empty(), Optional.empty(), Optional.empty());

        /// Those of TLS.
        public static Keys ofTls(Path certificates) {
            return new Keys(Optional.of(certificates), Optional.empty(), Optional.empty());
        }
    }

    public EnginePlace {
        if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme())) {
            throw new IllegalArgumentException(
                    "a Docker engine is at unix:///PATH, tcp://HOST:PORT, ssh://USER@HOST or context:NAME, got "
                            + uri);
        }
        if (keys.certificates().isPresent() && !"tcp".equals(uri.getScheme())) {
            throw new IllegalArgumentException(
                    "certificates are for tcp://HOST:PORT, and the Docker engine is at " + uri);
        }
    }

    /// As an address is written.
    public static EnginePlace of(String address) {
        return new EnginePlace(URI.create(address), Keys.NONE);
    }

    /// The one whose socket this is.
    public static EnginePlace of(Path socket) {
        return of("unix://" + socket.toAbsolutePath());
    }

    /// One that is named, at an address or by a context of the `docker` command.
    ///
    /// @param variables our own, which say where contexts are
    /// @throws IllegalArgumentException when it is no address, and no context is called so
    public static EnginePlace named(String address, Keys keys, Map<String, String> variables) {
        return address.startsWith(EngineContexts.PREFIX)
                ? EngineContexts.place(
                        address.substring(EngineContexts.PREFIX.length()), keys, variables)
                : new EnginePlace(URI.create(address), keys);
    }

    /// As `docker` finds it: DOCKER_HOST with DOCKER_TLS_VERIFY and DOCKER_CERT_PATH, or the usual socket. The context that somebody
    /// chose last does not count: it would move a desk.
    ///
    /// @param variables our own
    public static EnginePlace usual(Map<String, String> variables) {
        var named = variables.getOrDefault("DOCKER_HOST", "");
        var isSecured = !variables.getOrDefault("DOCKER_TLS_VERIFY", "").isEmpty();
        var keys =
                named.startsWith("tcp:") && isSecured
                        ? Keys.ofTls(EngineContexts.certificates(variables))
                        : Keys.NONE;
        return named(named.isEmpty() ? USUAL : named, keys, variables);
    }

    /// Whether its containers' processes may be processes of this host.
    boolean isLocal() {
        return "unix".equals(uri.getScheme());
    }

    /// Whether the way there is by SSH.
    boolean isBySsh() {
        return "ssh".equals(uri.getScheme());
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
