package desk.audit;

import desk.audit.Evidence.Message;
import desk.audit.Verdict.Handoff;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who sent, read from the venue's messages in the venue's order: handoffs, and senders that didn't stop. A message without a
/// token is older than any. A kill has no right to send and needs none: what it cancels makes nobody a sender.
final class Senders {
    private final List<Handoff> handoffs = new ArrayList<>();
    private final Map<String, Sender> newest = new HashMap<>();
    // The last sender of a new order, until the next sender has one.
    private final Map<String, Sender> waiting = new HashMap<>();
    private final Map<String, Boolean> staleNow = new HashMap<>();
    private long twoActiveIntervals;
    private long olderTokenOrders;

    /// @param lastNewNanos when the venue accepted its last new order; 0 before the first
    private record Sender(long token, String instance, long lastNewNanos) {}

    Senders(List<Message> messages) {
        messages.stream().filter(message -> !isOfAKill(message)).forEach(this::take);
    }

    // No client is called KILL.
    private static boolean isOfAKill(Message message) {
        return message.clOrdId().startsWith("KILL-")
                && (message.kind().equals("CANCEL") || message.kind().equals("MASS_CANCEL"));
    }

    private void take(Message message) {
        var compId = message.compId();
        var sender = newest.get(compId);
        if (sender != null && message.token() < sender.token()) {
            olderTokenOrders++;
        }
        if (!message.accepted()) {
            return;
        }
        if (sender == null || message.token() > sender.token()) {
            begin(compId, message, sender);
        } else if (message.token() < sender.token()
                || !message.instance().equals(sender.instance())) {
            if (!staleNow.getOrDefault(compId, false)) {
                twoActiveIntervals++;
            }
            staleNow.put(compId, true);
        } else {
            staleNow.put(compId, false);
            if (message.kind().equals("NEW")) {
                sentNew(compId, message, sender);
            }
        }
    }

    /// A newer token: its sender is the one that may send. It counts as begun with its first message of any kind, but
    /// the dark time lasts until its first new order.
    private void begin(String compId, Message message, Sender before) {
        staleNow.put(compId, false);
        var sender = new Sender(message.token(), message.instance(), 0);
        newest.put(compId, sender);
        if (before != null && before.lastNewNanos() != 0) {
            waiting.put(compId, before);
        }
        if (message.kind().equals("NEW")) {
            sentNew(compId, message, sender);
        }
    }

    private void sentNew(String compId, Message message, Sender sender) {
        var before = waiting.remove(compId);
        if (before != null) {
            var dark = (message.atNanos() - before.lastNewNanos()) / 1e6;
            handoffs.add(new Handoff(message.at(), before.instance(), message.instance(), dark));
        }
        newest.put(compId, new Sender(sender.token(), sender.instance(), message.atNanos()));
    }

    List<Handoff> handoffs() {
        return List.copyOf(handoffs);
    }

    long twoActiveIntervals() {
        return twoActiveIntervals;
    }

    long olderTokenOrders() {
        return olderTokenOrders;
    }

    /// @param share 0.5 for the median
    /// @return nearest rank; 0 without any handoff
    double darkMillis(double share) {
        var sorted = handoffs.stream().mapToDouble(Handoff::darkMillis).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
