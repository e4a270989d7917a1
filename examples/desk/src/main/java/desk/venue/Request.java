package desk.venue;

import desk.venue.OrderMessage.Kind;
import java.math.BigDecimal;

/// An order message as it came in.
///
/// @param origClOrdId null unless it cancels or replaces
/// @param symbol may be null when it cancels
/// @param side may be null when it cancels
/// @param price may be null when it cancels
/// @param token 0 without one
/// @param instance empty without one
/// @param resent whether the sender says that it may have sent it before (PossDupFlag)
record Request(
        Kind kind,
        String compId,
        String clOrdId,
        String origClOrdId,
        String symbol,
        Side side,
        long quantity,
        BigDecimal price,
        long token,
        String instance,
        boolean resent) {}
