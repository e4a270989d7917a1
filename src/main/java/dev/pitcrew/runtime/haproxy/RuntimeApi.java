package dev.pitcrew.runtime.haproxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pitcrew.runtime.http.Address;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// One HAProxy's Runtime API: one connection a command, and its whole answer within 2 s.
///
/// @param place a path, or `host:port`
record RuntimeApi(String place) {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int ANSWER_MAX = 8 << 20; // far above what a desk's balancer has to say

    /// @param command without its end of line; with a payload ended by an empty line
    /// @return what it said, without the empty line at its end
    /// @throws IOException when it does not answer in time, or only in part
    String ask(String command) throws IOException {
        var until = System.nanoTime() + LIMIT.toNanos();
        try (var channel = SocketChannel.open(family());
                var selector = Selector.open()) {
            channel.configureBlocking(false);
            var key = channel.register(selector, 0);
            if (!channel.connect(address())) {
                await(key, SelectionKey.OP_CONNECT, until);
                channel.finishConnect();
            }
            var out = ByteBuffer.wrap((command + "\n").getBytes(UTF_8));
            while (out.hasRemaining()) {
                if (channel.write(out) == 0) {
                    await(key, SelectionKey.OP_WRITE, until);
                }
            }
            return answer(channel, key, until);
        }
    }

    private static String answer(SocketChannel channel, SelectionKey key, long until)
            throws IOException {
        var answer = new ByteArrayOutputStream();
        var in = ByteBuffer.allocate(16 << 10);
        while (channel.read(in.clear()) >= 0) {
            answer.write(in.array(), 0, in.position());
            if (answer.size() > ANSWER_MAX) {
                throw new IOException("it says too much");
            }
            if (in.position() == 0) {
                await(key, SelectionKey.OP_READ, until);
            }
        }
        var text = answer.toString(UTF_8);
        if (!text.endsWith("\n")) { // each answer ends with an empty line
            throw new IOException("it broke off");
        }
        return text.strip();
    }

    private static void await(SelectionKey key, int what, long until) throws IOException {
        key.interestOps(what);
        var left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (left <= 0 || key.selector().select(left) == 0) {
            throw new SocketTimeoutException("no answer within " + LIMIT.toSeconds() + " s");
        }
        key.selector().selectedKeys().clear();
    }

    private boolean isPath() {
        return place.startsWith("/");
    }

    private StandardProtocolFamily family() {
        return isPath() ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET;
    }

    private SocketAddress address() {
        if (isPath()) {
            return UnixDomainSocketAddress.of(place);
        }
        var address = Address.parse(place);
        return new InetSocketAddress(address.host(), address.port());
    }
}
