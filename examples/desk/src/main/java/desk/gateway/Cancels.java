package desk.gateway;

import desk.gateway.MassStatus.Open;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Asks the venue to cancel what is open: all at once first, then one by one what is open still. Asking twice does no harm.
final class Cancels {
    private static final long ONE_BY_ONE_AFTER_NANOS = 300_000_000;

    private final String instance;
    private final LongSupplier token;
    private final Session session;
    private final Supplier<List<Open>> open;
    private String reason = "";
    private int rounds;
    private long nextAt;

    /// @param token the highest known; cancelling needs no right to send, but the venue may look at tokens
    /// @param open what may be open, asked each time
    Cancels(String instance, LongSupplier token, Session session, Supplier<List<Open>> open) {
        this.instance = instance;
        this.token = token;
        this.session = session;
        this.open = open;
    }

    /// Starts anew.
    ///
    /// @param why begins the ids of the requests, such as `KILL`
    void begin(String why) {
        reason = why + "-" + System.nanoTime();
        rounds = 0;
        nextAt = System.nanoTime();
    }

    /// Asks, if it is time to.
    void proceed() {
        if (!session.loggedOn() || System.nanoTime() < nextAt) {
            return;
        }
        if (rounds == 0) {
            session.send(Fix.massCancel(reason, token.getAsLong(), instance));
        } else {
            for (var order : open.get()) {
                var id = reason + "-" + rounds + "-" + order.clOrdId();
                session.send(Fix.cancel(order, id, token.getAsLong(), instance));
            }
        }
        rounds++;
        nextAt = System.nanoTime() + ONE_BY_ONE_AFTER_NANOS;
    }
}
