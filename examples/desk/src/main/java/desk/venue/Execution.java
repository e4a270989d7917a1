package desk.venue;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;

/// One thing that happened to an order: the venue's truth. All books are folded from these.
///
/// @param execId counts up over all sessions, from 1
/// @param orderId the venue's name of the order; the same over all replaces. 0 for a rejected one
/// @param compId whose order it is
/// @param clOrdId the client's id of the order from now on; of a cancelled one, the id it had
/// @param requestId id of the request to cancel or replace that led here; null without one
/// @param quantity of the order
/// @param price limit of the order
/// @param lastQuantity of this fill; 0 when it is none
/// @param lastPrice of this fill; null when it is none
/// @param cumulative filled so far
/// @param averagePrice of what is filled so far; 0 before the first fill
/// @param leaves still open
/// @param why a rejection's or cancel's reason; null without one
/// @param at ISO-8601, UTC
public record Execution(
        long execId,
        long orderId,
        String compId,
        String clOrdId,
        String requestId,
        Type type,
        String symbol,
        Side side,
        long quantity,
        BigDecimal price,
        long lastQuantity,
        BigDecimal lastPrice,
        long cumulative,
        BigDecimal averagePrice,
        long leaves,
        String why,
        String at) {
    /// What happened, with FIX's ExecType.
    public enum Type {
        NEW('0'),
        PARTIAL('F'),
        FILLED('F'),
        CANCELLED('4'),
        REPLACED('5'),
        REJECTED('8');

        final char fix;

        Type(char fix) {
            this.fix = fix;
        }
    }

    /// FIX's OrdStatus after it.
    @JsonIgnore
    char status() {
        return switch (type) {
            case REJECTED -> '8';
            case CANCELLED -> '4';
            case FILLED -> '2';
            case PARTIAL -> '1';
            case NEW, REPLACED -> cumulative == 0 ? '0' : '1';
        };
    }
}
