package dev.pitcrew.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.time.Duration;
import java.util.Map;

/// One request and its whole answer. What is asked all the time goes by [KeptConnections]; orders by the JDK's blocking client, which on a virtual
/// thread costs half of what the newer one does, and wakes no other thread, which on a busy host is most of the time that a short call takes.
///
/// @param status of the answer
/// @param body its text
public record Exchange(int status, String body) {
    /// Asks.
    ///
    /// @param limit on all of it
    public static Exchange get(Address address, String path, Duration limit) throws IOException {
        return KeptConnections.get(address, path, limit);
    }

    /// Orders something that may be ordered twice without harm: on a connection that was kept and has broken, it is.
    ///
    /// @param body JSON
    /// @param limit on connecting, and on each wait for more of the answer
    public static Exchange post(Address address, String path, String body, Duration limit)
            throws IOException {
        return post(address, path, body, Map.of(), limit);
    }

    /// The same with headers of one's own.
    public static Exchange post(
            Address address, String path, String body, Map<String, String> headers, Duration limit)
            throws IOException {
        var connection = open(address, path, limit);
        headers.forEach(connection::setRequestProperty);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try (var out = connection.getOutputStream()) {
            out.write(body.getBytes(UTF_8));
        }
        return answer(connection);
    }

    private static HttpURLConnection open(Address address, String path, Duration limit)
            throws IOException {
        var connection =
                (HttpURLConnection) address.at(path).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(Math.toIntExact(limit.toMillis()));
        connection.setReadTimeout(Math.toIntExact(limit.toMillis()));
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        return connection;
    }

    private static Exchange answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            // Read to its end, or the connection could not be used again.
            return new Exchange(status, body == null ? "" : new String(body.readAllBytes(), UTF_8));
        }
    }
}
