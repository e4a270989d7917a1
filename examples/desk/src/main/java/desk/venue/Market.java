package desk.venue;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which instruments trade, and how the house quotes them.
///
/// @param references instrument to reference price, in order
/// @param clip what the house takes of one order at once, at least 0
record Market(Map<String, BigDecimal> references, long clip) {
    private static final BigDecimal HALF_SPREAD = new BigDecimal("0.05");
    private static final BigDecimal TWO = BigDecimal.TWO;

    Market {
        references = new LinkedHashMap<>(references);
    }

    /// @param symbols such as `AAA:100,BBB:50`
    static Market of(String symbols, long clip) {
        var references = new LinkedHashMap<String, BigDecimal>();
        for (var symbol : symbols.split(",")) {
            var parts = symbol.split(":");
            references.put(parts[0].strip(), new BigDecimal(parts[1].strip()));
        }
        return new Market(references, clip);
    }

    /// What the house pays or asks against an order of this side.
    BigDecimal housePrice(String symbol, Side side) {
        var reference = references.get(symbol);
        return side == Side.BUY ? reference.add(HALF_SPREAD) : reference.subtract(HALF_SPREAD);
    }

    /// @return why an order can't trade here; empty when it can
    String refusal(String symbol, long quantity, BigDecimal price) {
        var reference = references.get(symbol);
        if (reference == null) {
            return "unknown symbol " + symbol;
        }
        if (quantity <= 0) {
            return "quantity must be positive, got " + quantity;
        }
        if (price.multiply(TWO).compareTo(reference) < 0
                || price.compareTo(reference.multiply(TWO)) > 0) {
            return "price " + price + " is too far from " + reference;
        }
        return "";
    }
}
