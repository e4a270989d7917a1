package dev.pitcrew.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Server-sent events: tells each who listens when status or ledger have changed, at most twice a second.
final class Pulse {
    static final String KIND = "text/event-stream";
    private static final long EVERY_NANOS = 500_000_000;
    private static final int SILENT_TURNS =
            4; // then something is sent, so that a dead line is noticed
    private static final int FOR_ONE = 16;

    private final Supplier<State> look;
    private final Map<String, Deque<Object>> listeners = new HashMap<>(); // guarded by itself
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
        var me = new Object();
        begin(name, me);
        try {
            exchange.getResponseHeaders().set("Content-Type", KIND);
            exchange.sendResponseHeaders(200, 0);
            var out = exchange.getResponseBody();
            var told = new State(-1, "");
            int silent = 0;
            while (isListening(name, me) && mayListen.getAsBoolean()) {
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
            end(name, me);
        }
    }

    /// Whose page was closed is noticed late, so the oldest line of somebody with too many ends; a page that is still there comes again.
    private void begin(String name, Object listener) {
        synchronized (listeners) {
            var his = listeners.computeIfAbsent(name, _ -> new ArrayDeque<>());
            his.addLast(listener);
            if (his.size() > FOR_ONE) {
                his.removeFirst();
            }
        }
    }

    private boolean isListening(String name, Object listener) {
        synchronized (listeners) {
            var his = listeners.get(name);
            return his != null && his.contains(listener);
        }
    }

    private void end(String name, Object listener) {
        synchronized (listeners) {
            var his = listeners.get(name);
            if (his != null && his.remove(listener) && his.isEmpty()) {
                listeners.remove(name);
            }
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
