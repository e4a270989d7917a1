package desk.venue;

import java.math.BigDecimal;
import java.math.MathContext;

/// An order as it stands now.
///
/// @param orderId the venue's name; 0 before it has one
/// @param clOrdId its latest client id
/// @param filled cumulative quantity
/// @param averagePrice of what is filled; 0 before the first fill
/// @param status FIX's OrdStatus
record Order(
        long orderId,
        String compId,
        String clOrdId,
        String symbol,
        Side side,
        long quantity,
        BigDecimal price,
        long filled,
        BigDecimal averagePrice,
        char status) {

    /// An order that a client asks for.
    static Order asked(
            String compId,
            String clOrdId,
            String symbol,
            Side side,
            long quantity,
            BigDecimal price) {
        return new Order(
                0, compId, clOrdId, symbol, side, quantity, price, 0, BigDecimal.ZERO, '8');
    }

    /// What it is after the execution.
    static Order after(Execution execution) {
        return new Order(
                execution.orderId(),
                execution.compId(),
                execution.clOrdId(),
                execution.symbol(),
                execution.side(),
                execution.quantity(),
                execution.price(),
                execution.cumulative(),
                execution.averagePrice(),
                execution.status());
    }

    long leaves() {
        return open() ? quantity - filled : 0;
    }

    boolean open() {
        return status == '0' || status == '1';
    }

    Order named(long newOrderId) {
        return new Order(
                newOrderId,
                compId,
                clOrdId,
                symbol,
                side,
                quantity,
                price,
                filled,
                averagePrice,
                '0');
    }

    Order changed(String newId, long newQuantity, BigDecimal newPrice) {
        return new Order(
                orderId,
                compId,
                newId,
                symbol,
                side,
                newQuantity,
                newPrice,
                filled,
                averagePrice,
                status);
    }

    Order filled(long more, BigDecimal at) {
        var value =
                averagePrice
                        .multiply(BigDecimal.valueOf(filled))
                        .add(at.multiply(BigDecimal.valueOf(more)));
        return new Order(
                orderId,
                compId,
                clOrdId,
                symbol,
                side,
                quantity,
                price,
                filled + more,
                value.divide(BigDecimal.valueOf(filled + more), MathContext.DECIMAL64),
                status);
    }
}
