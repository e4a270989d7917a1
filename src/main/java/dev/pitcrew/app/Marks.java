package dev.pitcrew.app;

import dev.pitcrew.app.DeskStatus.Marked;
import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.RolloutEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which rollouts are marked for ever or until somebody looks again: a fold over the ledger.
///
/// @param toReassess emergency changes by rollout, oldest first
/// @param singleOperator rollouts that one person alone decided, oldest first
public record Marks(Map<String, Marked> toReassess, Map<String, Marked> singleOperator) {
    /// Nothing happened yet.
    public static final Marks NONE = new Marks(Map.of(), Map.of());

    public Marks {
        toReassess = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(toReassess));
        singleOperator = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(singleOperator));
    }

    /// The marks after an event; most leave them as they are.
    public Marks fold(Event event) {
        return switch (event) {
            case RolloutEvent.Approved one when one.emergency() ->
                    new Marks(
                            with(
                                    toReassess,
                                    new Marked(one.rollout(), one.service(), one.by(), one.at())),
                            singleOperator);
            case DeskEvent.Reassessed one ->
                    new Marks(without(toReassess, one.rollout()), singleOperator);
            case RolloutEvent.Started one when one.mark().equals("single operator") ->
                    new Marks(
                            toReassess,
                            with(
                                    singleOperator,
                                    new Marked(one.rollout(), one.service(), "", one.at())));
            default -> this;
        };
    }

    private static Map<String, Marked> with(Map<String, Marked> marks, Marked one) {
        var more = new LinkedHashMap<>(marks);
        more.put(one.rollout(), one);
        return more;
    }

    private static Map<String, Marked> without(Map<String, Marked> marks, String rollout) {
        var fewer = new LinkedHashMap<>(marks);
        fewer.remove(rollout);
        return fewer;
    }
}
