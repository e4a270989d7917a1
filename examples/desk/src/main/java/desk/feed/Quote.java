package desk.feed;

import java.math.BigDecimal;

/// One update of a market-data line.
///
/// @param session the venue's run; it begins again with sequence 1 in each
/// @param seq counts over all instruments
/// @param atMillis when the venue made it, milliseconds since 1970
public record Quote(
        long session, long seq, String symbol, BigDecimal bid, BigDecimal ask, long atMillis) {}
