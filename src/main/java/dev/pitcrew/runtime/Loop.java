package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectConfirmed;
import dev.pitcrew.deploy.EffectFailed;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.model.Decider;
import dev.pitcrew.model.OperationFailed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The one loop: what has arrived is appended, then it is decided, appended, and only then performed. One thread calls [#tick]; outcomes and
/// operators' intents may arrive on any thread and wait for it.
public final class Loop {
    private final Decider<Desk, Facts, Event> decider;
    private final Journal journal;
    private final Performer performer;
    private final Queue<Arrival> arrived = new ConcurrentLinkedQueue<>();
    private final Set<EffectIntended> exempt =
            new HashSet<>(); // performed while the journal could not be written
    private volatile Desk desk;
    private volatile @Nullable OperationFailed trouble;

    /// Something that came from outside the loop's thread, and who waits for it.
    private record Arrival(
            BiFunction<Desk, Instant, List<Event>> intent,
            CompletableFuture<List<Event>> answer,
            boolean isAsked) {
        static Arrival of(BiFunction<Desk, Instant, Event> outcome) {
            return new Arrival(
                    (desk, at) -> List.of(outcome.apply(desk, at)),
                    new CompletableFuture<>(),
                    false);
        }
    }

    /// Takes up where the journal ends.
    public Loop(Decider<Desk, Facts, Event> decider, Journal journal, Performer performer) {
        this.decider = decider;
        this.journal = journal;
        this.performer = performer;
        var state = Desk.EMPTY;
        for (var event : journal.replay()) {
            state = decider.fold(state, event);
        }
        this.desk = state;
    }

    /// What the journal says, as of the last tick.
    public Desk desk() {
        return desk;
    }

    /// Why the journal can't be written; null while it can.
    public @Nullable OperationFailed trouble() {
        return trouble;
    }

    /// Performs again what was intended and whose outcome nobody knows: the controller died in between.
    public void resume() {
        desk.services()
                .forEach(
                        (service, state) ->
                                state.courses()
                                        .forEach(
                                                course ->
                                                        course.outstanding()
                                                                .ifPresent(
                                                                        effect ->
                                                                                perform(
                                                                                        service,
                                                                                        course.id(),
                                                                                        effect))));
    }

    /// Hands an operator's intent to the loop's thread, which decides on it at its next tick.
    ///
    /// @param intent from the desk and the time to the events to append; it refuses by throwing `IllegalArgumentException`
    /// @return the events once they are durable
    public CompletableFuture<List<Event>> ask(BiFunction<Desk, Instant, List<Event>> intent) {
        var arrival = new Arrival(intent, new CompletableFuture<>(), true);
        arrived.add(arrival);
        return arrival.answer();
    }

    /// Instead of a turn, when nothing may be decided: whoever asks is told why. Outcomes wait.
    public void refuse(OperationFailed why) {
        arrived.removeIf(
                arrival -> arrival.isAsked() && arrival.answer().completeExceptionally(why));
    }

    /// One turn.
    ///
    /// @param facts the outside world, as last observed
    public void tick(Facts facts) {
        takeIn(facts.at());
        var events = decider.next(desk, facts);
        if (commit(events)) {
            performAll(events);
        } else {
            performExempt(events);
        }
    }

    /// Appends what has arrived. What can't be appended stays in the queue, and deciding goes on for what only reduces risk.
    private void takeIn(Instant at) {
        for (var arrival = arrived.peek(); arrival != null; arrival = arrived.peek()) {
            List<Event> events;
            Desk after;
            try {
                events = arrival.intent().apply(desk, at);
                after = folded(events);
            } catch (RuntimeException refusal) { // whoever stayed at the head would jam us
                arrived.remove();
                arrival.answer().completeExceptionally(refusal);
                continue;
            }
            if (!append(events, after)) {
                return;
            }
            arrived.remove();
            arrival.answer().complete(events);
        }
    }

    private boolean commit(List<Event> events) {
        return append(events, folded(events));
    }

    /// Before they are appended: what can't follow must not be kept.
    private Desk folded(List<Event> events) {
        var state = desk;
        for (var event : events) {
            state = decider.fold(state, event);
        }
        return state;
    }

    private boolean append(List<Event> events, Desk after) {
        if (events.isEmpty()) {
            return true;
        }
        try {
            journal.append(events);
        } catch (OperationFailed failure) {
            trouble = failure;
            return false;
        }
        trouble = null;
        desk = after;
        return true;
    }

    private void performAll(List<Event> events) {
        exempt.clear();
        for (var event : events) {
            if (event instanceof EffectIntended intended) {
                perform(intended.service(), intended.course(), intended.effect());
            }
        }
    }

    /// The one exception to "the ledger before the effect", by type: what only reduces risk does not wait.
    private void performExempt(List<Event> events) {
        for (var event : new ArrayList<>(events)) {
            if (event
                            instanceof
                            EffectIntended(
                                    _,
                                    var service,
                                    var course,
                                    Effect.RiskReducing effect,
                                    var attempt)
                    && exempt.add(
                            new EffectIntended(Instant.EPOCH, service, course, effect, attempt))) {
                perform(service, course, effect);
            }
        }
    }

    private void perform(String service, String course, Effect effect) {
        performer.perform(
                service,
                course,
                effect,
                new Performer.Outcome() {
                    @Override
                    public void confirmed(String detail) {
                        arrived.add(
                                Arrival.of(
                                        (_, at) ->
                                                new EffectConfirmed(
                                                        at, service, course, effect, detail)));
                    }

                    @Override
                    public void failed(String reason) {
                        arrived.add(
                                Arrival.of(
                                        (_, at) ->
                                                new EffectFailed(
                                                        at, service, course, effect, reason)));
                    }
                });
    }
}
