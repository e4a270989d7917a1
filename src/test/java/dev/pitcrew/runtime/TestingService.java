package dev.pitcrew.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.Executors;

/// A tiny service that keeps the desk's contract: passive at first, and its highest token durable and shared with the
/// other instances. It needs the JDK alone, so that it starts fast as a process of its own.
public final class TestingService {
    private final Path tokens = Path.of(setting("DESK_DIR")).resolve("token");
    private boolean active;
    private long token;

    private TestingService() {}

    public static void main(String[] args) throws Exception {
        var service = new TestingService();
        var address =
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(setting("PORT")));
        var server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", service::answer);
        server.start();
    }

    private static String setting(String name) {
        return System.getenv().getOrDefault(name, "");
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var given = exchange.getRequestHeaders().getFirst("Pitcrew-Token");
        try {
            switch (path) {
                case "/ready" -> send(exchange, 200, "ready");
                case "/status" -> send(exchange, 200, status());
                case "/books" ->
                        send(
                                exchange,
                                200,
                                "{\"byInstrument\": {\"AAA\": {\"open\": 1, \"position\": 2}}}");
                case "/who" -> send(exchange, 200, setting("INSTANCE"));
                default ->
                        send(
                                exchange,
                                hook(path, given == null ? 0 : Long.parseLong(given)),
                                status());
            }
        } catch (Exception e) {
            send(exchange, 500, e.toString());
        }
    }

    private synchronized int hook(String path, long given) throws IOException {
        long highest = highest(given);
        if (given < highest) {
            return 409;
        }
        switch (path) {
            case "/hooks/activate" -> {
                token = given;
                active = true;
            }
            case "/hooks/deactivate" -> active = false;
            default -> {} // drain and rearm change nothing that it shows
        }
        return 200;
    }

    /// The highest token so far, this one included.
    private long highest(long given) throws IOException {
        try (var file = new RandomAccessFile(tokens.toFile(), "rw");
                var _ = file.getChannel().lock()) {
            long known = file.length() < Long.BYTES ? 0 : file.readLong();
            if (given > known) {
                file.seek(0);
                file.writeLong(given);
                file.getFD().sync();
            }
            return Math.max(given, known);
        }
    }

    private synchronized String status() throws Exception {
        return """
                {"instance": "%s", "active": %s, "token": %d, "highestToken": %d, "inDoubt": 0, "unanswered": 0,
                 "session": {"loggedOn": %s}, "digest": {"binary": "%s"}, "change": "%s", "secret": %d}
                """
                .formatted(
                        setting("INSTANCE"),
                        active,
                        token,
                        highest(0),
                        active,
                        digest(),
                        setting("PITCREW_CHANGE"),
                        setting("SECRET").length());
    }

    private static String digest() throws Exception {
        var file =
                MessageDigest.getInstance("SHA-256")
                        .digest(Files.readAllBytes(Path.of(setting("VERSION_FILE"))));
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
