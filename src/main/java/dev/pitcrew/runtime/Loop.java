package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.EffectFailed;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.model.Decider;
import dev.pitcrew.model.OperationFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The one loop: what has arrived is appended, then it is decided, appended, and only then performed; but what only reduces risk is performed
/// first. One thread calls [#tick]; outcomes and operators' intents may arrive on any thread and wait for it.
///
/// An append that takes long holds up what waits for the ledger, and nothing else: see [Unwritten].
public final class Loop {
    private static final Duration PATIENCE =
            Duration.ofMillis(100); // many times what a disk that is well takes
    private static final Duration LATE =
            Duration.ofSeconds(2); // what was intended before may not be right any more

    private final Decider<Desk, Facts, Event> decider;
    private final Appending journal;
    private final Acting acting;
    private final Runnable news;
    private final Queue<Arrival> arrived = new ConcurrentLinkedQueue<>();
    private volatile Desk desk;
    private @Nullable Batch batch; // being appended for longer than we wait
    private @Nullable Unwritten unwritten; // while the journal can't be written
    private volatile @Nullable OperationFailed trouble;
    private volatile long turnedNanos = System.nanoTime();

    /// What is appended together.
    ///
    /// @param arrival what it takes in; null when it was decided
    /// @param after the desk once it is durable
    /// @param begun when the append began
    /// @param performed what of it did not wait
    private record Batch(
            @Nullable Arrival arrival,
            List<Event> events,
            Desk after,
            Instant begun,
            List<Event> performed) {}

    /// Something that came from outside the loop's thread.
    private sealed interface Arrival {
        /// What somebody asks for, who waits for the answer.
        record Asked(Submission submission) implements Arrival {}

        /// What came of an effect. It is never dropped: a course would wait for it for ever.
        ///
        /// @param bare the same without the words of whoever told it
        record Came(Function<Instant, Event> event, Function<Instant, Event> bare)
                implements Arrival {}
    }

    /// Takes up where the journal ends; appends by the thread that ticks.
    public Loop(Decider<Desk, Facts, Event> decider, Journal journal, Performer performer) {
        this(decider, Desk.EMPTY, journal, performer, Runnable::run, PATIENCE, () -> {});
    }

    /// Takes up where the journal ends.
    ///
    /// @param past what the journal doesn't tell again
    /// @param writer appends, one batch at a time
    /// @param news told when somebody asks for something
    Loop(
            Decider<Desk, Facts, Event> decider,
            Desk past,
            Journal journal,
            Performer performer,
            Executor writer,
            Runnable news) {
        this(decider, past, journal, performer, writer, PATIENCE, news);
    }

    /// @param patience how long an append is waited for before the loop goes on without it
    /// @param news told when somebody asks for something
    Loop(
            Decider<Desk, Facts, Event> decider,
            Journal journal,
            Performer performer,
            Executor writer,
            Duration patience,
            Runnable news) {
        this(decider, Desk.EMPTY, journal, performer, writer, patience, news);
    }

    private Loop(
            Decider<Desk, Facts, Event> decider,
            Desk past,
            Journal journal,
            Performer performer,
            Executor writer,
            Duration patience,
            Runnable news) {
        this.decider = decider;
        this.journal = new Appending(journal, writer, patience);
        this.acting =
                new Acting(performer, (event, bare) -> arrived.add(new Arrival.Came(event, bare)));
        this.news = news;
        var state = new Desk[] {past};
        journal.replay(event -> state[0] = decider.fold(state[0], event));
        this.desk = state[0];
    }

    /// What the journal says, as of the last tick.
    public Desk desk() {
        return desk;
    }

    /// Takes over what somebody else has decided, where this one decides nothing.
    void follow(Desk other) {
        desk = other;
    }

    /// Why the journal can't be written; null while it can.
    public @Nullable OperationFailed trouble() {
        return trouble;
    }

