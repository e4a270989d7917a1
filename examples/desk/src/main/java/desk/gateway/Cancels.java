package desk.gateway;

import java.util.function.LongSupplier;

/// Asks the venue to cancel what is open: all at once first, then one by one what is open still. Asking twice does no harm.
final class Cancels {
    private static final long ONE_BY_ONE_AFTER_NANOS = 300_000_000;

    private final String instance;
    private final LongSupplier token;
    private final Session session;
    private final WorkingOrders working;
    private String reason = "";
    private int rounds;
    private long nextAt;

    /// @param token the highest known; cancelling needs no right to send, but the venue may look at tokens
    Cancels(String instance, LongSupplier token, Session session, WorkingOrders working) {
        this.instance = instance;
        this.token = token;
        this.session = session;
        this.working = working;
    }

    /// Starts anew.
    ///
    /// @param why begins the ids of the requests, such as `KILL`
    void begin(String why) {
        reason = why + "-" + System.nanoTime();
        rounds = 0;
        nextAt = System.nanoTime();
    }

    /// How often it was asked.
    int rounds() {
        return rounds;
    }

    /// Asks, if it is time to.
    void proceed() {
        if (!session.loggedOn() || System.nanoTime() < nextAt) {
            return;
        }
        if (rounds == 0) {
            session.send(Fix.massCancel(reason, token.getAsLong(), instance));
        } else {
            for (var order : working.openOrders()) {
                var id = reason + "-" + rounds + "-" + order.id();
                session.send(Fix.cancel(order, id, token.getAsLong(), instance));
            }
        }
        rounds++;
        nextAt = System.nanoTime() + ONE_BY_ONE_AFTER_NANOS;
    }
}
