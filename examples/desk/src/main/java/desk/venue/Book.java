package desk.venue;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The resting orders of one instrument on one side: best price first, then oldest first.
final class Book {
    // Price, then order id in order of arrival.
    private final NavigableMap<BigDecimal, LinkedHashMap<Long, Order>> levels;

    Book(Side side) {
        levels =
                new TreeMap<>(
                        side == Side.BUY
                                ? Comparator.<BigDecimal>reverseOrder()
                                : Comparator.<BigDecimal>naturalOrder());
    }

    Optional<Order> best() {
        return levels.isEmpty()
                ? Optional.empty()
                : Optional.of(levels.firstEntry().getValue().firstEntry().getValue());
    }

    /// Takes the order in its new form. It keeps its place in time unless its price changed or it grew.
    void put(Order before, Order order) {
        if (before != null
                && (!order.open()
                        || before.price().compareTo(order.price()) != 0
                        || before.quantity() < order.quantity())) {
            remove(before);
        }
        if (order.open()) {
            levels.computeIfAbsent(order.price(), _ -> new LinkedHashMap<>())
                    .put(order.orderId(), order);
        }
    }

    private void remove(Order order) {
        var level = levels.get(order.price());
        if (level != null && level.remove(order.orderId()) != null && level.isEmpty()) {
            levels.remove(order.price());
        }
    }
}
