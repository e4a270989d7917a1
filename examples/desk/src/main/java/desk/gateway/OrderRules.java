package desk.gateway;

import desk.gateway.Order.Kind;
import desk.gateway.Order.State;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The rules of an order's life, each a part of one transaction. They return the orders as they are afterwards.
final class OrderRules {
    /// Orders that weren't sent within this are never sent: the market they were meant for is gone.
    static final Duration UNSENT_LIMIT = Duration.ofSeconds(2);

    private final OrderStore store;
    private final long now;

    /// @param now milliseconds of the epoch
    OrderRules(OrderStore store, long now) {
        this.store = store;
        this.now = now;
    }

    /// Takes an order that is new, as sending or as unsent.
    ///
    /// @param order with the time at which it arrived, from which its age counts
    /// @return the order as it is in the store, which is another one when its id was known before
    Order accept(Order order, State state, long token) throws SQLException {
        var known = store.order(order.id());
        if (known.isPresent()) {
            return known.get();
        }
        var accepted = order.with(state);
        store.insert(accepted, token);
        return accepted;
    }

    /// Marks the unsent orders that are young enough as sending, and returns the others to their clients.
    List<Order> claimUnsent(long token) throws SQLException {
        var changed = new ArrayList<Order>();
        for (var order : store.in(State.UNSENT)) {
            if (tooOld(order.acceptedAt())) {
                changed.add(giveBack(order, "not sent within " + UNSENT_LIMIT.toMillis() + " ms"));
            } else {
                store.markSending(order, token);
                changed.add(order.with(State.SENDING));
            }
        }
        return changed;
    }

    /// Returns the unsent orders that are too old. Any instance may, because who sends must find them unsent first.
    List<Order> returnUnsent() throws SQLException {
        var changed = new ArrayList<Order>();
        for (var order : store.in(State.UNSENT)) {
            if (tooOld(order.acceptedAt())) {
                changed.add(giveBack(order, "not sent within " + UNSENT_LIMIT.toMillis() + " ms"));
            }
        }
        return changed;
    }

    /// @param arrivedAt milliseconds of the epoch
    boolean tooOld(long arrivedAt) {
        return now - arrivedAt > UNSENT_LIMIT.toMillis();
    }

    private Order giveBack(Order order, String why) throws SQLException {
        return end(order, State.RETURNED, why);
    }

    /// Tells the client, once, that nobody knows yet whether its order arrived.
    ///
    /// @param orders as their sender remembers them; of those that the store knows more about nothing is told
    void inDoubt(List<Order> orders) throws SQLException {
        for (var order : orders) {
            if (!store.order(order.id()).map(Order::state).equals(Optional.of(State.SENDING))) {
                continue;
            }
            store.addEvent(order, "IN_DOUBT", 0, BigDecimal.ZERO, "the venue gave no answer", now);
        }
    }

    /// Applies what the venue said, once by ExecID.
    ///
    /// @return what changed; and where the store knew it all, as when another instance heard it first, the orders it is about:
    ///     who still remembers them as they were would ask about them for ever
    List<Order> apply(Execution execution) throws SQLException {
        if (!execution.id().isEmpty() && !store.addExecution(execution)) {
            return about(execution);
        }
        return switch (execution.type()) {
            case ACCEPTED -> change(execution, this::opened);
            case FILLED -> change(execution, order -> filled(order, execution));
            case REJECTED ->
                    change(execution, order -> end(order, State.REJECTED, execution.why()));
            case CANCELLED -> cancelled(execution);
            case REPLACED -> replaced(execution);
            case REQUEST_REFUSED -> change(execution, order -> refused(order, execution));
            case STATUS, UNKNOWN -> answered(execution);
        };
    }

    /// One change of one order.
    @FunctionalInterface
    private interface Change {
        Order of(Order order) throws SQLException;
    }

    private List<Order> change(Execution execution, Change change) throws SQLException {
        var order = store.order(execution.orderId());
        return order.isPresent() ? List.of(change.of(order.get())) : List.of();
    }

    private Order opened(Order order) throws SQLException {
        return order.state() == State.SENDING ? save(order.with(State.OPEN)) : order;
    }

    private Order filled(Order order, Execution execution) throws SQLException {
        var after = fillTo(order, execution.filled(), execution.leaves() == 0);
        var event = execution.leaves() == 0 ? "FILLED" : "PARTIAL";
        store.addEvent(order, event, execution.quantity(), execution.price(), "", now);
        return after;
    }

