package desk.gateway;

import desk.gateway.Order.Kind;
import desk.gateway.Order.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The live orders in the memory of the active instance, as the store has them: unsent, sending and open, and which of
/// the sending ones are in doubt, because the session over which they went is over.
final class WorkingOrders {
    private final Map<String, Order> unsent = new ConcurrentHashMap<>();
    private final Map<String, Order> sending = new ConcurrentHashMap<>();
    private final Map<String, Order> open = new ConcurrentHashMap<>();
    private final Set<String> inDoubt = ConcurrentHashMap.newKeySet();

    /// Takes over what the store has; whatever is sending there is in doubt.
    void load(Collection<Order> live) {
        clear();
        live.forEach(this::update);
        doubtAll();
    }

    /// Follows the store, to which the instance that held the session before may have written since: whatever isn't live any
    /// more is forgotten, and whatever is sending is in doubt.
    ///
    /// @param live all that the store has, at a moment when no session is open
    void follow(Collection<Order> live) {
        live.forEach(this::update);
        var ids = live.stream().map(Order::id).collect(Collectors.toSet());
        Stream.of(unsent, sending, open).forEach(orders -> orders.keySet().retainAll(ids));
        doubtAll();
        inDoubt.retainAll(ids);
    }

    void clear() {
        unsent.clear();
        sending.clear();
        open.clear();
        inDoubt.clear();
    }

    /// Takes an order as the store has it now.
    void update(Order order) {
        move(order, State.UNSENT, unsent);
        move(order, State.SENDING, sending);
        move(order, State.OPEN, open);
        if (order.state() != State.SENDING) {
            inDoubt.remove(order.id());
        }
    }

    private static void move(Order order, State state, Map<String, Order> orders) {
        if (order.state() == state) {
            orders.put(order.id(), order);
        } else {
            orders.remove(order.id());
        }
    }

    /// The session is over: nobody knows what became of what was sent and not answered.
    void doubtAll() {
        inDoubt.addAll(sending.keySet());
    }

    void doubt(Order order) {
        if (sending.containsKey(order.id())) {
            inDoubt.add(order.id());
        }
    }

    int unsent() {
        return unsent.size();
    }

    int unanswered() {
        return sending.size();
    }

    int inDoubt() {
        return inDoubt.size();
    }

    int open() {
        return open.size();
    }

    List<Order> openOrders() {
        return open.values().stream().filter(order -> order.kind() != Kind.CANCEL).toList();
    }

    List<Order> ordersInDoubt() {
        var orders = new ArrayList<Order>();
        for (var id : inDoubt) {
            var order = sending.get(id);
            if (order != null) {
                orders.add(order);
            }
        }
        return orders;
    }
}
