package dev.pitcrew.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A tiny service that keeps the desk's contract: passive at first, and its highest token durable and shared with the
/// other instances. It needs the JDK alone, so that it starts fast as a process of its own.
///
/// Its version file may give it manners: `refuses-once` (its first activation), `exits` (at once), `dies-active` (soon
/// after it was activated), `rejects` (one order in four), `slow` (its work takes
/// half as long again). Whoever begins or ends to be the active one says so in the file of [senders][#SENDERS].
public final class TestingService {
    /// Lines of `begin INSTANCE` and `end INSTANCE`, in the order in which it was so, after the service's name.
    public static final String SENDERS = ".senders";

    private static final long LAST_MILLIS = 300; // of a version that dies

    private final Path tokens = file(".token");
    private final Path senders = file(SENDERS);
    private final String manners = manners();
    private final long startedNanos = System.nanoTime();
    private final AtomicLong requests = new AtomicLong(); // of `/who`
    private boolean hasRefused;
    private boolean active;
    private boolean killed;
    private long token;

    private TestingService() {}

    public static void main(String[] args) throws Exception {
        var service = new TestingService();
        if (service.has("exits")) {
            return;
        }
        var address =
                new InetSocketAddress(
                        setting("HOST").isEmpty()
                                ? InetAddress.getLoopbackAddress()
                                : InetAddress.getByName(setting("HOST")),
                        Integer.parseInt(setting("PORT")));
        var server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", service::answer);
        server.start();
    }

    private static Path file(String ending) {
        return Path.of(setting("DESK_DIR")).resolve(setting("SERVICE") + ending);
    }

    private static String manners() {
        try {
            return Files.readString(Path.of(setting("VERSION_FILE")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean has(String manner) {
        return manners.contains(manner);
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
                case "/metrics" -> send(exchange, 200, metrics());
                case "/books" ->
                        send(
                                exchange,
                                200,
                                "{\"byInstrument\": {\"AAA\": {\"open\": 0, \"position\": 2}}}");
                case "/open-orders" -> send(exchange, 200, "[]");
                case "/who" -> {
                    requests.incrementAndGet();
                    send(exchange, 200, setting("INSTANCE"));
                }
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
        if (path.equals("/hooks/kill")) { // which wants no token
            killed = true;
            return 200;
        }
        long highest = highest(given);
        if (given < highest) {
            return 409;
        }
        switch (path) {
            case "/hooks/activate" -> {
                if (has("refuses-once") && !hasRefused) {
                    hasRefused = true;
                    return 500;
                }
                token = given;
                become(true);
            }
            case "/hooks/deactivate" -> become(false);
            case "/hooks/rearm" -> killed = false;
            default -> {} // drain changes nothing that it shows
        }
        return 200;
    }

    private void become(boolean wanted) throws IOException {
        if (active != wanted) {
            var line = (wanted ? "begin " : "end ") + setting("INSTANCE") + "\n";
            Files.writeString(senders, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        active = wanted;
        if (active && has("dies-active")) {
            Thread.ofVirtual().start(TestingService::die);
        }
    }

    private static void die() {
        LockSupport.parkNanos(LAST_MILLIS * 1_000_000);
        Runtime.getRuntime().halt(1);
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
                {"instance": "%s", "active": %s, "token": %d, "highestToken": %d, "inDoubt": 0, "unanswered": 0, "openOrders": 0, "killed": %s,
                 "session": {"loggedOn": %s}, "digest": {"binary": "%s"}, "change": "%s", "secret": %d}
                """
                .formatted(
                        setting("INSTANCE"),
                        active,
                        token,
                        highest(0),
                        killed,
                        active,
                        digest(),
                        setting("PITCREW_CHANGE"),
                        setting("SECRET").length());
    }

    /// One request in two hundred is an order that is rejected; with the manner `rejects`, one in four. As time passes requests are counted
    /// of which one in fifty failed: too few to tell one version from another.
    private String metrics() {
        long orders = requests.get();
        long passed = (System.nanoTime() - startedNanos) / 10_000_000;
        return counters(orders, passed) + work(passed * 2);
    }

    /// A histogram of how long some work takes: two milliseconds in the middle, some of it twice as long.
    private String work(long times) {
        double middle = has("slow") ? 0.003 : 0.002;
        var text = new StringBuilder("# TYPE work_seconds histogram\n");
        for (double end = 0.0008; end < 0.02; end *= 1.06) {
            double part = 1 / (1 + Math.pow(middle / end, 4));
            text.append(
                    "work_seconds_bucket{le=\"%.6f\"} %d%n".formatted(end, (long) (part * times)));
        }
        return text.append("work_seconds_bucket{le=\"+Inf\"} %d%n".formatted(times))
                .append("work_seconds_count %d%n".formatted(times))
                .toString();
    }

    private String counters(long orders, long passed) {
        return """
                orders_total %d
                orders_rejected_total %d
                duplicate_order_ids_total 0
                # TYPE requests_total counter
                requests_total %d
                # TYPE failed_total counter
                failed_total %d
                """
                .formatted(orders, orders / (has("rejects") ? 4 : 200), passed, passed / 50);
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