    /// How long ago the last turn ended: at rest a tenth of a second, and much more only when the loop's thread hangs.
    public Duration sinceTurn() {
        return Duration.ofNanos(System.nanoTime() - turnedNanos);
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
                                                                                acting.perform(
                                                                                        service,
                                                                                        course.id(),
                                                                                        effect))));
    }

    /// Hands an operator's intent to the loop's thread, which decides on it at its next tick.
    ///
    /// @param intent from the desk and the time to the events to append; it refuses by throwing `IllegalArgumentException`
    /// @return the events once they are durable
    public CompletableFuture<List<Event>> ask(BiFunction<Desk, Instant, List<Event>> intent) {
        return submit(intent).answer();
    }

    /// The same for somebody who may not want to wait to the end.
    public Submission submit(BiFunction<Desk, Instant, List<Event>> intent) {
        var submission = new Submission(intent);
        arrived.add(new Arrival.Asked(submission));
        news.run();
        return submission;
    }

    /// Instead of a turn, when nothing may be decided: whoever asks is told why. Outcomes wait.
    public void refuse(OperationFailed why) {
        arrived.removeIf(
                arrival ->
                        arrival instanceof Arrival.Asked asked
                                && isRefused(asked.submission(), why));
        turnedNanos = System.nanoTime();
    }

    private static boolean isRefused(Submission submission, OperationFailed why) {
        if (submission.begin()) {
            submission.answer().completeExceptionally(why);
        }
        return true;
    }

    /// One turn.
    ///
    /// @param facts the outside world, as last observed
    public void tick(Facts facts) {
        decide(facts);
        turnedNanos = System.nanoTime();
    }

    private void decide(Facts facts) {
        if (hasEnded(facts.at()) && takeIn(facts.at())) {
            var events = decider.next(desk, facts);
            if (commit(events, facts.at())) {
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
                        case Arrival.Came came -> learn(came, came.event().apply(at), at);
                    };
            if (!isTakenIn) {
                return false;
            }
        }
        return true;
    }

    private boolean answer(Arrival.Asked asked, Instant at) {
        Batch taken;
        if (!asked.submission().begin()) {
            arrived.remove(); // it was withdrawn
            return true;
        }
        try {
            var events = asked.submission().intent().apply(desk, at);
            taken = new Batch(asked, events, folded(events), at, List.of());
        } catch (RuntimeException refusal) { // whatever it is, it must not stay and jam the queue
            arrived.remove();
            asked.submission().answer().completeExceptionally(refusal);
            return true;
        }
        return append(taken);
    }

    private boolean learn(Arrival.Came came, Event outcome, Instant at) {
        var events = List.of(outcome);
        return append(new Batch(came, events, folded(events), at, List.of()));
    }

    /// What is known beyond the journal while that can't be written: all outcomes that wait in the queue, and all kills.
    private Unwritten unwritten(Instant at) {
        if (unwritten == null) {
            unwritten = new Unwritten(decider, desk);
        }
        for (var arrival : arrived) {
            switch (arrival) {
                case Arrival.Came came -> unwritten.hear(came, came.event().apply(at));
                case Arrival.Asked asked -> unwritten.hear(asked, asked.submission().intent(), at);
            }
        }
        return unwritten;
    }

    /// Appends what was decided, and performs it; what only reduces risk first.
    private boolean commit(List<Event> events, Instant at) {
        var after = folded(events); // before anything is done: what can't follow must not be kept
        List<Event> first = List.of();
        if (unwritten == null && events.stream().anyMatch(Unwritten::isExempt)) {
            unwritten = new Unwritten(decider, desk);
            first = unwritten.begin(events);
            first.forEach(this::perform);
        }
        return append(new Batch(null, events, after, at, first));
    }

    private Desk folded(List<Event> events) {
        var state = desk;
        for (var event : events) {
            state = decider.fold(state, event);
        }
        return state;
    }

    /// @return whether it is durable, or over since nothing of it can be kept
    private boolean append(Batch next) {
        batch = next;
        return next.events().isEmpty()
                ? isDurable(next, next.begun())
                : hasEnded(next, next.begun(), () -> journal.begin(next.events()));
    }

    /// Whether nothing is being appended any more that was begun before.
    private boolean hasEnded(Instant now) {
        var before = batch;
        return before == null || hasEnded(before, now, journal::isDurable);
    }

    private boolean hasEnded(Batch one, Instant now, BooleanSupplier isWritten) {
        try {
            if (!isWritten.getAsBoolean()) {
                trouble = hanging(one);
                return false;
            }
        } catch (OperationFailed failure) {
            batch = null;
            trouble = failure;
            if (one.arrival() instanceof Arrival.Asked asked) {
                asked.submission().waitAgain();
            }
            return false;
        } catch (IllegalArgumentException | IllegalStateException refusal) { // nothing was kept
            batch = null;
            return isRefused(one, refusal, now);
        } catch (RuntimeException | Error fault) {
            batch = null;
            throw fault;
        }
        return isDurable(one, now);
    }

    private static OperationFailed hanging(Batch one) {
        return new OperationFailed(
                OperationFailed.Code.LEDGER_UNAVAILABLE,
                "the ledger hangs: an entry of %s is not written yet; look at its disk"
                        .formatted(one.begun()),
                null);
    }

    private boolean isRefused(Batch one, RuntimeException refusal, Instant now) {
        return switch (one.arrival()) {
            case Arrival.Asked asked -> {
                arrived.remove();
                asked.submission().answer().completeExceptionally(refusal);
                yield true;
            }
            // The journal can't keep such words.
            case Arrival.Came came when !one.events().contains(came.bare().apply(one.begun())) ->
                    learn(came, came.bare().apply(now), now);
            case Arrival.Came _ -> throw refusal;
            case null -> throw refusal;
        };
    }

    private boolean isDurable(Batch one, Instant now) {
        batch = null;
        desk = one.after();
        if (!one.events().isEmpty()) {
            trouble = null; // before anybody is told that it is over
        }
        switch (one.arrival()) {
            case Arrival.Asked asked -> {
                arrived.remove();
                asked.submission().answer().complete(one.events());
            }
            case Arrival.Came _ -> arrived.remove();
            case null -> {}
        }
        if (!one.events().isEmpty() || one.arrival() == null) {
            unwritten = null; // it began before this
        }
        var isLate = one.begun().plus(LATE).isBefore(now);
        for (var event : one.events()) {
            if (event instanceof EffectIntended intended && !one.performed().contains(event)) {
                if (isLate && !Unwritten.isExempt(event)) {
                    decideAnew(intended, Duration.between(one.begun(), now));
                } else {
                    perform(event);
                }
            }
        }
        return true;
    }

    /// What was intended long ago is not done now: its course decides again, on what is seen today.
    private void decideAnew(EffectIntended one, Duration late) {
        var reason =
                "not begun: its entry was written after " + late.toMillis() + " ms, so it is old";
        Function<Instant, Event> failed =
                at -> new EffectFailed(at, one.service(), one.course(), one.effect(), reason);
        arrived.add(new Arrival.Came(failed, failed));
    }

    private void perform(Event event) {
        if (event instanceof EffectIntended intended) {
            acting.perform(intended.service(), intended.course(), intended.effect());
        }
    }
}
