package dev.pitcrew.runtime.http;

import java.net.URI;

/// Where an instance answers.
///
/// @param host a name or an IPv4 address
/// @param port from 1 to 65535
public record Address(String host, int port) {
    public Address {
        if (host.isEmpty() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("no such address: " + host + ":" + port);
        }
    }

    /// An address on this machine.
    public static Address local(int port) {
        return new Address("127.0.0.1", port);
    }

    /// Reads what [#toString] writes.
    ///
    /// @throws IllegalArgumentException when the text is no address
    public static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new Address(
                    text.substring(0, Math.max(colon, 0)),
                    Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not an address: '" + text + "'", e);
        }
    }

    /// The URI of a path at this address.
    ///
    /// @param path starts with a slash
    public URI at(String path) {
        return URI.create("http://" + this + path);
    }

    /// Whether nothing has to be looked up to get there.
    boolean isLiteral() {
        return host.chars().allMatch(one -> one == '.' || (one >= '0' && one <= '9'));
    }

    /// `host:port`
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
