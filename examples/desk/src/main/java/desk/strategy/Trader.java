package desk.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import desk.common.HttpConnection;
import desk.common.Json;
import desk.common.JsonLines;
import desk.common.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Sends the strategy's orders, one at a time, each repeated under its id until the gateway answers for it or it is too old.
final class Trader {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    // A front may hold a request for a while, and the gateway takes none that waited longer than 2
    // s.
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(6);
    private static final long QUANTITY = 10;

    private final String name;
    private final BigDecimal halfSpread;
    private final HttpConnection gateway;
    private final HttpConnection feed;
    private final JsonLines file;
    private final Duration orderLimit;
    // Tokens only grow, so ids made of them can't meet those of another activation.
    private int count;
    private String unanswered = "";
    private String body = "";
    private long tokenOfIt;
    private long quotedAt;
    private long mayArriveUntil = System.nanoTime();
    private long eventsSeen;
    private volatile boolean waiting;
    private volatile long sent;
    private volatile long bought;
    private volatile long cents; // away from the middle, of all orders

    /// @param isShadow whether its orders are nobody's, so that they don't belong to what clients wrote
    Trader(Settings settings, BigDecimal spread, Duration orderLimit, boolean isShadow)
            throws IOException {
        this.orderLimit = orderLimit;
        this.name = settings.instance();
        this.halfSpread = spread.divide(BigDecimal.TWO, 4, RoundingMode.HALF_UP);
        this.gateway = new HttpConnection(settings.text("GATEWAY"), LIMIT);
        this.feed = new HttpConnection(settings.text("FEED"), LIMIT);
        var folder = settings.deskDir().resolve(isShadow ? "shadow" : "clients");
        this.file = JsonLines.open(folder.resolve(name + ".jsonl"));
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

    /// What the market says, as an order that may follow from it.
    ///
    /// @param symbol instrument
    /// @param buys whether to buy
    /// @param price limit
    /// @param middle of the market when it was looked at
    record Quote(String symbol, boolean buys, BigDecimal price, BigDecimal middle) {}

    /// Repeats the unanswered order, if there is one, as long as it is young and of this activation: the market it was meant for
    /// is gone soon, and after a kill at once. An older one is only asked for.
    ///
    /// @param token of this activation; 0 while passive
    Standing retry(long token) {
        if (unanswered.isEmpty()) {
            return Standing.CLEAR;
        }
        var isYoung = System.nanoTime() - quotedAt < orderLimit.toNanos();
        return isYoung && token == tokenOfIt ? send(token) : settle();
    }

    /// Looks at one instrument after the other.
    ///
    /// @return empty without quotes
    Optional<Quote> look(int turn) {
        try {
            var quotes = Json.parse(feed.get("/quotes").body()).path("quotes");
            var symbols = quotes.properties().stream().toList();
            if (symbols.isEmpty()) {
                return Optional.empty();
            }
            var quote = symbols.get(turn % symbols.size()).getValue();
            var buys = turn % 2 == 0;
            var middle =
                    quote.path("bid")
                            .decimalValue()
                            .add(quote.path("ask").decimalValue())
                            .divide(BigDecimal.TWO, 4, RoundingMode.HALF_UP);
            var price = buys ? middle.subtract(halfSpread) : middle.add(halfSpread);
            return Optional.of(
                    new Quote(
                            quote.path("symbol").asText(),
                            buys,
                            price.setScale(2, RoundingMode.HALF_UP),
                            middle));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // no quote, no order
        }
    }

    /// Sends a new order.
    Standing send(Quote quote, long token) {
        var id = token + "-" + ++count;
        var at = Instant.now().toString();
        // Before anything else: what can't be written down isn't sent.
        file.append(Map.of("at", at, "id", id, "event", "SENT", "quantity", QUANTITY));
        unanswered = id;
        tokenOfIt = token;
        quotedAt = System.nanoTime();
        waiting = true;
        body = order(quote);
        sent++;
        bought += quote.buys() ? 1 : 0;
        cents += quote.price().subtract(quote.middle()).abs().movePointRight(2).longValue();
        return send(token);
    }

    private String order(Quote quote) {
        return Json.text(
                Json.object()
                        .put("client", name)
                        .put("clientOrderId", unanswered)
                        .put("symbol", quote.symbol())
                        .put("side", quote.buys() ? "BUY" : "SELL")
                        .put("quantity", QUANTITY)
                        .put("price", quote.price().toPlainString()));
    }

    private Standing send(long token) {
        try {
            var headers = Map.of("Sender", "strategy", "Sender-Token", Long.toString(token));
            var status = gateway.post("/orders", body, headers).status();
            return switch (status) {
                case 202 -> answered("ACKNOWLEDGED", Standing.CLEAR);
                case 400 -> answered("REJECTED", Standing.CLEAR);
                case 409 -> answered("REFUSED", Standing.FENCED);
                default -> Standing.WAITING; // not taken
            };
        } catch (IOException e) {
            mayArriveUntil = System.nanoTime() + ON_ITS_WAY.toNanos();
            return Standing.WAITING;
        }
    }

    /// Finds out what became of an order that isn't sent again.
    private Standing settle() {
        try {
            var status = gateway.get("/orders/" + name + "-" + unanswered).status();
            if (status == 200) {
                return answered("ACKNOWLEDGED", Standing.CLEAR);
            }
            if (status == 404 && System.nanoTime() - mayArriveUntil > 0) {
                return answered("REFUSED", Standing.CLEAR);
            }
        } catch (IOException e) {
            // The gateway is away; it is asked again.
        }
        return Standing.WAITING;
    }

    private Standing answered(String event, Standing standing) {
        try {
            write(unanswered, event);
        } catch (UncheckedIOException e) {
            // The disk is full: the same answer comes again, but who is fenced steps down now.
            return standing == Standing.FENCED ? standing : Standing.WAITING;
        }
        unanswered = "";
        waiting = false;
        return standing;
    }

    /// Reads what happened to our orders.
    void readEvents() {
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
        status.put("sent", sent).put("bought", bought).put("cents", cents);
    }

    private void write(String id, String event) {
        file.append(Map.of("at", Instant.now().toString(), "id", id, "event", event));
    }
}
