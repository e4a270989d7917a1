package dev.pitcrew.app;

import dev.pitcrew.app.DeskStatus.Marked;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.RolloutEvent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Which rollouts are marked for ever: a fold over the ledger.
///
/// @param singleOperator rollouts that one person alone decided, oldest first
public record Marks(SequencedMap<String, Marked> singleOperator) {
    /// Nothing happened yet.
    public static final Marks NONE = new Marks(new LinkedHashMap<>());

    public Marks {
        singleOperator = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(singleOperator));
    }

    /// The marks after an event; most leave them as they are.
    public Marks fold(Event event) {
        return switch (event) {
            case RolloutEvent.Started one when one.mark().equals("single operator") ->
                    new Marks(
                            with(
                                    singleOperator,
                                    new Marked(one.rollout(), one.service(), "", one.at())));
            default -> this;
        };
    }

    private static SequencedMap<String, Marked> with(Map<String, Marked> marks, Marked one) {
        var more = new LinkedHashMap<>(marks);
        more.put(one.rollout(), one);
        return more;
    }
}
