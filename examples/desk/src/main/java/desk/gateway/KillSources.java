package desk.gateway;

import desk.gateway.MassStatus.Open;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quickfix.FieldNotFound;
import quickfix.Message;

/// Whom a kill asks whether orders are open: the venue itself and the drop copy, either of which can show that none is, and
/// our own store, which can only show that some are.
final class KillSources {
    private final MassStatus venue = new MassStatus();
    private final DropCopyBooks dropCopy;
    private final Reads reads;

    KillSources(DropCopyBooks dropCopy, Reads reads) {
        this.dropCopy = dropCopy;
        this.reads = reads;
    }

    /// One look at all of them.
    ///
    /// @param open open orders by each source that answers
    /// @param own open and unanswered orders by our store; 0 when it can't tell
    record Seen(Map<String, Long> open, long own) {
        static final Seen NOTHING = new Seen(Map.of(), 0);

        /// Whether one source shows that no order is open, and none shows one.
        boolean none() {
            return !open.isEmpty() && most() == 0;
        }

        /// The most that any source shows.
        long most() {
            return open.values().stream().mapToLong(Long::longValue).reduce(own, Math::max);
        }

        /// Which sources show that no order is open; empty while another shows one.
        List<String> noneBy() {
            return none() ? List.copyOf(open.keySet()) : List.of();
        }

        String why(String problem) {
            var said = new ArrayList<String>();
            open.forEach((source, count) -> said.add(source + " shows " + count));
            said.add("our store " + own);
            if (!problem.isEmpty()) {
                said.add("session: " + problem);
            }
            return String.join(", ", said);
        }
    }

    /// Asks the venue for all that is open.
    void ask(Session session, String requestId) {
        venue.ask(requestId);
        session.send(Fix.massStatus(requestId));
    }

    boolean isWaiting() {
        return venue.isWaiting();
    }

    void heard(Message message) throws FieldNotFound {
        venue.heard(message);
    }

    /// A new kill believes nothing that was said before it.
    void forget() {
        venue.forget();
    }

    /// Whether the venue has answered since the last [#forget()].
    boolean venueAnswered() {
        return venue.answer().isPresent();
    }

    /// @param loggedOn whether the venue can still tell; without a session what it showed as open may be gone
    /// @param ownCounts whether our store follows what the venue says; one that takes no writes doesn't
    Seen look(boolean loggedOn, boolean ownCounts) {
        var open = new LinkedHashMap<String, Long>();
        venue.answer()
                .filter(orders -> loggedOn || orders.isEmpty())
                .ifPresent(orders -> open.put("venue", (long) orders.size()));
        dropCopy.read()
                .ifPresent(
                        books ->
                                open.put(
                                        "drop-copy",
                                        books.values().stream()
                                                .mapToLong(DropCopyBooks.Line::open)
                                                .sum()));
        return new Seen(open, ownCounts ? own() : 0);
    }

    private long own() {
        try {
            return reads.ask(
                    store ->
                            store.openByInstrument().values().stream()
                                            .mapToLong(Long::longValue)
                                            .sum()
                                    + store.count(Order.State.SENDING));
        } catch (IllegalStateException e) {
            return 0; // it can't be read, so it can't object either
        }
    }

    /// What may be open: by the venue if it answered, and by our own books.
    List<Open> open(WorkingOrders working) {
        var orders = new LinkedHashMap<String, Open>();
        for (var order : working.openOrders()) {
            orders.put(order.id(), Fix.open(order));
        }
        Optional<List<Open>> told = venue.answer();
        told.ifPresent(list -> list.forEach(order -> orders.put(order.clOrdId(), order)));
        return List.copyOf(orders.values());
    }
}
