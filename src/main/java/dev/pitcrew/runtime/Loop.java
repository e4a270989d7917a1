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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The one loop: what has arrived is appended, then it is decided, appended, and only then performed. One thread calls [#tick]; outcomes and
/// operators' intents may arrive on any thread and wait for it.
public final class Loop {
    private static final String BARE = "in words that can't be kept";

    private final Decider<Desk, Facts, Event> decider;
    private final Journal journal;
    private final Performer performer;
    private final Queue<Arrival> arrived = new ConcurrentLinkedQueue<>();
    private volatile Desk desk;
    private @Nullable Unwritten unwritten; // while the journal can't be written
    private volatile @Nullable OperationFailed trouble;

    /// Something that came from outside the loop's thread.
    private sealed interface Arrival {
        /// What somebody asks for, who waits for the answer.
        record Asked(
                BiFunction<Desk, Instant, List<Event>> intent,
                CompletableFuture<List<Event>> answer)
                implements Arrival {}

        /// What came of an effect. It is never dropped: a course would wait for it for ever.
        ///
        /// @param bare the same without the words of whoever told it
        record Came(Function<Instant, Event> event, Function<Instant, Event> bare)
                implements Arrival {}
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
        var asked = new Arrival.Asked(intent, new CompletableFuture<>());
        arrived.add(asked);
        return asked.answer();
    }

    /// Instead of a turn, when nothing may be decided: whoever asks is told why. Outcomes wait.
    public void refuse(OperationFailed why) {
        arrived.removeIf(
                arrival ->
                        arrival instanceof Arrival.Asked asked
                                && asked.answer().completeExceptionally(why));
    }

    /// One turn.
    ///
    /// @param facts the outside world, as last observed
    public void tick(Facts facts) {
        if (takeIn(facts.at())) {
            var events = decider.next(desk, facts);
            if (commit(events)) {
                unwritten = null;
                events.forEach(this::perform);
                return;
            }
        }
        unwritten(facts.at()).decide(facts).forEach(this::perform);
    }

    /// Appends what has arrived.
    ///
    /// @return whether all of it could be; else the rest stays in the queue, in its order
    private boolean takeIn(Instant at) {
        for (var arrival = arrived.peek(); arrival != null; arrival = arrived.peek()) {
            var isTakenIn =
                    switch (arrival) {
                        case Arrival.Asked asked -> answer(asked, at);
                        case Arrival.Came came -> learn(came, at);
                    };
            if (!isTakenIn) {
                return false;
            }
            arrived.remove();
        }
        return true;
    }

    private boolean answer(Arrival.Asked asked, Instant at) {
        List<Event> events;
        try {
            events = asked.intent().apply(desk, at);
        } catch (RuntimeException refusal) { // whatever it is, it must not stay and jam the queue
            asked.answer().completeExceptionally(refusal);
            return true;
        }
        try {
            if (!commit(events)) {
                return false;
            }
            asked.answer().complete(events);
        } catch (IllegalArgumentException | IllegalStateException refusal) { // nothing was appended
            asked.answer().completeExceptionally(refusal);
        }
        return true;
    }

    private boolean learn(Arrival.Came came, Instant at) {
        try {
            return commit(List.of(came.event().apply(at)));
        } catch (IllegalArgumentException _) { // the journal can't keep such words
            return commit(List.of(came.bare().apply(at)));
        }
    }

    /// What is known beyond the journal while that can't be written: all outcomes that wait in the queue.
    private Unwritten unwritten(Instant at) {
        if (unwritten == null) {
            unwritten = new Unwritten(decider, desk);
        }
        for (var arrival : arrived) {
            if (arrival instanceof Arrival.Came came) {
                unwritten.hear(came, came.event().apply(at));
            }
        }
        return unwritten;
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
        unwritten = null; // it began before this
        desk = after;
        return true;
    }

    private void perform(Event event) {
        if (event instanceof EffectIntended intended) {
            perform(intended.service(), intended.course(), intended.effect());
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
                                new Arrival.Came(
                                        at -> confirmed(at, detail), at -> confirmed(at, BARE)));
                    }

                    @Override
                    public void failed(String reason) {
                        arrived.add(
                                new Arrival.Came(at -> failed(at, reason), at -> failed(at, BARE)));
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
