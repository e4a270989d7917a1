package desk.entry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import desk.common.Http;
import desk.common.Http.Call;
import desk.common.Http.Reply;
import desk.common.HttpConnection;
import desk.common.HttpConnection.Answer;
import desk.common.KeyValues;
import desk.common.Operated;
import desk.common.OperatorPort;
import desk.common.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/// The order-entry front's process: passes what clients say on to the gateway's front, and its answers back. It remembers nothing, so any
/// number of them may be at work, of two versions at once.
///
/// A version that is `slow` takes five times as long over one order in twenty, or five times 100 ms where that is longer.
public final class Entry implements Operated {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final double SLOW_SHARE = 0.05;
    private static final int SLOW_TIMES = 5;
    private static final long SLOW_NANOS_MIN =
            100_000_000; // less would be lost in the noise of a busy machine

    private final String gateway;
    private final String labels;
    private final boolean isSlow;
    private final ConcurrentLinkedDeque<HttpConnection> idle = new ConcurrentLinkedDeque<>();
    private final AckTimes times = new AckTimes();
    private final LongAdder orders = new LongAdder();
    private final LongAdder rejected = new LongAdder();

    private Entry(Settings settings) throws IOException {
        var version = KeyValues.read(settings.file("VERSION_FILE"));
        gateway = settings.text("GATEWAY");
        isSlow = version.getOrDefault("flaw", "none").equals("slow");
        labels =
                "instance=\"%s\",version=\"%s\""
                        .formatted(settings.instance(), version.getOrDefault("version", "1"));
    }

    public static void main(Settings settings) throws Exception {
        var http = start(settings);
        System.out.println(settings.instance() + ": HTTP " + http.port());
    }

    static Http start(Settings settings) throws IOException {
        var entry = new Entry(settings);
        var http = new Http(settings.port());
        OperatorPort.serve(http, settings, entry);
        http.post("/orders", entry::order);
        http.post("/orders/*", entry::pass);
        http.get("/orders", entry::pass);
        http.get("/orders/*", entry::pass);
        return http.start();
    }

    private Reply order(Call call) throws InterruptedException {
        long start = System.nanoTime();
        var reply = pass(call);
        if (isSlow && ThreadLocalRandom.current().nextDouble() < SLOW_SHARE) {
            long took = Math.max(System.nanoTime() - start, SLOW_NANOS_MIN);
            Thread.sleep(Duration.ofNanos(SLOW_TIMES * took - (System.nanoTime() - start)));
        }
        times.add(System.nanoTime() - start);
        orders.increment();
        if (reply.status() == 400) {
            rejected.increment();
        }
        return reply;
    }

    private Reply pass(Call call) {
        var kept = idle.pollFirst();
        var connection = kept == null ? new HttpConnection(gateway, LIMIT) : kept;
        try {
            var answer = ask(call, connection);
            idle.addFirst(connection);
            return new Reply(
                    answer.status(), answer.body(), Map.of("Content-Type", "application/json"));
        } catch (IOException e) {
            connection.close();
            // Whether it arrived nobody knows; the same id again can't become a second order.
            return new Reply(
                    503,
                    "{\"error\": \"the gateway doesn't answer\"}",
                    Map.of("Content-Type", "application/json", "Retry-After", "1"));
        }
    }

    private static Answer ask(Call call, HttpConnection connection) throws IOException {
        var path = call.exchange().getRequestURI().toString();
        if (call.exchange().getRequestMethod().equals("GET")) {
            return connection.get(path);
        }
        var headers = new HashMap<String, String>();
        for (var name : List.of("Sender", "Sender-Token")) {
            call.header(name).ifPresent(value -> headers.put(name, value));
        }
        return connection.post(path, call.body(), headers);
    }

    @Override
    public String service() {
        return "entry";
    }

    /// It has no work of its own to get ready for; whether the gateway takes orders is the gateway's to say.
    @Override
    public List<String> notReady() {
        return List.of();
    }

    @Override
    public void describe(ObjectNode status) {
        status.putObject("requests").put("total", orders.sum()).put("rejected", rejected.sum());
    }

    @Override
    public String metrics() {
        var text = new StringBuilder();
        text.append("orders_total{%s} %d%n".formatted(labels, orders.sum()));
        text.append("orders_rejected_total{%s} %d%n".formatted(labels, rejected.sum()));
        times.appendTo(text, "order_ack_seconds", labels);
        return text.toString();
    }
}
