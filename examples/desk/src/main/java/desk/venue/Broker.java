package desk.venue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import desk.common.Http;
import desk.common.Http.Call;
import desk.common.Http.Reply;
import desk.common.Json;
import desk.common.Settings;
import desk.venue.OrderMessage.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/// The venue as a small desk's broker: orders by REST, fills by WebSocket.
///
/// An account has a key and no session, so nothing here keeps two senders apart. A client order id is refused while an order with it is open, and
/// free again afterwards: who sends an order again without asking may have two. Now and then a request is taken, or is lost on its way, and no
/// answer comes: only a question tells which.
final class Broker implements AutoCloseable {
    private static final Duration SILENCE = Duration.ofSeconds(30); // longer than any client waits
    private static final int PAGE = 1000;

    private final Trading trading;
    private final Set<String> accounts;
    private final Optional<String> key;
    private final RateLimit limit;
    private final double silent;
    private final Random random;
    private final Http http;
    private final Stream stream;

    /// @param accounts who may trade here
    Broker(Trading trading, Set<String> accounts, Settings settings) throws IOException {
        this.trading = trading;
        this.accounts = accounts;
        this.key = settings.optional("REST_KEY");
        this.limit = new RateLimit(settings.number("REST_RATE", 100));
        this.silent = settings.number("REST_SILENT", 0.0);
        this.random = new Random(settings.number("REST_SEED", 1));
        http = new Http(settings.number("REST_PORT", 0));
        stream = new Stream(settings.number("STREAM_PORT", 0), this::isKnown);
        http.post("/v1/orders", call -> limited(call, this::place));
        http.get("/v1/orders", call -> limited(call, this::orders));
        http.delete("/v1/orders", call -> limited(call, this::cancel));
        http.get("/v1/executions", call -> limited(call, this::executions));
    }

    void start() {
        http.start();
    }

    int restPort() {
        return http.port();
    }

    int streamPort() {
        return stream.port();
    }

    /// Tells who listens on behalf of the order's account.
    void publish(Execution execution) {
        if (accounts.contains(execution.compId())) {
            stream.send(execution.compId(), view(execution));
        }
    }

    /// Answers a request of a known account, within its rate.
    private Reply limited(Call call, Http.Handler handler) throws Exception {
        if (!isKnown(account(call), call.header("X-Key").orElse(""))) {
            return Reply.error(401, "no such account, or a wrong key");
        }
        if (!limit.takes(account(call), System.nanoTime())) {
            return new Reply(
                    429,
                    Json.object().put("error", "too many requests"),
                    Map.of("Retry-After", "1"));
        }
        return handler.answer(call);
    }

    private boolean isKnown(String account, String given) {
        return accounts.contains(account) && key.map(given::equals).orElse(true);
    }

    private static String account(Call call) {
        return call.header("X-Account").orElse("");
    }

    private Reply place(Call call) throws InterruptedException {
        var order = call.json();
        var id = order.path("clientOrderId").asText();
        if (id.isEmpty()) {
            return Reply.error(400, "clientOrderId is missing");
        }
        var request =
                request(
                        call,
                        Kind.NEW,
                        id,
                        order.path("symbol").asText(),
                        Side.valueOf(order.path("side").asText()),
                        order.path("quantity").asLong(),
                        new BigDecimal(order.path("price").asText()));
        return answered(
                () -> {
                    var no = trading.take(request);
                    return no.isEmpty()
                            ? Reply.of(201, view(find(call, id).orElseThrow()))
                            : Reply.error(no.get().unreported() ? 409 : 422, no.get().why());
                });
    }

    /// One order by its client's id, or all that are open.
    private Reply orders(Call call) {
        var id = call.query().get("clientOrderId");
        if (id != null) {
            return find(call, id)
                    .map(order -> Reply.ok(view(order)))
                    .orElseGet(() -> Reply.error(404, "unknown order " + id));
        }
        var open = trading.open(order -> order.compId().equals(account(call)));
        return Reply.ok(open.stream().map(Broker::view).toList());
    }

    /// Cancels one order by its client's id, or all that are open.
    private Reply cancel(Call call) throws InterruptedException {
        var id = call.query().get("clientOrderId");
        var kind = id == null ? Kind.MASS_CANCEL : Kind.CANCEL;
        var name = call.header("X-Request").orElse("cancel-" + id);
        var request = request(call, kind, name, null, null, 0, null, id);
        return answered(
                () ->
                        trading.take(request)
                                .map(no -> Reply.error(no.order() == null ? 404 : 409, no.why()))
                                .orElseGet(() -> Reply.ok(Json.object())));
    }

    /// What happened to the account's orders, for who was not on the stream.
    private Reply executions(Call call) throws IOException {
        var after = Long.parseLong(call.query().getOrDefault("after", "0"));
        var found = new ArrayList<ObjectNode>();
        trading.replay(
                one -> {
                    if (one.execId() > after
                            && one.compId().equals(account(call))
                            && found.size() < PAGE) {
                        found.add(view(one));
                    }
                });
        return Reply.ok(found);
    }

    /// Does it, unless the request is lost on its way, and answers, unless the answer is.
    private Reply answered(Supplier<Reply> act) throws InterruptedException {
        var chance = random.nextDouble();
        if (chance < silent / 2) {
            Thread.sleep(SILENCE);
            return Reply.error(504, "the request was lost");
        }
        var reply = act.get();
        if (chance < silent) {
            Thread.sleep(SILENCE);
        }
        return reply;
    }

    private static Request request(
            Call call,
            Kind kind,
            String id,
            String symbol,
            Side side,
            long quantity,
            BigDecimal price) {
        return request(call, kind, id, symbol, side, quantity, price, null);
    }

    private static Request request(
            Call call,
            Kind kind,
            String id,
            String symbol,
            Side side,
            long quantity,
            BigDecimal price,
            String about) {
        return new Request(
                kind,
                account(call),
                id,
                about,
                symbol,
                side,
                quantity,
                price,
                Long.parseLong(call.header("X-Token").orElse("0")),
                call.header("X-Instance").orElse(""),
                false);
    }

    private Optional<Order> find(Call call, String id) {
        return trading.find(account(call), id);
    }

    private static ObjectNode view(Order order) {
        return Json.object()
                .put("orderId", order.orderId())
                .put("clientOrderId", order.clOrdId())
                .put("symbol", order.symbol())
                .put("side", order.side().name())
                .put("quantity", order.quantity())
                .put("filled", order.filled())
                .put(
                        "status",
                        order.open() ? "OPEN" : order.status() == '2' ? "FILLED" : "CANCELLED");
    }

    private static ObjectNode view(Execution execution) {
        return Json.object()
                .put("execId", execution.execId())
                .put("clientOrderId", execution.clOrdId())
                .put("type", execution.type().name())
                .put("symbol", execution.symbol())
                .put("side", execution.side().name())
                .put("lastQuantity", execution.lastQuantity())
                .put("leaves", execution.leaves())
                .put("at", execution.at());
    }

    @Override
    public void close() throws IOException {
        stream.close();
        http.close();
    }
}
