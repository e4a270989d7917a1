package desk.audit;

import desk.audit.Evidence.ClientEvent;
import desk.audit.Evidence.Execution;
import desk.audit.Evidence.Message;
import desk.audit.Verdict.Orders;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Judges the desk from its evidence alone. Pure.
final class Audit {
    private static final int NAMED = 20;

    private enum Fate {
        FILLED,
        RETURNED,
        REJECTED,
        CANCELLED,
        REPLACED,
        RESTING,
        IN_DOUBT,
        LOST
    }

    private final VenueOrders venue;
    private final Map<String, ClientOrder> clients = new LinkedHashMap<>();
    private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    private final List<String> lost = new ArrayList<>();
    private final List<String> inDoubt = new ArrayList<>();
    private final List<String> duplicated = new ArrayList<>();
    private final List<String> contradicted = new ArrayList<>();

    private Audit(Evidence evidence) {
        venue = new VenueOrders(evidence.executions());
        evidence.clients()
                .forEach(
                        event ->
                                clients.computeIfAbsent(event.order(), _ -> new ClientOrder())
                                        .take(event));
    }

    static Verdict judge(Evidence evidence) {
        return new Audit(evidence).verdict(evidence);
    }

    /// What one client was told about one order.
    private static final class ClientOrder {
        private final Set<String> events = new HashSet<>();
        private String last = "";
        private long quantity;

        void take(ClientEvent event) {
            events.add(event.event());
            last = event.event();
            quantity = Math.max(quantity, event.quantity());
        }

        boolean was(String event) {
            return events.contains(event);
        }
    }

    private Verdict verdict(Evidence evidence) {
        var resent = resentAsNew(evidence.messages());
        clients.forEach((id, order) -> judge(id, order, resent.contains(id)));
        var senders = new Senders(evidence.messages());
        var orders =
                new Orders(
                        count("SENT"),
                        count("ACKNOWLEDGED"),
                        fate(Fate.FILLED),
                        fate(Fate.RETURNED),
                        fate(Fate.REJECTED),
                        fate(Fate.CANCELLED),
                        fate(Fate.REPLACED),
                        fate(Fate.RESTING),
                        fate(Fate.IN_DOUBT),
                        fate(Fate.LOST),
                        duplicated.size());
        return new Verdict(
                orders,
                senders.twoActiveIntervals(),
                senders.olderTokenOrders(),
                evidence.sessions().stream().filter(Audit::isSecondLogon).count(),
                senders.handoffs(),
                senders.darkMillis(0.50),
                senders.darkMillis(0.99),
                differences(evidence),
                venue.accepted().stream().filter(id -> !clients.containsKey(id)).count(),
                contradicted.size(),
                first(lost),
                first(duplicated),
                first(inDoubt),
                first(contradicted));
    }

    private void judge(String id, ClientOrder order, boolean resentAsNew) {
        if (resentAsNew || venue.duplicated(id, order.quantity)) {
            duplicated.add(id);
        }
        if (!order.was("ACKNOWLEDGED")) {
            return;
        }
        if (venue.accepted().contains(id) && (order.was("RETURNED") || order.was("REJECTED"))) {
            contradicted.add(id);
        }
        var fate = fate(id, order);
        fates.merge(fate, 1L, Long::sum);
        if (fate == Fate.LOST) {
            lost.add(id);
        } else if (fate == Fate.IN_DOUBT) {
            inDoubt.add(id);
        }
    }

    /// What the venue knows comes first, except that an order which its client still has as in doubt is in doubt.
    private Fate fate(String id, ClientOrder order) {
        if (order.last.equals("IN_DOUBT")) {
            return Fate.IN_DOUBT;
        }
        return venue.end(id)
                .map(end -> Fate.valueOf(end.name()))
                .orElseGet(
                        () ->
                                order.was("RETURNED")
                                        ? Fate.RETURNED
                                        : order.was("REJECTED")
                                                ? Fate.REJECTED
                                                : order.was("CANCELLED")
                                                        ? Fate.CANCELLED
                                                        : Fate.LOST);
    }

    /// Client orders that came to the venue as new twice. It refused the second, but another venue might not have.
    private static Set<String> resentAsNew(List<Message> messages) {
        return messages.stream()
                .filter(message -> "duplicate ClOrdID".equals(message.why()))
                .map(Message::clOrdId)
                .collect(Collectors.toSet());
    }

    private static boolean isSecondLogon(Evidence.SessionEvent event) {
        return event.event().equals("REFUSED")
                && event.why() != null
                && event.why().startsWith("Multiple logons");
    }

    private static long differences(Evidence evidence) {
        Map<Long, List<Object>> left = new HashMap<>();
        evidence.executions().forEach(each -> left.put(each.execId(), what(each)));
        var differences = 0L;
        for (var copy : evidence.copies()) {
            if (!what(copy).equals(left.remove(copy.execId()))) {
                differences++;
            }
        }
        left.keySet().removeIf(execId -> execId > evidence.settledExecId());
        return differences + left.size();
    }

    private static List<Object> what(Execution execution) {
        return List.of(
                execution.clOrdId(),
                execution.type(),
                execution.lastQuantity(),
                execution.leaves());
    }

    private long count(String event) {
        return clients.values().stream().filter(order -> order.was(event)).count();
    }

    private long fate(Fate fate) {
        return fates.getOrDefault(fate, 0L);
    }

    private static List<String> first(List<String> names) {
        return names.stream().limit(NAMED).toList();
    }
}
