package desk.gateway;

import desk.common.Settings.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import quickfix.SessionID;

/// Logs on to a venue that is a few lines long, and out again, so that the code of a logon is loaded while passive.
final class FixRehearsal {
    private static final SessionID SESSION = new SessionID("FIX.4.4", "REHEARSAL", "NOBODY");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private FixRehearsal() {}

    static void run() {
        try (var server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var venue = Thread.ofVirtual().start(() -> answer(server));
            var numbers = new FixNumbers(1, 1, FixNumbers.AHEAD);
            try (var connection = new FixConnection(SESSION, "", numbers, _ -> {}, () -> {})) {
                connection.logOn(new Address("127.0.0.1", server.getLocalPort()), LIMIT);
                connection.logOut(LIMIT);
            }
            venue.join();
        } catch (IOException e) {
            // It was only a rehearsal.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Whatever is said first is a logon, and whatever comes next a logout.
    private static void answer(ServerSocket server) {
        try (var socket = server.accept()) {
            var frames = new FixFrames(socket.getInputStream());
            frames.next();
            socket.getOutputStream().write(message(1, "A", "98=0|108=1|"));
            frames.next();
            socket.getOutputStream().write(message(2, "5", ""));
            frames.next();
        } catch (IOException e) {
            // The other side has seen it too.
        }
    }

    private static byte[] message(int number, String type, String body) {
        var rest =
                "35=%s|34=%d|49=NOBODY|52=%s|56=REHEARSAL|%s"
                        .formatted(type, number, TIME.format(Instant.now()), body);
        var text = ("8=FIX.4.4|9=" + rest.length() + "|" + rest).replace('|', '\u0001');
        var sum = text.chars().sum() % 256;
        return (text + "10=%03d\u0001".formatted(sum)).getBytes(StandardCharsets.ISO_8859_1);
    }
}
