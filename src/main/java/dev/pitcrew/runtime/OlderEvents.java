package dev.pitcrew.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Consumer;

/// What earlier releases wrote, in the shape of today. A ledger keeps its entries as they were written; only what is read of them changes.
final class OlderEvents {
    /// Which type an older one is today.
    static final Map<String, String> NOW =
            Map.of(
                    "rollout.planned@1", "rollout.planned@2",
                    "rollout.started@1", "rollout.started@2");

    private static final Map<String, Consumer<ObjectNode>> CHANGES =
            Map.of(
                    "rollout.planned@1",
                    OlderEvents::planned,
                    "rollout.started@1",
                    event -> event.put("evidence", ""));

    private OlderEvents() {}

    /// The body of an entry as today's records have it.
    static JsonNode asNow(String type, JsonNode body) {
        var change = CHANGES.get(type);
        if (change != null && body instanceof ObjectNode event) {
            change.accept(event);
        }
        return body;
    }

    /// It did not say of which system file it was made, so it begins under none.
    private static void planned(ObjectNode event) {
        if (event.get("plan") instanceof ObjectNode plan) {
            var isRearm = plan.path("strategy").asText().equals("rearm");
            plan.put("system", "");
            plan.put("purpose", isRearm ? "REARM" : "CHANGE");
            plan.putArray("overrides");
        }
    }
}
