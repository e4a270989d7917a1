package dev.pitcrew.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The gateway's durable order store and the venue's book, and what the clients were told.
final class FakeOrders {
    enum Fate {
        STORED,
        SENT,
        KNOWN,
        RETURNED
    }

    static final class Order {
        final int id;
        final String owner;
        Fate fate = Fate.STORED;
        int sends;

        Order(int id, String owner) {
            this.id = id;
            this.owner = owner;
        }
    }

    private final Map<Integer, Order> acknowledged = new HashMap<>();
    private final Map<Integer, Order> unsettled = new HashMap<>(); // stored or sent
    int submitted;
    int held;
    int answered;

    void acknowledge(int id, String instance) {
        if (!acknowledged.containsKey(id)) {
            var order = new Order(id, instance);
            acknowledged.put(id, order);
            unsettled.put(id, order);
        }
    }

    Order get(int id) {
        return java.util.Objects.requireNonNull(acknowledged.get(id));
    }

    void send(Order order) {
        order.fate = Fate.SENT;
        order.sends++;
        if (order.sends > 1) {
            throw new InvariantBroken("order " + order.id + " was sent " + order.sends + " times");
        }
    }

    void answer(Order order) {
        settle(order, Fate.KNOWN);
    }

    long owed(String instance) {
        return unsettled.values().stream()
                .filter(one -> one.fate == Fate.SENT && one.owner.equals(instance))
                .count();
    }

    long inDoubt() {
        return unsettled.values().stream().filter(one -> one.fate == Fate.SENT).count();
    }

    long open() {
        return (acknowledged.size() - unsettled.size()) / 3;
    }

    /// What an activation does before it sends: what was never sent goes back, the rest is asked for at the venue.
    void reconcile() {
        for (var order : List.copyOf(unsettled.values())) {
            settle(order, order.fate == Fate.STORED ? Fate.RETURNED : Fate.KNOWN);
        }
    }

    private void settle(Order order, Fate fate) {
        order.fate = fate;
        unsettled.remove(order.id);
    }

    List<Integer> withoutFate() {
        return List.copyOf(unsettled.keySet());
    }

    int acknowledgedCount() {
        return acknowledged.size();
    }
}
