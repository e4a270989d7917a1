package desk.dropcopy;

import java.math.BigDecimal;

/// One execution as the drop copy told it: a line of `drop-copy/executions.jsonl`.
///
/// @param compId whose order it is
/// @param clOrdId id of the order from now on; of a cancelled one, the id it had
/// @param type NEW, PARTIAL, FILLED, CANCELLED, REPLACED or REJECTED
/// @param side BUY or SELL
/// @param lastQuantity of this fill; 0 when it is none
/// @param lastPrice of this fill; null when it is none
/// @param cumulative filled so far
/// @param leaves still open
/// @param at when the recorder took it, ISO-8601, UTC
/// @param venueAt when it happened by the venue's clock, ISO-8601, UTC; null in files of an older recorder
public record DropCopyExecution(
        long execId,
        String orderId,
        String compId,
        String clOrdId,
        String type,
        String symbol,
        String side,
        long quantity,
        BigDecimal price,
        long lastQuantity,
        BigDecimal lastPrice,
        long cumulative,
        long leaves,
        String at,
        String venueAt) {

    String happenedAt() {
        return venueAt == null ? at : venueAt;
    }

    boolean open() {
        return leaves > 0;
    }
}
