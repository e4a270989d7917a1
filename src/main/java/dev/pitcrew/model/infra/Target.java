package dev.pitcrew.model.infra;

import java.util.Locale;
import java.util.Optional;

/// Where something is reached: a host and a port.
///
/// @param host a name or an address, in lower case; never empty
/// @param port 0 when none is said
public record Target(String host, int port) {
    /// The address in a text such as `orders:8000`, `http://orders:8000/x`, `[::1]:80`; empty when there is none, or it is put together from variables.
    public static Optional<Target> parse(String text) {
        String rest = text.strip();
        int scheme = rest.indexOf("://");
        int port = 0;
        if (scheme >= 0) {
            port =
                    switch (rest.substring(0, scheme)) {
                        case "http", "ws", "grpc" -> 80;
                        case "https", "wss", "grpcs" -> 443;
                        default -> 0;
                    };
            rest = rest.substring(scheme + 3);
        }
        rest = rest.substring(rest.indexOf('@') + 1);
        int end = firstOf(rest, "/?#");
        rest = rest.substring(0, end);
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf(']')) {
            String digits = rest.substring(colon + 1);
            if (!digits.matches("[0-9]{1,5}")) {
                return Optional.empty();
            }
            port = Integer.parseInt(digits);
            rest = rest.substring(0, colon);
        }
        String host = rest.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
        return host.matches("[a-z0-9._:*-]+")
                ? Optional.of(new Target(host, port))
                : Optional.empty();
    }

    private static int firstOf(String text, String ends) {
        for (int i = 0; i < text.length(); i++) {
            if (ends.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    /// Whether only this machine can reach it.
    public boolean isLoopback() {
        return host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
    }

    /// Whether it is a name without dots, as services of one network call each other.
    public boolean isServiceName() {
        return host.matches("[a-z][a-z0-9_-]*") && !isLoopback();
    }

    @Override
    public String toString() {
        return port == 0 ? host : host + ":" + port;
    }
}
