package desk.audit;

import desk.audit.Evidence.Execution;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The venue's orders, folded from its executions.
final class VenueOrders {
    // Client id to the venue's orders that carry or carried it; more than one is a duplicate.
    private final Map<String, Set<Long>> ids = new HashMap<>();
    private final Map<Long, Chain> chains = new HashMap<>();
    private final Set<String> rejected = new HashSet<>();

    /// One order of the venue over all its replaces.
    ///
    /// @param clOrdId its latest client id
    /// @param type of its latest execution
    /// @param filled sum of its fills
    /// @param quantityMax the largest quantity it ever had
    private record Chain(String clOrdId, String type, long filled, long quantityMax) {
        Chain after(Execution execution) {
            return new Chain(
                    execution.clOrdId(),
                    execution.type(),
                    filled + execution.lastQuantity(),
                    Math.max(quantityMax, execution.quantity()));
        }
    }

    /// How a client's id ended at the venue.
    enum End {
        FILLED,
        CANCELLED,
        REJECTED,
        REPLACED,
        RESTING
    }

    VenueOrders(List<Execution> executions) {
        for (var execution : executions) {
            if (execution.type().equals("REJECTED")) {
                rejected.add(execution.clOrdId());
            } else {
                ids.computeIfAbsent(execution.clOrdId(), _ -> new HashSet<>())
                        .add(execution.orderId());
                chains.merge(
                        execution.orderId(),
                        new Chain("", "", 0, 0).after(execution),
                        (chain, _) -> chain.after(execution));
            }
        }
    }

    /// @return every client id that the venue accepted
    Set<String> accepted() {
        return ids.keySet();
    }

    /// @return empty when the venue never heard of it
    Optional<End> end(String clOrdId) {
        var orders = ids.get(clOrdId);
        if (orders == null) {
            return rejected.contains(clOrdId) ? Optional.of(End.REJECTED) : Optional.empty();
        }
        var chain = chains.get(orders.iterator().next());
        if (!chain.clOrdId().equals(clOrdId)) {
            return Optional.of(End.REPLACED);
        }
        return Optional.of(
                switch (chain.type()) {
                    case "FILLED" -> End.FILLED;
                    case "CANCELLED" -> End.CANCELLED;
                    default -> End.RESTING;
                });
    }

    /// @param sent quantity the client asked for; 0 when it isn't known
    /// @return whether it became two orders, or filled beyond what was asked for
    boolean duplicated(String clOrdId, long sent) {
        var orders = ids.getOrDefault(clOrdId, Set.of());
        if (orders.size() > 1) {
            return true;
        }
        return orders.stream()
                .map(chains::get)
                .anyMatch(chain -> chain.filled() > Math.max(sent, chain.quantityMax()));
    }
}
