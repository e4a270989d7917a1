package dev.pitcrew.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a PostgreSQL database is, and as whom to log on to it: `postgresql://USER@HOST:PORT/DATABASE`. Never a password.
///
/// @param port from 1 to 65535
/// @param tls how sure the connection is of whom it talks to
public record DatabaseUrl(String user, String host, int port, String database, Tls tls) {
    private static final int PORT = 5432;
    private static final int PORT_MAX = 65_535;
    private static final Pattern QUERY = Pattern.compile("sslmode=([a-z-]+)");

    public DatabaseUrl {
        if (user.isEmpty() || host.isEmpty() || database.isEmpty()) {
            throw new IllegalArgumentException("a database has a user, a host and a name");
        }
        if (port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException("a port is from 1 to 65535, got " + port);
        }
        host = host.toLowerCase(Locale.ROOT);
    }

    /// How a connection is protected, as `sslmode` of PostgreSQL has it.
    public enum Tls {
        DISABLE,
        PREFER,
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL
    }

    /// @param text such as `postgresql://pitcrew@db.example/ledger?sslmode=verify-full`
    /// @throws IllegalArgumentException with a message for whoever wrote it, which never holds a password
    public static DatabaseUrl parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException _) { // its message has the text, and so perhaps a password
            throw new IllegalArgumentException(
                    "it isn't a URL; write postgresql://USER@HOST:PORT/DATABASE");
        }
        var user = Optional.ofNullable(uri.getUserInfo()).orElse("");
        var path = Optional.ofNullable(uri.getPath()).orElse("");
        if (user.contains(":")) {
            throw new IllegalArgumentException(
                    "it holds a password; take that out and name where it is with password:");
        }
        if (!"postgresql".equals(uri.getScheme())
                || uri.getHost() == null
                || user.isEmpty()
                || !path.matches("/[^/]+")
                || uri.getFragment() != null) {
            throw new IllegalArgumentException("write postgresql://USER@HOST:PORT/DATABASE");
        }
        return new DatabaseUrl(
                user,
                uri.getHost(),
                uri.getPort() < 0 ? PORT : uri.getPort(),
                path.substring(1),
                tls(Optional.ofNullable(uri.getQuery()).orElse("")));
    }

    private static Tls tls(String query) {
        if (query.isEmpty()) {
            return Tls.PREFER;
        }
        var matcher = QUERY.matcher(query);
        if (matcher.matches()) {
            for (var one : Tls.values()) {
                if (Words.of(one).equals(matcher.group(1))) {
                    return one;
                }
            }
        }
        throw new IllegalArgumentException(
                "after ? it takes only sslmode=disable, prefer, require, verify-ca or verify-full");
    }

    /// Whether both are the same database of the same server, whoever logs on.
    public boolean isSameDatabase(DatabaseUrl other) {
        return host.equals(other.host) && port == other.port && database.equals(other.database);
    }

    @Override
    public String toString() {
        return "postgresql://%s@%s:%d/%s".formatted(user, host, port, database);
    }
}
