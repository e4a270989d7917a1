package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectConfirmed;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.model.Decider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/// What is decided while the journal can't be written, or is not written yet: in memory, and only to come to the effects that never wait for it. Once the journal
/// can be written again this is thrown away, and all is decided anew from what is durable.
///
/// An effect that waits for the ledger is not performed, so its course stands still there. The one exception is what is
/// [dispensable][Effect.Dispensable] to a failover: that goes on without it.
final class Unwritten {
    private static final int ROUNDS_MAX = 20; // more than a course has steps

    private final Decider<Desk, Facts, Event> decider;
    private final Set<Object> heard = new HashSet<>();
    private Desk desk;

    /// @param desk what the journal says
    Unwritten(Decider<Desk, Facts, Event> decider, Desk desk) {
        this.decider = decider;
        this.desk = desk;
    }

    /// An outcome that could not be appended yet.
    ///
    /// @param arrival tells it from all others, so that it counts once
    void hear(Object arrival, Event outcome) {
        if (heard.add(arrival)) {
            desk = decider.fold(desk, outcome);
        }
    }

    /// An operator's intent that could not be appended yet. Only that order flow was killed counts before it is durable: a kill is
    /// left alone.
    ///
    /// @param arrival tells it from all others, so that it counts once
    void hear(Object arrival, BiFunction<Desk, Instant, List<Event>> intent, Instant at) {
        if (heard.add(arrival)) {
            for (var event : events(intent, at)) {
                if (event instanceof DeskEvent.Killed) {
                    desk = decider.fold(desk, event);
                }
            }
        }
    }

    private List<Event> events(BiFunction<Desk, Instant, List<Event>> intent, Instant at) {
        try {
            return intent.apply(desk, at);
        } catch (
                RuntimeException _) { // whoever asked is told once it is decided on what is durable
            return List.of();
        }
    }

    /// Whether an event intends what never waits for the ledger.
    static boolean isExempt(Event event) {
        return event instanceof EffectIntended one && one.effect() instanceof Effect.RiskReducing;
    }

    /// Takes what was just decided on what is durable, and is about to be appended.
    ///
    /// @return what of it to perform now
    List<Event> begin(List<Event> decided) {
        for (var event : decided) {
            if (!(event instanceof EffectIntended) || isExempt(event)) {
                desk = decider.fold(desk, event);
            }
        }
        return decided.stream().filter(Unwritten::isExempt).toList();
    }

    /// Decides as far as it comes without the journal.
    ///
    /// @return what to perform now, each thing once
    List<Event> decide(Facts facts) {
        var exempt = new ArrayList<Event>();
        for (int round = 0; round < ROUNDS_MAX && goOn(facts, exempt); round++) {}
        return exempt;
    }

    /// @return whether something was passed by, so that there may be more
    private boolean goOn(Facts facts, List<Event> exempt) {
        var isPassing = false;
        for (var event : decider.next(desk, facts)) {
            switch (event) {
                case EffectIntended one when isExempt(one) -> {
                    exempt.add(one);
                    desk = decider.fold(desk, one);
                }
                case EffectIntended one when isDispensable(one) -> {
                    desk = decider.fold(decider.fold(desk, one), passed(one));
                    isPassing = true;
                }
                case EffectIntended _ -> {} // stands still, and is decided again
                default -> desk = decider.fold(desk, event);
            }
        }
        return isPassing;
    }

    private boolean isDispensable(EffectIntended intended) {
        return intended.effect() instanceof Effect.Dispensable
                && desk.service(intended.service()).isFailover(intended.course());
    }

    private static Event passed(EffectIntended one) {
        return new EffectConfirmed(
                one.at(), one.service(), one.course(), one.effect(), "done without");
    }
}
