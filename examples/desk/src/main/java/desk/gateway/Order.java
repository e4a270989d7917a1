package desk.gateway;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// One request to the venue, as the store knows it. A cancel and a replace are rows of their own.
///
/// Whatever it holds goes into a FIX message and into the books of a venue, so one that no venue could take can't be built:
/// names are of a few plain characters, numbers have bounds.
///
/// @param id `CLIENT-ID` of the client's own id, and the ClOrdID at the venue: sent again, it can't become a second order
/// @param client who asked; never KILL, which begins the ids of what a kill cancels
/// @param kind what was asked
/// @param target the order that a cancel or a replace is about; empty for a new order
/// @param symbol instrument
/// @param side BUY or SELL
/// @param quantity shares, from 1 to [#QUANTITY_MAX]
/// @param price limit, above 0, with at most [#DIGITS_MAX] digits before the point and [#DECIMALS_MAX] after it
/// @param state where it stands
/// @param filled shares executed so far, as the venue counts them along a chain of replaces
/// @param acceptedAt milliseconds of the epoch at which the request arrived
record Order(
        String id,
        String client,
        Kind kind,
        String target,
        String symbol,
        Side side,
        long quantity,
        BigDecimal price,
        State state,
        long filled,
        long acceptedAt) {
    static final long QUANTITY_MAX = 1_000_000_000;
    static final int DIGITS_MAX = 10;
    static final int DECIMALS_MAX = 8;

    // The rest of 64 is for the gateway's own requests about it, such as `~c1`.
    private static final int ASKED_MAX = 56;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
    private static final Pattern SYMBOL = Pattern.compile("[A-Za-z0-9./-]{1,20}");

    Order {
        if (!ID.matcher(id).matches() || !id.startsWith(client + "-") || client.equals("KILL")) {
            throw new IllegalArgumentException(
                    "an id is of 1 to 64 letters, digits, dots, dashes and underscores, and of a client");
        }
        if (!SYMBOL.matcher(symbol).matches()) {
            throw new IllegalArgumentException(
                    "a symbol is of 1 to 20 letters, digits, dots, dashes and slashes");
        }
        if (quantity < 1 || quantity > QUANTITY_MAX) {
            throw new IllegalArgumentException(
                    "quantity must be from 1 to " + QUANTITY_MAX + ", got " + quantity);
        }
        if (price.signum() <= 0 || !isWritten(price)) {
            throw new IllegalArgumentException(
                    "price must be above 0 with at most %d digits before the point and %d after it"
                            .formatted(DIGITS_MAX, DECIMALS_MAX));
        }
    }

    // By its digits alone: written out, 1E1000000000 would fill the memory.
    private static boolean isWritten(BigDecimal price) {
        return price.scale() <= DECIMALS_MAX
                && (long) price.precision() - price.scale() <= DIGITS_MAX;
    }

    static Order of(
            String client, String own, String symbol, Side side, long quantity, BigDecimal price) {
        asked(client, own);
        return new Order(
                client + "-" + own,
                client,
                Kind.NEW,
                "",
                symbol,
                side,
                quantity,
                price,
                State.UNSENT,
                0,
                0);
    }

    /// A request about this order.
    ///
    /// @param own the client's id of the request
    Order asking(Kind kind, String own, long quantity, BigDecimal price) {
        return new Order(
                client + "-" + own,
                client,
                kind,
                id,
                symbol,
                side,
                quantity,
                price,
                State.UNSENT,
                0,
                0);
    }

    /// What a client may call an order: short enough for the gateway's requests about it, and not like one of them.
    ///
    /// @throws IllegalArgumentException when it may not
    static void asked(String client, String own) {
        if (client.length() + own.length() >= ASKED_MAX || own.contains("~")) {
            throw new IllegalArgumentException(
                    "client and id together have at most %d characters, and no ~"
                            .formatted(ASKED_MAX - 1));
        }
    }

    /// The client's own id.
    String own() {
        return id.substring(client.length() + 1);
    }

    Order with(State state) {
        return new Order(
                id, client, kind, target, symbol, side, quantity, price, state, filled, acceptedAt);
    }

    Order filled(long filled, State state) {
        return new Order(
                id, client, kind, target, symbol, side, quantity, price, state, filled, acceptedAt);
    }

    Order acceptedAt(long millis) {
        return new Order(
                id, client, kind, target, symbol, side, quantity, price, state, filled, millis);
    }

    /// Whether the same thing is asked, so that the same id may get the same answer.
    boolean asksTheSame(Order other) {
        return client.equals(other.client)
                && kind == other.kind
                && target.equals(other.target)
                && symbol.equals(other.symbol)
                && side == other.side
                && quantity == other.quantity
                && price.compareTo(other.price) == 0;
    }

    /// What is asked.
    enum Kind {
        NEW,
        CANCEL,
        REPLACE
    }

    /// Which way.
    enum Side {
        BUY,
        SELL
    }

    /// The life of a request. After a crash UNSENT means never sent; SENDING means maybe sent, and is never sent again.
    enum State {
        UNSENT,
        SENDING,
        OPEN,
        FILLED,
        CANCELLED,
        REPLACED,
        REJECTED,
        RETURNED,
        DONE;

        boolean ended() {
            return compareTo(OPEN) > 0;
        }
    }
}
