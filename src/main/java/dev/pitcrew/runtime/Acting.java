package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectConfirmed;
import dev.pitcrew.deploy.EffectFailed;
import dev.pitcrew.deploy.Event;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The effects that are on their way: each is begun once, and told when its outcome is there.
final class Acting {
    private static final String BARE = "in words that can't be kept";

    private final Performer performer;
    private final Outcomes outcomes;
    private final Set<Act> acts = ConcurrentHashMap.newKeySet(); // whose outcome has not arrived

    /// An effect on its way.
    private record Act(String service, String course, Effect effect) {}

    /// Hears what came of an effect, on any thread.
    interface Outcomes {
        /// @param event from the time to what came of it
        /// @param bare the same without the words of whoever told it
        void came(Function<Instant, Event> event, Function<Instant, Event> bare);
    }

    Acting(Performer performer, Outcomes outcomes) {
        this.performer = performer;
        this.outcomes = outcomes;
    }

    /// Begins an effect, unless it is on its way already: then what comes of that counts for both.
    void perform(String service, String course, Effect effect) {
        var act = new Act(service, course, effect);
        if (!acts.add(act)) {
            return;
        }
        performer.perform(
                service,
                course,
                effect,
                new Performer.Outcome() {
                    @Override
                    public void confirmed(String detail) {
                        came(at -> confirmed(at, detail), at -> confirmed(at, BARE));
                    }

                    @Override
                    public void failed(String reason) {
                        came(at -> failed(at, reason), at -> failed(at, BARE));
                    }

                    private void came(
                            Function<Instant, Event> event, Function<Instant, Event> bare) {
                        acts.remove(act);
                        outcomes.came(event, bare);
                    }

                    private Event confirmed(Instant at, String detail) {
                        return new EffectConfirmed(at, service, course, effect, detail);
                    }

                    private Event failed(Instant at, String reason) {
                        return new EffectFailed(at, service, course, effect, reason);
                    }
                });
    }
}
