package dev.pitcrew.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Server-sent events: tells each who listens when status or ledger have changed, at most twice a second.
final class Pulse {
    static final String KIND = "text/event-stream";
    private static final long EVERY_NANOS = 500_000_000;
    private static final int SILENT_TURNS =
            20; // then something is sent, so that a dead line is noticed
    private static final int FOR_ONE = 16;

    private final Supplier<State> look;
    private final Map<String, Integer> listeners = new ConcurrentHashMap<>();
    private State last = new State(-1, ""); // guarded by this, as is the next
    private long lookedNanos = System.nanoTime() - EVERY_NANOS;

    /// What a viewer sees.
    ///
    /// @param entries of the ledger
    /// @param shown all of it, in some form that is equal when it looks the same
    record State(long entries, String shown) {}

    Pulse(Supplier<State> look) {
        this.look = look;
    }

    /// Sends until whoever listens goes away.
    ///
    /// @param name who listens
    /// @param mayListen asked each time
    void send(HttpExchange exchange, String name, BooleanSupplier mayListen) throws IOException {
        if (listeners.merge(name, 1, Integer::sum) > FOR_ONE) {
            listeners.merge(name, -1, Integer::sum);
            throw new Refusal(
                    429, "too-often", name + " listens " + FOR_ONE + " times already", "");
        }
        try {
            exchange.getResponseHeaders().set("Content-Type", KIND);
            exchange.sendResponseHeaders(200, 0);
            var out = exchange.getResponseBody();
            var told = new State(-1, "");
            int silent = 0;
            while (mayListen.getAsBoolean()) {
                var now = state();
                if (!now.equals(told)) {
                    told = now;
                    silent = 0;
                    out.write(
                            "event: changed\nid: %d\ndata: {\"entries\":%d}\n\n"
                                    .formatted(now.entries(), now.entries())
                                    .getBytes(StandardCharsets.UTF_8));
                    out.flush();
                } else if (++silent > SILENT_TURNS) {
                    silent = 0;
                    out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
                LockSupport.parkNanos(EVERY_NANOS);
            }
        } catch (IOException _) { // whoever listened is gone
        } finally {
            listeners.merge(name, -1, Integer::sum);
        }
    }

    /// One look for all who listen.
    private synchronized State state() {
        if (System.nanoTime() - lookedNanos > EVERY_NANOS / 2) {
            last = look.get();
            lookedNanos = System.nanoTime();
        }
        return last;
    }
}
