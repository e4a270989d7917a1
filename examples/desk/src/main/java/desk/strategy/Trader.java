package desk.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import desk.common.HttpConnection;
import desk.common.Json;
import desk.common.JsonLines;
import desk.common.Settings;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// Sends the strategy's orders, one at a time, each repeated under its id until the gateway answers for it.
final class Trader {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final long QUANTITY = 10;

    private final String name;
    private final BigDecimal halfSpread;
    private final HttpConnection gateway;
    private final HttpConnection feed;
    private final JsonLines file;
    // Tokens only grow, so ids made of them can't meet those of another activation.
    private int count;
    private String unanswered = "";
    private String body = "";
    private long eventsSeen;
    private volatile boolean waiting;
    private volatile long sent;

    Trader(Settings settings, BigDecimal spread) throws IOException {
        this.name = settings.instance();
        this.halfSpread = spread.divide(BigDecimal.TWO, 4, RoundingMode.HALF_UP);
        this.gateway = new HttpConnection(settings.text("GATEWAY"), LIMIT);
        this.feed = new HttpConnection(settings.text("FEED"), LIMIT);
        this.file = JsonLines.open(settings.deskDir().resolve("clients").resolve(name + ".jsonl"));
    }

    /// Where the trader stands with the gateway.
    enum Standing {
        /// Nothing is unanswered.
        CLEAR,
        /// The order has no answer yet.
        WAITING,
        /// The gateway knows a newer token of this strategy.
        FENCED
    }

    /// Repeats the unanswered order, if there is one.
    Standing retry(long token) {
        return unanswered.isEmpty() ? Standing.CLEAR : send(token);
    }

    /// Sends a new order around the middle of the market.
    Standing quote(long token) {
        try {
            var quotes = Json.parse(feed.get("/quotes").body()).path("quotes");
            var symbols = quotes.properties().stream().toList();
            if (symbols.isEmpty()) {
                return Standing.CLEAR;
            }
            count++;
            var quote = symbols.get(count % symbols.size()).getValue();
            var buys = count % 2 == 0;
            var middle =
                    quote.path("bid")
                            .decimalValue()
                            .add(quote.path("ask").decimalValue())
                            .divide(BigDecimal.TWO, 4, RoundingMode.HALF_UP);
            var price = buys ? middle.subtract(halfSpread) : middle.add(halfSpread);
            unanswered = token + "-" + count;
            waiting = true;
            body = order(quote.path("symbol").asText(), buys, price);
            sent++;
            var at = Instant.now().toString();
            file.append(Map.of("at", at, "id", unanswered, "event", "SENT", "quantity", QUANTITY));
        } catch (IOException | IllegalArgumentException e) {
            return Standing.CLEAR; // no quote, no order
        }
        return send(token);
    }

    private String order(String symbol, boolean buys, BigDecimal price) {
        return Json.text(
                Json.object()
                        .put("client", name)
                        .put("clientOrderId", unanswered)
                        .put("symbol", symbol)
                        .put("side", buys ? "BUY" : "SELL")
                        .put("quantity", QUANTITY)
                        .put("price", price.setScale(2, RoundingMode.HALF_UP).toPlainString()));
    }

    private Standing send(long token) {
        try {
            var headers = Map.of("Sender", "strategy", "Sender-Token", Long.toString(token));
            var status = gateway.post("/orders", body, headers).status();
            return switch (status) {
                case 202 -> answered("ACKNOWLEDGED", Standing.CLEAR);
                case 400 -> answered("REJECTED", Standing.CLEAR);
                case 409 -> answered("REFUSED", Standing.FENCED);
                default -> Standing.WAITING;
            };
        } catch (IOException e) {
            return Standing.WAITING;
        }
    }

    private Standing answered(String event, Standing standing) {
        write(unanswered, event);
        unanswered = "";
        waiting = false;
        return standing;
    }

    /// Reads what happened to our orders.
    void look() {
        try {
            var answer = gateway.get("/orders?client=" + name + "&after=" + eventsSeen);
            if (answer.status() == 200) {
                for (var event : Json.parse(answer.body()).path("events")) {
                    eventsSeen = event.path("seq").asLong();
                    write(event.path("id").asText(), event.path("event").asText());
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // The gateway is away; the events stay where they are.
        }
    }

    boolean hasQuotes() {
        try (var own = new HttpConnection(feed.base(), LIMIT)) {
            return own.get("/ready").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    int unanswered() {
        return waiting ? 1 : 0;
    }

    void describe(ObjectNode status) {
        status.put("sent", sent);
    }

    private void write(String id, String event) {
        file.append(Map.of("at", Instant.now().toString(), "id", id, "event", event));
    }
}
