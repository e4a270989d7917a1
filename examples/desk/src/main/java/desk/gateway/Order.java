package desk.gateway;

import java.math.BigDecimal;

/// One request to the venue, as the store knows it. A cancel and a replace are rows of their own.
///
/// @param id `CLIENT-ID` of the client's own id, and the ClOrdID at the venue: sent again, it can't become a second order
/// @param client who asked
/// @param kind what was asked
/// @param target the order that a cancel or a replace is about; empty for a new order
/// @param symbol instrument
/// @param side BUY or SELL
/// @param quantity shares, at least 1
/// @param price limit, above 0
/// @param state where it stands
/// @param filled shares executed so far, as the venue counts them along a chain of replaces
/// @param acceptedAt milliseconds of the epoch at which it was made durable
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
    Order {
        if (id.isBlank() || id.length() > 64 || client.isBlank() || symbol.isBlank()) {
            throw new IllegalArgumentException(
                    "an order needs an id of 1 to 64 characters, a client and a symbol, got " + id);
        }
        if (quantity < 1 || price.signum() <= 0) {
            throw new IllegalArgumentException(
                    "quantity and price must be above 0, got " + quantity + " at " + price);
        }
    }

    static Order of(
            String client, String own, String symbol, Side side, long quantity, BigDecimal price) {
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
