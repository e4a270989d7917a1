package dev.pitcrew.app;

/// An order that rests at a venue, or may.
///
/// @param id as the client named it
/// @param session the CompID that it was entered under; empty when the source doesn't say
/// @param symbol the instrument
/// @param side `BUY` or `SELL`
/// @param leaves what is still open
/// @param price the limit; empty when there is none
/// @param at when it came alive, ISO-8601; empty when the source doesn't say
public record OpenOrder(
        String id,
        String session,
        String symbol,
        String side,
        long leaves,
        String price,
        String at) {
    /// Such as `c1-17 BUY 100 AAA at 10.5`.
    public String sentence() {
        var limit = price.isEmpty() ? "" : " at " + price;
        return "%s %s %d %s%s".formatted(id, side, leaves, symbol, limit);
    }
}
