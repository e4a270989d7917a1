package dev.pitcrew.runtime.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Locale;

/// Stands between a client and an engine's socket. While it lies, signals are said to be sent and are not, and every container is said to have
/// ended.
final class LyingProxy implements AutoCloseable {
    private final ServerSocketChannel listens;
    private final Path engine;
    private volatile boolean isLying;

    LyingProxy(Path socket, Path engine) throws IOException {
        this.engine = engine;
        listens = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listens.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().start(this::accept);
    }

    void lie(boolean now) {
        isLying = now;
    }

    private void accept() {
        try {
            while (true) {
                var client = listens.accept();
                Thread.ofPlatform().daemon().start(() -> answer(client));
            }
        } catch (IOException _) { // closed
        }
    }

    /// One request a connection, so that nothing has to be remembered.
    private void answer(SocketChannel client) {
        try (client) {
            var in = new BufferedInputStream(Channels.newInputStream(client));
            var head = head(in);
            var body = in.readNBytes(length(head));
            var line = head.lines().findFirst().orElse("");
            if (isLying && line.matches("POST /\\S+/kill\\S* .*")) {
                write(client, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
                return;
            }
            var said = asked(head, body);
            write(
                    client,
                    isLying && line.matches("GET /\\S+/containers/[^/]+/json .*")
                            ? ended(said)
                            : said);
        } catch (IOException _) { // one of them went away
        }
    }

    /// By HTTP/1.0, so that an answer ends with its connection and is in one piece.
    private String asked(String head, byte[] body) throws IOException {
        var asked =
                head.replaceFirst(" HTTP/1.1\r\n", " HTTP/1.0\r\n")
                        .replaceAll("(?i)connection: [^\r]*\r\n", "");
        try (var server = SocketChannel.open(UnixDomainSocketAddress.of(engine))) {
            write(server, asked + new String(body, ISO_8859_1));
            return new String(Channels.newInputStream(server).readAllBytes(), ISO_8859_1)
                    .replaceFirst("HTTP/1.0 ", "HTTP/1.1 ")
                    .replaceFirst("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
        }
    }

    private static String ended(String said) {
        return said.replaceAll("(?i)content-length: [^\r]*\r\n", "")
                .replaceFirst("\"Status\":\"running\"", "\"Status\":\"exited\"")
                .replaceFirst("\"Running\":true", "\"Running\":false")
                .replaceFirst("\"Pid\":[0-9]+", "\"Pid\":0");
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            var next = in.read();
            if (next < 0) {
                throw new IOException("it went away");
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    private static int length(String head) {
        return head.lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .map(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    private static void write(SocketChannel to, String text) throws IOException {
        var buffer = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
        while (buffer.hasRemaining()) {
            to.write(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        listens.close();
    }
}
