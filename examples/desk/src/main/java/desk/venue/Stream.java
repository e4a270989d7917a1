package desk.venue;

import desk.common.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiPredicate;

/// Executions by WebSocket, as text, to whoever listens on behalf of an account. What happened before it listened is not sent, and who falls too far
/// behind is cut off: both ask for what they missed.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc6455">RFC 6455</a>
final class Stream implements AutoCloseable {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int BEHIND_MAX = 10_000;
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;

    private final ServerSocket server;
    private final BiPredicate<String, String> isKnown;
    private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();

    private record Listener(String account, Socket socket, BlockingQueue<byte[]> frames) {}

    /// @param isKnown whether an account has a key
    Stream(int port, BiPredicate<String, String> isKnown) throws IOException {
        this.isKnown = isKnown;
        server = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().name("stream").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /// Returns at once.
    void send(String account, Object message) {
        var frame = frame(TEXT, Json.bytes(message));
        for (var one : listeners) {
            if (one.account().equals(account) && !one.frames().offer(frame)) {
                end(one);
            }
        }
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                Thread.ofVirtual().name("stream of one").start(() -> serve(socket));
            }
        } catch (IOException e) {
            listeners.forEach(this::end); // the server was closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            var headers = headers(in);
            var account = headers.getOrDefault("x-account", "");
            if (!headers.containsKey("sec-websocket-key")
                    || !isKnown.test(account, headers.getOrDefault("x-key", ""))) {
                answer(socket, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
                return;
            }
            var listener = new Listener(account, socket, new LinkedBlockingQueue<>(BEHIND_MAX));
            listeners.add(listener);
            answer(
                    socket,
                    "HTTP/1.1 101 Switching Protocols\r\n"
                            + "Upgrade: websocket\r\n"
                            + "Connection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: "
                            + accept(headers.get("sec-websocket-key"))
                            + "\r\n\r\n");
            // Only now: what the client asks for after our answer and what it hears have no gap
            // between them.
            var writer = Thread.ofVirtual().name("stream to one").start(() -> write(listener));
            try {
                read(in, listener);
            } finally {
                end(listener);
                writer.interrupt();
            }
        } catch (IOException e) {
            // It went away.
        }
    }

    private static void answer(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Map<String, String> headers(DataInputStream in) throws IOException {
        var text = new ByteArrayOutputStream();
        while (!text.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            text.write(in.readUnsignedByte());
        }
        var headers = new HashMap<String, String>();
        for (var line : text.toString(StandardCharsets.US_ASCII).split("\r\n")) {
            var colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static String accept(String key) {
        try {
            var sha = MessageDigest.getInstance("SHA-1");
            var hash = sha.digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /// Answers pings, until it ends.
    private static void read(DataInputStream in, Listener listener) throws IOException {
        while (true) {
            var kind = in.readUnsignedByte();
            var length = in.readUnsignedByte() & 0x7f; // a client has nothing long to say
            if (length > 125) {
                throw new EOFException("a frame is too long");
            }
            var mask = in.readNBytes(4);
            var content = in.readNBytes(length);
            for (var i = 0; i < content.length; i++) {
                content[i] ^= mask[i % 4];
            }
            if (kind == CLOSE) {
                return;
            }
            if (kind == PING && !listener.frames().offer(frame(PONG, content))) {
                return;
            }
        }
    }

    private static byte[] frame(int kind, byte[] content) {
        var frame = new ByteArrayOutputStream(content.length + 4);
        frame.write(kind);
        if (content.length < 126) {
            frame.write(content.length);
        } else {
            frame.write(126);
            frame.write(content.length >> 8);
            frame.write(content.length);
        }
        frame.writeBytes(content);
        return frame.toByteArray();
    }

    private void write(Listener listener) {
        try {
            while (true) {
                listener.socket().getOutputStream().write(listener.frames().take());
            }
        } catch (IOException | InterruptedException e) {
            end(listener);
        }
    }

    private void end(Listener listener) {
        listeners.remove(listener);
        try {
            listener.socket().close();
        } catch (IOException e) {
            // It is closed as far as it can be.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
