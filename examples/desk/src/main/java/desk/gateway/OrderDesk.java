package desk.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import desk.common.Http;
import desk.common.Http.Call;
import desk.common.Http.Reply;
import desk.common.Json;
import desk.gateway.Order.Kind;
import desk.gateway.Order.Side;
import desk.gateway.Order.State;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// Orders over HTTP. An answer of 202 means durable: from then on the order has exactly one end.
final class OrderDesk {
    private static final int EVENTS_MAX = 1_000;
    private static final long STORE_LIMIT_MILLIS = 3_000;
    private static final int WAITING_MAX = 2_000;
    private static final int PRICE_LENGTH_MAX = 32;
    // Five times the few milliseconds that an order takes would be lost in the noise of a busy
    // machine, which no limit could tell from a slow version.
    private static final long DAWDLE_NANOS_MIN = 100_000_000;

    private final Gateway gateway;
    private final OrderFlow flow;
    private final GatewayVersion version;
    private final Writer writer;
    private final Reads reads;
    private final Requests requests;
    private final String instance;

    OrderDesk(
            Gateway gateway,
            GatewayVersion version,
            Writer writer,
            Reads reads,
            Requests requests,
            String instance) {
        this.gateway = gateway;
        this.flow = gateway.flow();
        this.version = version;
        this.writer = writer;
        this.reads = reads;
        this.requests = requests;
        this.instance = instance;
    }

    void addTo(Http http) {
        http.post("/orders", call -> timed(call, this::place));
        http.post("/orders/*", call -> timed(call, this::change));
        http.get("/orders/*", this::order);
        http.get("/orders", this::events);
        http.get("/books", _ -> Reply.ok(books()));
    }

    // --- taking orders

    private Reply timed(Call call, Function<Call, Reply> handler) {
        var start = System.nanoTime();
        Reply reply;
        try {
            reply = handler.apply(call);
        } catch (IllegalArgumentException e) {
            reply = Reply.error(400, String.valueOf(e.getMessage()));
        }
        // Busy and killed are not faults of the version that answers; refusing an order is.
        requests.record(System.nanoTime() - start, reply.status() == 400 || reply.status() == 500);
        return reply;
    }

    private Reply place(Call call) {
        var start = System.nanoTime();
        var body = call.json();
        var order =
                Order.of(
                        text(body, "client"),
                        text(body, "clientOrderId"),
                        text(body, "symbol"),
                        Side.valueOf(text(body, "side")),
                        quantity(body),
                        price(body));
        if (version.refuses(order.id())) {
            return Reply.error(400, "refused by a check that this version has");
        }
        var reply = accept(call, _ -> order);
        dawdle(order.id(), start);
        return reply;
    }

    /// A slow version takes its time over some requests, whatever they ask for.
    private void dawdle(String id, long start) {
        if (version.dawdles(id)) {
            LockSupport.parkNanos(4 * Math.max(DAWDLE_NANOS_MIN, System.nanoTime() - start));
        }
    }

    private Reply change(Call call) {
        if (call.rest().size() != 2) {
            return Reply.error(404, "expected /orders/ID/cancel or /orders/ID/replace");
        }
        var start = System.nanoTime();
        var id = call.rest().getFirst();
        var reply = change(call, id);
        dawdle(id + "~" + call.rest().getLast(), start);
        return reply;
    }

    private Reply change(Call call, String id) {
        return switch (call.rest().getLast()) {
            case "cancel" -> accept(call, store -> cancel(store, id));
            case "replace" -> {
                var body = call.json();
                var newId = text(body, "newId");
                var quantity = quantity(body);
                var price = price(body);
                yield accept(call, store -> replace(store, id, newId, quantity, price));
            }
            default -> Reply.error(404, "expected /orders/ID/cancel or /orders/ID/replace");
        };
    }

    // A cancel that ended without cancelling may be asked again; while one is under way it is the
    // same one.
    private static Order cancel(OrderStore store, String id) throws SQLException {
        var order = known(store, id);
        var number = 1;
        for (var request : store.requestsFor(id)) {
            var over = request.state() == State.REJECTED || request.state() == State.RETURNED;
            number += request.kind() == Kind.CANCEL && over ? 1 : 0;
        }
        return order.asking(
                Kind.CANCEL, order.own() + "~c" + number, order.quantity(), order.price());
    }

    private static Order replace(
            OrderStore store, String id, String newId, long quantity, BigDecimal price)
            throws SQLException {
        var order = known(store, id);
        Order.asked(order.client(), newId);
        return order.asking(Kind.REPLACE, newId, quantity, price);
    }

    private static Order known(OrderStore store, String id) throws SQLException {
        return store.order(id)
                .orElseThrow(() -> new IllegalArgumentException("no order " + id + " is known"));
    }

    /// What is asked, as an order; made within the transaction.
    @FunctionalInterface
    private interface Asked {
        Order in(OrderStore store) throws SQLException;
    }

