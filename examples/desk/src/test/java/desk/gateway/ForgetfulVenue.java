package desk.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// A venue of one logon, to which some of the first questions about an order get lost; then it says that the order is open.
final class ForgetfulVenue implements AutoCloseable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private final ServerSocket server;
    private final int forgotten;
    private int number;
    private volatile int asked;

    /// @param forgotten how many questions it doesn't answer
    ForgetfulVenue(int forgotten) throws IOException {
        this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        this.forgotten = forgotten;
        Thread.ofPlatform().name("forgetful-venue").daemon().start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    /// Questions so far.
    int asked() {
        return asked;
    }

    private void serve() {
        try (var socket = server.accept()) {
            var frames = new FixFrames(socket.getInputStream());
            for (var text = frames.next(); text.isPresent(); text = frames.next()) {
                answer(socket, text.get());
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void answer(Socket socket, String text) throws IOException {
        if (text.contains("\u000135=A\u0001")) {
            send(socket, "A", "98=0|108=1|");
        } else if (text.contains("\u000135=H\u0001")) {
            asked++;
            if (asked > forgotten) {
                var id = text.replaceFirst("(?s).*\u000111=([^\u0001]*)\u0001.*", "$1");
                var order = "37=1|17=0|150=I|39=0|55=AAA|54=1|151=10|14=0|6=0|11=%s|";
                send(socket, "8", order.formatted(id));
            }
        }
    }

    private void send(Socket socket, String type, String fields) throws IOException {
        var head = "35=%s|34=%d|49=SIMX|52=%s|56=DESK1|";
        var body = head.formatted(type, ++number, TIME.format(Instant.now())) + fields;
        var message = "8=FIX.4.4|9=%d|%s".formatted(body.length(), body).replace('|', '\u0001');
        var sum = message.chars().sum() % 256;
        socket.getOutputStream()
                .write(
                        (message + "10=%03d\u0001".formatted(sum))
                                .getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
