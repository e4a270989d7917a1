package desk.venue;

import desk.venue.Execution.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The matching engine: requests in, executions out. Its whole state is folded from the executions, one at a time,
/// both while it runs and when it starts again. Not safe for threads: [Trading] has the lock.
final class Exchange {
    private final Market market;
    private final Set<String> accounts;
    private final Map<Long, Order> orders = new HashMap<>();
    private final LinkedHashMap<Long, Order> open = new LinkedHashMap<>();
    // CompID and client id to the venue's id, for every id an order ever had.
    private final Map<String, Long> ids = new HashMap<>();
    private final Map<String, Book> books = new HashMap<>();
    private final Map<String, Long> positions = new TreeMap<>();
    private long lastExecId;
    private long lastOrderId;
    private long rejected;
    private List<Execution> news = new ArrayList<>();

    /// @param accounts of the REST API: as at brokers, an id is free again once its order has ended
    Exchange(Market market, Set<String> accounts) {
        this.market = market;
        this.accounts = Set.copyOf(accounts);
    }

    /// Takes in one execution: the only place where anything changes.
    void fold(Execution execution) {
        lastExecId = execution.execId();
        if (execution.type() == Type.REJECTED) {
            rejected++;
            ids.putIfAbsent(key(execution.compId(), execution.clOrdId()), 0L);
            return;
        }
        lastOrderId = Math.max(lastOrderId, execution.orderId());
        var before = orders.get(execution.orderId());
        var order = Order.after(execution);
        orders.put(order.orderId(), order);
        if (isAccount(order.compId())) {
            ids.merge(key(order.compId(), order.clOrdId()), order.orderId(), Math::max);
        } else {
            ids.putIfAbsent(key(order.compId(), order.clOrdId()), order.orderId());
        }
        if (order.open()) {
            open.put(order.orderId(), order);
        } else {
            open.remove(order.orderId());
        }
        book(order.symbol(), order.side()).put(before, order);
        var signed =
                order.side() == Side.BUY ? execution.lastQuantity() : -execution.lastQuantity();
        positions.merge(order.symbol(), signed, Long::sum);
    }

    /// Takes a new order, or rejects it; the caller has looked for duplicates.
    List<Execution> place(Order order, Instant at) {
        var refusal = market.refusal(order.symbol(), order.quantity(), order.price());
        if (!refusal.isEmpty()) {
            return reject(order, refusal, at);
        }
        var id = lastOrderId + 1;
        emit(order.named(id), Type.NEW, null, null, at);
        match(id, at);
        return take();
    }

    List<Execution> reject(Order order, String why, Instant at) {
        emit(order, Type.REJECTED, null, why, at);
        return take();
    }

    /// @param requestId of who asks; null when the venue cancels by itself
    List<Execution> cancel(Order order, String requestId, String why, Instant at) {
        emit(order, Type.CANCELLED, requestId, why, at);
        return take();
    }

    /// @param quantity new total, above what is filled already
    List<Execution> replace(
            Order order, String newId, long quantity, BigDecimal price, Instant at) {
        emit(order.changed(newId, quantity, price), Type.REPLACED, order.clOrdId(), null, at);
        match(order.orderId(), at);
        return take();
    }

    /// The house takes all that is left of a resting order, at the order's own price.
    List<Execution> fill(Order order, Instant at) {
        fill(order.orderId(), order.leaves(), order.price(), at);
        return take();
    }

    /// @return why the values can't trade; empty when they can
    String refusal(String symbol, long quantity, BigDecimal price) {
        return market.refusal(symbol, quantity, price);
    }

    Optional<Order> find(String compId, String clOrdId) {
        return Optional.ofNullable(ids.get(key(compId, clOrdId))).map(orders::get);
    }

    /// Whether the id is taken: because it was ever used, by a rejected order too; of an account, by an order that is open.
    boolean known(String compId, String clOrdId) {
        return isAccount(compId)
                ? find(compId, clOrdId).filter(Order::open).isPresent()
                : ids.containsKey(key(compId, clOrdId));
    }

    /// Whether it is an account of the REST API, and not a FIX session.
    boolean isAccount(String compId) {
        return accounts.contains(compId);
    }

    /// Open orders, oldest first.
    List<Order> open(Predicate<Order> which) {
        return open.values().stream().filter(which).toList();
    }

    Map<String, Long> positions() {
        return new TreeMap<>(positions);
    }

    long lastExecId() {
        return lastExecId;
    }

    long rejected() {
        return rejected;
    }

    int orderCount() {
        return orders.size();
    }

    /// Matches against the other side and the house, whichever is better, until neither reaches the limit.
    private void match(long id, Instant at) {
        var clip = market.clip();
        while (orders.get(id).leaves() > 0) {
            var order = orders.get(id);
            var house = market.housePrice(order.symbol(), order.side());
            var best = book(order.symbol(), order.side().other()).best();
            var resting =
                    best.isPresent() && (clip == 0 || !better(house, best.get().price(), order));
            var price = resting ? best.get().price() : house;
            if ((!resting && clip == 0) || !within(price, order)) {
                return;
            }
            var quantity = Math.min(order.leaves(), resting ? best.get().leaves() : clip);
            if (resting) {
                fill(best.get().orderId(), quantity, price, at);
            } else {
                clip -= quantity;
            }
            fill(id, quantity, price, at);
        }
    }

    private static boolean better(BigDecimal price, BigDecimal other, Order order) {
        var compared = price.compareTo(other);
        return order.side() == Side.BUY ? compared < 0 : compared > 0;
    }

    private static boolean within(BigDecimal price, Order order) {
        return !better(order.price(), price, order);
    }

    private void fill(long id, long quantity, BigDecimal price, Instant at) {
        var order = orders.get(id).filled(quantity, price);
        var type = order.filled() == order.quantity() ? Type.FILLED : Type.PARTIAL;
        emit(order, type, null, quantity, price, null, at);
    }

    private void emit(Order order, Type type, String requestId, String why, Instant at) {
        emit(order, type, requestId, 0, null, why, at);
    }

    private void emit(
            Order order,
            Type type,
            String requestId,
            long lastQuantity,
            BigDecimal lastPrice,
            String why,
            Instant at) {
        var over = type == Type.REJECTED || type == Type.CANCELLED;
        var execution =
                new Execution(
                        lastExecId + 1,
                        order.orderId(),
                        order.compId(),
                        order.clOrdId(),
                        requestId,
                        type,
                        order.symbol(),
                        order.side(),
                        order.quantity(),
                        order.price(),
                        lastQuantity,
                        lastPrice,
                        order.filled(),
                        order.averagePrice(),
                        over ? 0 : order.quantity() - order.filled(),
                        why,
                        at.toString());
        news.add(execution);
        fold(execution);
    }

    private List<Execution> take() {
        var taken = news;
        news = new ArrayList<>();
        return taken;
    }

    private Book book(String symbol, Side side) {
        return books.computeIfAbsent(symbol + side, _ -> new Book(side));
    }

    private static String key(String compId, String clOrdId) {
        return compId + '\n' + clOrdId;
    }
}
