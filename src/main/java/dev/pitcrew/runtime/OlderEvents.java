package dev.pitcrew.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pitcrew.deploy.KeepEvent.Purpose;
import dev.pitcrew.model.DrainPolicy;
import java.util.Map;
import java.util.function.Consumer;

/// What earlier releases wrote, in the shape of today. A ledger keeps its entries as they were written; only what is read of them changes.
final class OlderEvents {
    /// Which type an older one is today.
    static final Map<String, String> NOW =
            Map.of(
                    "desk.killed@1", "desk.killed@2",
                    "effect.confirmed@1", "effect.confirmed@2",
                    "effect.failed@1", "effect.failed@2",
                    "effect.intended@1", "effect.intended@2",
                    "keep.mend-begun@1", "keep.mend-begun@2",
                    "rollout.planned@1", "rollout.planned@2",
                    "rollout.started@1", "rollout.started@2");

    private static final Map<String, Consumer<ObjectNode>> CHANGES =
            Map.of(
                    "desk.killed@1", event -> event.put("kill", ""),
                    "effect.confirmed@1", OlderEvents::effect,
                    "effect.failed@1", OlderEvents::effect,
                    "effect.intended@1", OlderEvents::effect,
                    "keep.mend-begun@1", OlderEvents::mendBegun,
                    "rollout.planned@1", OlderEvents::planned,
                    "rollout.started@1", event -> event.put("evidence", ""));

    private OlderEvents() {}

    /// The body of an entry as today's records have it.
    static JsonNode asNow(String type, JsonNode body) {
        var change = CHANGES.get(type);
        if (change != null && body instanceof ObjectNode event) {
            change.accept(event);
        }
        return body;
    }

    /// A drain told of no policy, and whoever was told left its orders resting.
    private static void effect(ObjectNode event) {
        if (event.get("effect") instanceof ObjectNode effect
                && effect.path("kind").asText().equals("drain")) {
            effect.put("policy", DrainPolicy.HAND_OVER.name());
        }
    }

    /// It told only whether it was a failover; the rest shows in what it worked on.
    private static void mendBegun(ObjectNode event) {
        var isFailover = event.path("isFailover").asBoolean();
        event.remove("isFailover");
        var course = event.path("course");
        var other =
                course.has("from")
                        ? Purpose.RETIRE
                        : course.has("to") ? Purpose.LET_GO : Purpose.FILL;
        event.put("purpose", (isFailover ? Purpose.FAILOVER : other).name());
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