    // By the venue's running total, so that a total seen early in a status answer and its fills,
    // resent later, agree.
    private Order fillTo(Order order, long filled, boolean done) throws SQLException {
        var more = Math.max(0, filled - order.filled());
        if (more > 0) {
            store.addPosition(order.symbol(), order.side() == Order.Side.BUY ? more : -more);
        }
        var state = done ? State.FILLED : order.state().ended() ? order.state() : State.OPEN;
        return save(order.filled(order.filled() + more, state));
    }

    private List<Order> cancelled(Execution execution) throws SQLException {
        var changed = new ArrayList<Order>();
        var order = store.order(execution.orderId());
        if (order.isPresent()) {
            var ended = order.get().state().ended();
            changed.add(ended ? order.get() : end(order.get(), State.CANCELLED, execution.why()));
        }
        for (var request : store.requestsFor(execution.orderId())) {
            if (request.kind() == Kind.CANCEL && !request.state().ended()) {
                changed.add(save(request.with(State.DONE)));
            }
        }
        return changed;
    }

    private List<Order> replaced(Execution execution) throws SQLException {
        var changed = new ArrayList<Order>();
        var replacement = store.order(execution.clOrdId());
        var order = store.order(execution.target());
        if (order.isPresent() && !order.get().state().ended()) {
            changed.add(end(order.get(), State.REPLACED, "by " + execution.clOrdId()));
        }
        if (replacement.isPresent()) {
            changed.add(standIn(replacement.get(), order, execution.standing()));
        }
        return changed;
    }

    // The venue counts fills along the chain: what the replaced order filled is in the position
    // already.
    private Order standIn(Order replacement, Optional<Order> replaced, State standing)
            throws SQLException {
        if (replacement.state().ended()) {
            return replacement;
        }
        var before = replaced.map(Order::filled).orElse(0L);
        return save(replacement.filled(Math.max(before, replacement.filled()), standing));
    }

    private Order refused(Order request, Execution execution) throws SQLException {
        return request.state().ended() ? request : end(request, State.REJECTED, execution.why());
    }

    // The answer to a status request. What went unanswered before it was sent is settled by it:
    // messages keep their order within a session, and the old session is over.
    private List<Order> answered(Execution execution) throws SQLException {
        var known = store.order(execution.clOrdId());
        if (known.isPresent()) {
            var order = known.get();
            var unsettled = order.state() == State.SENDING;
            if (execution.type() == Execution.Type.UNKNOWN && unsettled) {
                giveBack(order, "it never reached the venue");
            } else if (execution.type() == Execution.Type.STATUS && !order.state().ended()) {
                settle(order, execution);
            }
        }
        for (var request : requestsFor(execution)) {
            if (request.kind() == Kind.CANCEL && request.state() == State.SENDING) {
                if (execution.standing() == State.CANCELLED) {
                    save(request.with(State.DONE));
                } else {
                    giveBack(request, "the cancel never reached the venue");
                }
            }
        }
        return about(execution);
    }

    /// The orders that an execution names, and what was asked of them, as the store has them now.
    private List<Order> about(Execution execution) throws SQLException {
        var orders = new ArrayList<>(requestsFor(execution));
        for (var id : ids(execution)) {
            store.order(id).ifPresent(orders::add);
        }
        return orders;
    }

    private List<Order> requestsFor(Execution execution) throws SQLException {
        var requests = new ArrayList<Order>();
        for (var id : ids(execution)) {
            requests.addAll(store.requestsFor(id));
        }
        return requests;
    }

    // An order that was replaced is asked for by its old name, and answered for by its new one.
    private static Set<String> ids(Execution execution) {
        var ids = new LinkedHashSet<>(List.of(execution.clOrdId(), execution.target()));
        ids.remove("");
        return ids;
    }

    private Order settle(Order order, Execution status) throws SQLException {
        if (order.kind() == Kind.REPLACE && order.state() == State.SENDING) {
            var replaced = store.order(order.target());
            if (replaced.isPresent() && !replaced.get().state().ended()) {
                end(replaced.get(), State.REPLACED, "by " + order.id());
            }
            order = standIn(order, replaced, State.OPEN);
        }
        return switch (status.standing()) {
            case FILLED -> {
                store.addEvent(order, "FILLED", 0, BigDecimal.ZERO, "by order status", now);
                yield fillTo(order, status.filled(), true);
            }
            case CANCELLED, REJECTED, REPLACED -> {
                var filled = fillTo(order, status.filled(), false);
                yield end(filled, status.standing(), status.why());
            }
            default -> fillTo(order, status.filled(), false);
        };
    }

    private Order end(Order order, State state, String why) throws SQLException {
        store.addEvent(order, state.name(), 0, BigDecimal.ZERO, why, now);
        return save(order.with(state));
    }

    private Order save(Order order) throws SQLException {
        store.update(order);
        return order;
    }
}
