package dev.pitcrew.runtime.ledger;

import dev.pitcrew.model.DatabaseUrl;
import dev.pitcrew.model.Words;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/// How to get at a ledger's database.
///
/// @param password what the server asks for; empty: nothing, as with `peer` or `trust`
public record PostgresAccess(DatabaseUrl url, Optional<String> password) {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);

    /// @param name how the connection is called in the server's own views
    /// @param limit after which an answer that hasn't come counts as none
    Connection connect(String name, Duration limit) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", url.user());
        password.ifPresent(one -> properties.setProperty("password", one));
        properties.setProperty("sslmode", Words.of(url.tls()));
        properties.setProperty("ApplicationName", name);
        properties.setProperty("connectTimeout", Long.toString(CONNECT_LIMIT.toSeconds()));
        properties.setProperty("loginTimeout", Long.toString(CONNECT_LIMIT.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(Math.max(1, limit.toSeconds())));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("logServerErrorDetail", "false"); // it may repeat values
        var where = "jdbc:postgresql://%s:%d/%s".formatted(url.host(), url.port(), url.database());
        return DriverManager.getConnection(where, properties);
    }

    /// Without the password.
    @Override
    public String toString() {
        return url.toString();
    }
}
