package desk.load;

import desk.common.HttpConnection;
import desk.common.Json;
import desk.common.JsonLines;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// One client: sends at its own pace, repeats under the same id until it is told something, and writes down what.
///
/// Two of three orders trade at once. The third rests for some seconds; then it is cancelled, replaced, or left.
final class Client {
    private static final Map<String, Double> PRICES =
            Map.of("AAA", 100.0, "BBB", 50.0, "CCC", 20.0, "DDD", 10.0);
    private static final String[] SYMBOLS = {"AAA", "BBB", "CCC", "DDD"};
    private static final long AGAIN_NANOS = 50_000_000;
    private static final long LOOK_NANOS = 1_000_000_000;
    private static final long QUANTITY_REPLACED = 200;
    private static final int PATIENCES_MAX = 7;
    private static final long REST_NANOS_MIN = 2_000_000_000L;
    private static final long REST_NANOS_SPREAD = 4_000_000_000L;

    private final String name;
    private final String run;
    private final HttpConnection gateway;
    private final JsonLines file;
    private final Totals totals;
    private final Random random;
    private final Deque<Request> unanswered = new ArrayDeque<>();
    private final PriorityQueue<Resting> resting =
            new PriorityQueue<>((a, b) -> Long.compare(a.until(), b.until()));
    // Orders that were acknowledged and haven't come to an end, as far as we were told.
    private final Map<String, Resting> open = new HashMap<>();
    private final Set<String> left = new HashSet<>(); // of these, those that rest at the venue
    private long eventsSeen;
    private long lookedAt;
    private long heardAt;
    private int count;
    private boolean isEnding;

    Client(
            String name,
            String run,
            HttpConnection gateway,
            JsonLines file,
            Totals totals,
            Random random) {
        this.name = name;
        this.run = run;
        this.gateway = gateway;
        this.file = file;
        this.totals = totals;
        this.random = random;
    }

    /// @param id of the order that it makes; for a cancel, of the order it is about
    /// @param due when it was to be sent, so that waiting counts as latency
    private record Request(
            String id, String path, String body, boolean order, long due, long rest) {}

    private record Resting(String id, String symbol, double price, long until, boolean replaced) {}

    /// Sends until told to stop, then waits for the end of each order.
    ///
    /// @param interval nanoseconds between two orders
    /// @param offset nanoseconds until the first
    /// @param stopped whether no new order is to be sent
    /// @param patience how long to hear nothing new, neither an answer nor an end: a desk under more load than it bears tells late. Seven times as long in all
    void run(long interval, long offset, BooleanSupplier stopped, Duration patience) {
        var next = System.nanoTime() + offset;
        while (!stopped.getAsBoolean()) {
            var now = System.nanoTime();
            if (now >= next) {
                send(fresh(next));
                next += interval;
            } else if (!work(now)) {
                LockSupport.parkNanos(Math.min(next - now, AGAIN_NANOS / 5));
            }
        }
        var last = System.nanoTime() + patience.toNanos() * PATIENCES_MAX;
        heardAt = System.nanoTime();
        resting.clear();
        isEnding = true;
        while (System.nanoTime() < Math.min(last, heardAt + patience.toNanos())
                && !(unanswered.isEmpty() && settled())) {
            if (!work(System.nanoTime())) {
                LockSupport.parkNanos(AGAIN_NANOS);
            }
        }
        unanswered.stream().filter(Request::order).forEach(order -> write(order.id(), "REFUSED"));
        totals.ended(unanswered.stream().filter(Request::order).count(), open.size());
    }

    private Request fresh(long due) {
        var id = run + "-" + ++count;
        var symbol = SYMBOLS[random.nextInt(SYMBOLS.length)];
        var buys = random.nextBoolean();
        var rests = random.nextInt(3) == 0;
        var away = rests ? -0.1 : 0.02;
        var price = PRICES.get(symbol) * (buys ? 1 + away : 1 - away);
        var body =
                Json.object()
                        .put("client", name)
                        .put("clientOrderId", id)
                        .put("symbol", symbol)
                        .put("side", buys ? "BUY" : "SELL")
                        .put("quantity", 1 + random.nextInt(100))
                        .put("price", String.format(Locale.ROOT, "%.2f", price));
        writeSent(id, body.path("quantity").asLong());
        if (rests) {
            var until = due + REST_NANOS_MIN + random.nextLong(REST_NANOS_SPREAD);
            open.put(id, new Resting(id, symbol, price, until, false));
        } else {
            open.put(id, new Resting(id, symbol, price, Long.MAX_VALUE, false));
        }
        return new Request(id, "/orders", Json.text(body), true, due, 0);
    }

