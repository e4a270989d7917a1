package dev.pitcrew.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// Where the API and the console listen: always on the loopback, where the verbs ask, and on one more address with a certificate.
///
/// @param port on 127.0.0.1; 0 for any free one
/// @param beyond the other address; empty for none
public record Listening(int port, Optional<Beyond> beyond) {
    /// An address that other hosts reach.
    ///
    /// @param tls never absent: beyond this host nobody speaks in the clear
    /// @param wantsClients whether whoever comes shows a certificate of his own, besides his token
    public record Beyond(InetSocketAddress address, SSLContext tls, boolean wantsClients) {}

    /// On the loopback only.
    public static Listening onLoopback(int port) {
        return new Listening(port, Optional.empty());
    }

    InetSocketAddress loopback() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