    /// What a transaction made of a request.
    ///
    /// @param reply the answer
    /// @param fresh the order, when it is new and so must be sent
    private record Taken(Reply reply, Optional<Order> fresh) {
        static Taken refused(Reply reply) {
            return new Taken(reply, Optional.empty());
        }
    }

    private Reply accept(Call call, Asked asked) {
        var sender = call.header("Sender");
        var senderToken = call.header("Sender-Token").map(Long::parseLong).orElse(0L);
        if (gateway.killed()) {
            return killed();
        }
        if (!flow.maySend() && !flow.mayWait()) {
            return notActive();
        }
        if (writer.waiting() >= WAITING_MAX) {
            return unavailable("too many orders wait for the order store");
        }
        var arrivedAt = System.currentTimeMillis();
        var taken =
                writer.submit(
                        store -> take(store, asked, sender, senderToken, arrivedAt),
                        result -> result.fresh().ifPresent(flow::send));
        try {
            return taken.get(STORE_LIMIT_MILLIS, TimeUnit.MILLISECONDS).reply();
        } catch (ExecutionException e) {
            return unavailable("the order store can't be written: " + e.getCause().getMessage());
        } catch (TimeoutException e) {
            return unavailable("the order store is slow");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unavailable("stopping");
        }
    }

    private Taken take(
            OrderStore store,
            Asked asked,
            Optional<String> sender,
            long senderToken,
            long arrivedAt)
            throws SQLException {
        var rules = OrderFlow.rules(store);
        if (rules.tooOld(arrivedAt)) {
            return Taken.refused(unavailable("the order store was slow")); // nobody waits any more
        }
        var control = store.control();
        if (control.killed() || gateway.killed()) {
            return Taken.refused(killed());
        }
        var send = flow.maySend();
        if (!control.heldBy(instance, gateway.token()) || !(send || flow.mayWait())) {
            return Taken.refused(notActive());
        }
        if (sender.isPresent() && !store.takeSenderToken(sender.get(), senderToken)) {
            return Taken.refused(Reply.error(409, sender.get() + " sent an older token"));
        }
        try {
            var order = asked.in(store).acceptedAt(arrivedAt);
            return remember(store, rules, order, send, control.activeToken());
        } catch (IllegalArgumentException e) {
            return Taken.refused(Reply.error(400, String.valueOf(e.getMessage())));
        }
    }

    private static Taken remember(
            OrderStore store, OrderRules rules, Order order, boolean send, long token)
            throws SQLException {
        var known = store.order(order.id());
        if (known.isEmpty()) {
            var state = send ? State.SENDING : State.UNSENT;
            var accepted = rules.accept(order, state, token);
            return new Taken(accepted(accepted), Optional.of(accepted));
        }
        return Taken.refused(
                known.get().asksTheSame(order)
                        ? accepted(known.get())
                        : Reply.error(400, "the id " + order.id() + " is taken by another order"));
    }

    private static Reply accepted(Order order) {
        return Reply.of(202, Json.object().put("id", order.id()));
    }

    private static Reply killed() {
        return Reply.error(423, "the kill latch is set");
    }

    private static Reply notActive() {
        return unavailable("not active");
    }

    private static Reply unavailable(String why) {
        return new Reply(503, Json.object().put("error", why), Map.of("Retry-After", "1"));
    }

    private static String text(JsonNode body, String name) {
        var value = body.path(name).asText("");
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static long quantity(JsonNode body) {
        var value = body.path("quantity");
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException("quantity must be a whole number, got " + value);
        }
        return value.asLong();
    }

    private static BigDecimal price(JsonNode body) {
        var value = text(body, "price");
        if (value.length() > PRICE_LENGTH_MAX) {
            throw new IllegalArgumentException("price has more than 32 characters");
        }
        try {
            return new BigDecimal(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("price must be a number, got " + value, e);
        }
    }

    // --- telling about orders

    private Reply order(Call call) {
        var id = String.join("/", call.rest());
        return reads.ask(store -> store.order(id))
                .map(order -> Reply.ok(Json.MAPPER.valueToTree(order)))
                .orElseGet(() -> Reply.error(404, "no order " + id + " is known"));
    }

    private Reply events(Call call) {
        var query = call.query();
        var client = query.get("client");
        if (client == null) {
            throw new IllegalArgumentException("say which client: /orders?client=C&after=SEQ");
        }
        var after = Long.parseLong(query.getOrDefault("after", "0"));
        return Reply.ok(
                Map.of("events", reads.ask(store -> store.events(client, after, EVENTS_MAX))));
    }

    private Object books() {
        var open = reads.ask(OrderStore::openByInstrument);
        var positions = reads.ask(OrderStore::positions);
        return Map.of("byInstrument", DropCopyBooks.of(open, positions));
    }
}