    /// Does one of the things that wait.
    ///
    /// @return whether there was one
    private boolean work(long now) {
        if (now - lookedAt > LOOK_NANOS) {
            lookedAt = now;
            return look();
        }
        var waiting = unanswered.peekFirst();
        if (waiting != null && waiting.rest() <= now) {
            send(unanswered.removeFirst());
            return true;
        }
        var rested = resting.peek();
        if (rested != null && rested.until() <= now) {
            end(resting.remove(), now);
            return true;
        }
        return false;
    }

    private void send(Request request) {
        try {
            var answer = gateway.post(request.path(), request.body(), Map.of("X-Client", name));
            answered(request, answer);
        } catch (IOException e) {
            again(request);
        }
    }

    private void answered(Request request, HttpConnection.Answer answer) {
        switch (answer.status()) {
            case 202 -> {
                heardAt = System.nanoTime();
                if (request.order()) {
                    totals.acknowledged(request.due(), System.nanoTime());
                    write(request.id(), "ACKNOWLEDGED");
                    var order = open.get(request.id());
                    if (order != null && order.until() != Long.MAX_VALUE) {
                        resting.add(order);
                    }
                }
            }
            case 400, 404, 409 -> {
                if (request.order()) {
                    totals.rejected();
                    open.remove(request.id());
                    write(request.id(), "REJECTED");
                }
            }
            case 423 -> killed(request);
            default -> {
                // Whoever is behind the front when we connect again may be the active one.
                gateway.close();
                again(request);
            }
        }
    }

    // Order flow may be armed again, unless we are about to go.
    private void killed(Request request) {
        if (!isEnding) {
            again(request);
        } else if (request.order()) {
            write(request.id(), "REFUSED");
            totals.ended(1, 0);
            open.remove(request.id());
        }
    }

    // Nobody knows whether it arrived, or it was refused for now. The same id can't become a second
    // order.
    private void again(Request request) {
        unanswered.addLast(
                new Request(
                        request.id(),
                        request.path(),
                        request.body(),
                        request.order(),
                        request.due(),
                        System.nanoTime() + AGAIN_NANOS));
    }

    /// Cancels most of what has rested, replaces some, leaves the others.
    private void end(Resting order, long now) {
        if (!open.containsKey(order.id())) {
            return;
        }
        var path = "/orders/" + name + "-" + order.id();
        var choice = random.nextInt(10);
        if (choice < 2 && !order.replaced()) {
            var newId = order.id() + "-r";
            var price = order.price() * 1.001;
            var body =
                    Json.object()
                            .put("newId", newId)
                            .put("quantity", QUANTITY_REPLACED)
                            .put("price", String.format(Locale.ROOT, "%.2f", price));
            writeSent(newId, QUANTITY_REPLACED);
            open.put(newId, new Resting(newId, order.symbol(), price, now + REST_NANOS_MIN, true));
            send(new Request(newId, path + "/replace", Json.text(body), true, now, 0));
        } else if (choice < 9) {
            send(new Request(order.id(), path + "/cancel", "", false, now, 0));
        }
    }

    /// Reads what happened to our orders.
    private boolean look() {
        try {
            var answer = gateway.get("/orders?client=" + name + "&after=" + eventsSeen);
            if (answer.status() != 200) {
                return false;
            }
            for (var event : Json.parse(answer.body()).path("events")) {
                eventsSeen = event.path("seq").asLong();
                told(
                        event.path("id").asText(),
                        event.path("event").asText(),
                        event.path("why").asText());
            }
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private void told(String id, String event, String why) {
        if (id.contains("~")) {
            return; // the gateway's own name for a cancel; what it did shows in the order
        }
        heardAt = System.nanoTime();
        write(id, event);
        totals.told(event);
        switch (event) {
            case "FILLED", "CANCELLED", "REJECTED", "RETURNED", "REPLACED" -> open.remove(id);
            default -> {}
        }
    }

    /// Whether every order has ended, or rests at the venue. To hear what became of orders comes before asking for each one that may rest.
    private boolean settled() {
        if (System.nanoTime() - lookedAt < LOOK_NANOS / 2) {
            return false;
        }
        lookedAt = System.nanoTime();
        look();
        for (var id : open.keySet()) {
            if (System.nanoTime() - lookedAt > LOOK_NANOS) {
                return false;
            }
            if (!left.contains(id) && rests(id)) {
                heardAt = System.nanoTime();
                left.add(id);
            }
        }
        return left.containsAll(open.keySet());
    }

    private boolean rests(String id) {
        try {
            var answer = gateway.get("/orders/" + name + "-" + id);
            return answer.status() == 200
                    && Json.parse(answer.body()).path("state").asText().equals("OPEN");
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private void writeSent(String id, long quantity) {
        totals.sent();
        var at = Instant.now().toString();
        file.append(Map.of("at", at, "id", id, "event", "SENT", "quantity", quantity));
    }

    private void write(String id, String event) {
        file.append(Map.of("at", Instant.now().toString(), "id", id, "event", event));
    }
}
