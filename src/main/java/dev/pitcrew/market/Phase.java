package dev.pitcrew.market;

/// What a venue does at a moment.
public enum Phase {
    /// Before what its calendar knows, or after. It means no.
    UNKNOWN,
    /// No orders.
    CLOSED,
    /// It takes orders, or trades outside of its main session, before the open.
    PRE_OPEN,
    /// It finds one price for many orders, at the open or at the close.
    AUCTION,
    /// It trades.
    OPEN,
    /// Between two parts of one session, such as over lunch.
    BREAK,
    /// It trades outside of its main session, after the close.
    POST;

    /// Whether orders may be executed in the main session or in one of its auctions.
    public boolean isTrading() {
        return this == OPEN || this == AUCTION;
    }
}
