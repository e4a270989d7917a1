package desk.gateway;

import desk.common.Operated.State;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import quickfix.FieldNotFound;
import quickfix.Message;

/// Orders on their way to the venue, and executions on their way back into the store.
final class OrderFlow {
    private final String instance;
    private final Standing standing;
    private final Session session;
    private final Writer writer;
    private final WorkingOrders working;
    private final KillSwitch kill;
    private final Wishes wishes;
    private final GatewayVersion version;
    private final AtomicLong duplicates = new AtomicLong();

    OrderFlow(
            String instance,
            GatewayVersion version,
            Standing standing,
            Session session,
            Writer writer,
            WorkingOrders working,
            KillSwitch kill,
            Wishes wishes) {
        this.instance = instance;
        this.version = version;
        this.standing = standing;
        this.session = session;
        this.writer = writer;
        this.working = working;
        this.kill = kill;
        this.wishes = wishes;
    }

    /// Whether an order may go out now. The store has the last word, in the transaction that marks it as sending.
    boolean maySend() {
        return standing.state() == State.ACTIVE
                && standing.token() > 0
                && standing.settled()
                && session.loggedOn()
                && !kill.blocking();
    }

    /// Whether an order may be taken and wait: the session was lost a moment ago and is about to come back.
    boolean mayWait() {
        return standing.state() == State.ACTIVE
                && standing.nanosSinceLost() < OrderRules.UNSENT_LIMIT.toNanos();
    }

    /// Sends the unsent orders that are young enough.
    void sendUnsent() {
        writer.submit(this::claimUnsent, claimed -> claimed.forEach(this::send));
    }

    private List<Order> claimUnsent(OrderStore store) throws SQLException {
        var now = store.control();
        return now.heldBy(instance, standing.token()) && !now.killed()
                ? rules(store).claimUnsent(standing.token())
                : List.of();
    }

    /// Returns the unsent orders that are too old to be sent.
    void returnUnsent() {
        writer.submit(
                store -> rules(store).returnUnsent(), changed -> changed.forEach(working::update));
    }

    /// Sends an order that is durably marked as sending. When it can't be sent it is in doubt, never tried again.
    void send(Order order) {
        var token = standing.token();
        if (token == 0) {
            return; // given up a moment ago: maybe sent, for whoever is activated next
        }
        working.update(order);
        if (order.state() != Order.State.SENDING) {
            return;
        }
        if (!isSent(order, token)) {
            working.doubt(order);
            standing.unsettle();
        }
    }

    // Whatever keeps it from the wire, from now on the venue is asked for it, or it would stay
    // unanswered for ever.
    private boolean isSent(Order order, long token) {
        var now = System.currentTimeMillis();
        if (kill.blocking() || now - order.acceptedAt() > OrderRules.UNSENT_LIMIT.toMillis()) {
            return false; // the disk may have taken long to make it durable
        }
        try {
            var isSent = session.send(Fix.order(order, token, instance));
            if (isSent && order.kind() == Order.Kind.NEW && version.doubles(order.id())) {
                var _ = session.send(Fix.order(order, token, instance)); // its flaw
            }
            return isSent;
        } catch (RuntimeException e) {
            System.out.println(instance + " can't send " + order.id() + ": " + e);
            return false;
        }
    }

    /// Takes what the venue sent.
    void received(Message message) {
        try {
            if (Execution.isOne(message)) {
                var execution = Execution.of(message);
                if (Execution.isDuplicate(message)) {
                    duplicates.incrementAndGet();
                    writer.keep(store -> applyDuplicate(store, execution), this::applied);
                } else {
                    writer.keep(store -> apply(store, execution), this::applied);
                }
                kill.heard(message);
            }
        } catch (FieldNotFound e) {
            System.out.println(instance + " can't read what the venue sent: " + e.getMessage());
        }
    }

    private static List<Order> apply(OrderStore store, Execution execution) throws SQLException {
        store.raiseNextTarget(execution.sequence() + 1);
        return rules(store).apply(execution);
    }

    /// What was refused is the second message: the order itself stands as it did, if the venue has answered for it.
    private static List<Order> applyDuplicate(OrderStore store, Execution execution)
            throws SQLException {
        var isAnswered =
                store.order(execution.clOrdId())
                        .filter(one -> one.state() != Order.State.SENDING)
                        .isPresent();
        if (!isAnswered) {
            return apply(store, execution);
        }
        store.raiseNextTarget(execution.sequence() + 1);
        return List.of();
    }

    /// Orders that the venue refused because it had their ClOrdID already.
    long duplicates() {
        return duplicates.get();
    }

    private void applied(List<Order> changed) {
        changed.forEach(working::update);
        if (standing.state() != State.ACTIVE) {
            wishes.wake();
        }
    }

    static OrderRules rules(OrderStore store) {
        return new OrderRules(store, System.currentTimeMillis());
    }
}
