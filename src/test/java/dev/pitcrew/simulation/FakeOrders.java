package dev.pitcrew.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The gateway's durable order store, shared by its instances, and what clients were told of it.
final class FakeOrders {
    enum Fate {
        STORED,
        SENT,
        KNOWN,
        RETURNED
    }

    static final class Order {
        final int id;
        String owner;
        Fate fate = Fate.STORED;

        Order(int id, String owner) {
            this.id = id;
            this.owner = owner;
        }
    }

    final FakeVenue venue = new FakeVenue();
    private final Map<Integer, Order> stored = new HashMap<>();
    private final Map<Integer, Order> unsettled = new HashMap<>(); // stored or sent
    private long known;
    int submitted;
    int held;
    int answered;
    int refused; // with 503, after which a client asks again

    /// Stores an order, unless its id is known: clients repeat ids when no answer comes.
    ///
    /// @return whether it is new
    boolean store(int id, String instance) {
        if (stored.containsKey(id)) {
            return false;
        }
        var order = new Order(id, instance);
        stored.put(id, order);
        unsettled.put(id, order);
        return true;
    }

    Order get(int id) {
        return Objects.requireNonNull(stored.get(id));
    }

    void send(Order order, String instance) {
        order.fate = Fate.SENT;
        order.owner = instance;
    }

    /// The venue's answer arrived.
    void answer(Order order) {
        settle(order, Fate.KNOWN);
    }

    long owed(String instance) {
        return unsettled.isEmpty()
                ? 0
                : unsettled.values().stream()
                        .filter(one -> one.fate == Fate.SENT && one.owner.equals(instance))
                        .count();
    }

    long inDoubt() {
        return unsettled.isEmpty()
                ? 0
                : unsettled.values().stream().filter(one -> one.fate == Fate.SENT).count();
    }

    /// Orders that rest, by our own account.
    long open() {
        return known / 3L;
    }

    /// What an activation does before it sends: what was never sent goes back to its client, the rest is asked for at the venue.
    void reconcile() {
        for (var order : List.copyOf(unsettled.values())) {
            var isKnown = order.fate == Fate.SENT && venue.knows(order.id);
            Invariant.ONE_FATE.require(
                    order.fate == Fate.SENT || !venue.knows(order.id),
                    "the venue has order %d, and the store says that it was never sent",
                    order.id);
            settle(order, isKnown ? Fate.KNOWN : Fate.RETURNED);
        }
    }

    private void settle(Order order, Fate fate) {
        order.fate = fate;
        unsettled.remove(order.id);
        if (fate == Fate.KNOWN) {
            known++;
        }
    }

    List<Integer> withoutFate() {
        return List.copyOf(unsettled.keySet());
    }

    /// Once all is over: the venue has what the store says that it has, and nothing else.
    void checkFates() {
        Invariant.ONE_FATE.require(
                unsettled.isEmpty(), "orders without a fate: %s", unsettled.keySet());
        stored.values()
                .forEach(
                        order ->
                                Invariant.ONE_FATE.require(
                                        venue.knows(order.id) == (order.fate == Fate.KNOWN),
                                        "order %d is %s, and the venue says otherwise",
                                        order.id,
                                        order.fate));
    }

    int acknowledgedCount() {
        return stored.size();
    }
}
