package dev.pitcrew.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A small order gateway or drop copy as a process of its own: `SmallService ROLE PORT FOLDER MANNER`. Both share the file of open orders
/// in the folder, as a venue would tell it.
public final class SmallService {
    private final Path orders;
    private final Path told;
    private final Path hooked;
    private final String manner;
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean isKilled;

    private SmallService(Path folder, String manner) {
        this.orders = folder.resolve("open-orders.json");
        this.told = folder.resolve("told.txt");
        this.hooked = folder.resolve("hooked.txt");
        this.manner = manner;
    }

    /// Runs until it is killed. Manners: `obeys`, `keeps-orders` when killed, `deaf` to hooks, `cancels-on-logout`, `hangs` in hooks,
    /// `passive`, `passive-hangs`, `believes-none` of its open orders, `no-mass-status` from the venue but obeys, `busy` where the venue
    /// takes orders all the time, `drains-slowly`. The file `told.txt` has the manner of each that was told to kill, in that order; `hooked.txt` the
    /// other hooks that were called.
    public static void main(String[] args) throws Exception {
        var service = new SmallService(Path.of(args[2]), args[3]);
        var address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]));
        var server = HttpServer.create(address, 16);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, 200, "ready"));
        server.createContext(
                "/open-orders",
                exchange -> answer(exchange, 200, Files.readString(service.orders)));
        server.createContext("/status", exchange -> answer(exchange, 200, service.status()));
        server.createContext("/venue-open-orders", service::massStatus);
        server.createContext("/hooks/kill", service::kill);
        server.createContext("/hooks/deactivate", service::logOut);
        server.createContext("/hooks/drain", service::drain);
        server.start();
        new CountDownLatch(1).await();
    }

    private String status() throws IOException {
        int owed = unanswered.getAndUpdate(left -> Math.max(0, left - 1));
        if (owed == 1) {
            hooked("answered");
        }
        return "{\"openOrders\": %d, \"unanswered\": %d, \"inDoubt\": 0, \"killed\": %b, \"token\": 7, \"active\": %b, \"lastAccepted\": \"%s\"}"
                .formatted(
                        manner.equals("believes-none") ? 0 : open(),
                        owed,
                        isKilled,
                        !manner.startsWith("passive"),
                        manner.equals("busy") ? Instant.now() : "2020-01-01T00:00:00Z");
    }

    private long open() throws IOException {
        return Files.readString(orders).split("clOrdId", -1).length - 1L;
    }

    private void massStatus(HttpExchange exchange) throws IOException {
        var isTold = !manner.equals("no-mass-status");
        answer(exchange, isTold ? 200 : 503, "{\"open\": %d}".formatted(open()));
    }

    private void kill(HttpExchange exchange) throws IOException {
        Files.writeString(
                told, manner + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.writeString(
                told.resolveSibling("limits.txt"), exchange.getRequestURI().getQuery() + "\n");
        if (manner.endsWith("hangs")) {
            return; // the caller waits until its own limit
        }
        if (manner.equals("deaf")) {
            answer(exchange, 500, "no");
            return;
        }
        isKilled = true;
        if (List.of("obeys", "passive", "no-mass-status").contains(manner)) {
            Files.writeString(orders, "[]");
        }
        answer(exchange, 200, "{}");
    }

    private void drain(HttpExchange exchange) throws IOException {
        hooked("drain");
        if (manner.equals("drains-slowly")) {
            unanswered.set(3); // one less with each look
            answer(exchange, 202, "{}");
            return;
        }
        answer(exchange, 200, "{}");
    }

    private void hooked(String name) throws IOException {
        Files.writeString(
                hooked, name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void logOut(HttpExchange exchange) throws IOException {
        hooked("deactivate");
        if (manner.equals("cancels-on-logout")) {
            Files.writeString(orders, "[]");
        }
        answer(exchange, 200, "{}");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
