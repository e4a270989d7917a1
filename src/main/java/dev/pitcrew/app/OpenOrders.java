package dev.pitcrew.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Open orders as one source tells them.
///
/// @param count how many
/// @param orders each of them; fewer than `count` when the source only counts
public record OpenOrders(long count, List<OpenOrder> orders) {
    private static final JsonMapper JSON = new JsonMapper();

    public OpenOrders {
        orders = List.copyOf(orders);
    }

    /// What a source says that only counts.
    static OpenOrders counted(long count) {
        return new OpenOrders(count, List.of());
    }

    /// Whether each of them is named; a count of none may come from a source that never names any.
    boolean isNamed() {
        return !orders.isEmpty() && orders.size() == count;
    }

    /// Reads a list of orders, as `/open-orders` of a drop copy answers it.
    ///
    /// @param sessions CompIDs whose orders count; empty: all
    /// @return empty when the text is no such list
    static Optional<OpenOrders> list(String text, Set<String> sessions) {
        return json(text)
                .filter(JsonNode::isArray)
                .map(
                        list -> {
                            var orders = new ArrayList<OpenOrder>();
                            for (var node : list) {
                                var order = order(node);
                                if (sessions.isEmpty()
                                        || order.session().isEmpty()
                                        || sessions.contains(order.session())) {
                                    orders.add(order);
                                }
                            }
                            return new OpenOrders(orders.size(), orders);
                        });
    }

    /// Reads books by instrument, which only count.
    ///
    /// @return empty when the text is none
    static Optional<OpenOrders> books(String text) {
        return json(text)
                .map(node -> node.path("byInstrument"))
                .filter(JsonNode::isObject)
                .map(
                        books -> {
                            long open = 0;
                            for (var book : books) {
                                open += book.path("open").asLong();
                            }
                            return counted(open);
                        });
    }

    private static OpenOrder order(JsonNode node) {
        return new OpenOrder(
                node.path("clOrdId").asText(node.path("orderId").asText("unnamed")),
                node.path("compId").asText(""),
                node.path("symbol").asText(""),
                node.path("side").asText(""),
                node.path("leaves").asLong(),
                node.path("price").asText(""),
                node.path("type").asText("NEW").equals("NEW") ? node.path("at").asText("") : "");
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JsonProcessingException _) { // whatever answered, it is no account of orders
            return Optional.empty();
        }
    }
}
