package dev.pitcrew.deploy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A list of steps being taken, from one instance to another: a handoff, a rollback, a failover, a restart. Whatever a strategy is, this interprets
/// it, so a new strategy adds no state.
///
/// | state | event | state |
/// |---|---|---|
/// | underway at step i | `EffectIntended` | underway at step i, waiting for its outcome |
/// | underway at step i | `EffectConfirmed`, `EffectFailed` | underway at step i, outcome known |
/// | underway at step i | `StepTaken(i)` | underway at step i + 1, or taken after the last |
/// | underway at step i | `StepFailed(i)` | failed |
/// | underway at step i | a `JudgeEvent` | the same, with it noted |
///
/// @param id unique in the ledger, such as `r7/forward`
/// @param from the instance that gives up its place; empty for a first start
/// @param to the instance that takes it; empty until it is started
/// @param release what `to` must be
/// @param steps what to do, in order
/// @param index the step underway, from 0; the number of steps once all are taken
/// @param since when that step began
/// @param last the last effect of that step
/// @param failure why it failed; empty while it has not
/// @param judged how far its judging is; empty while nothing was noted of that
public record Course(
        String id,
        Optional<String> from,
        Optional<String> to,
        Release release,
        List<Step> steps,
        int index,
        Instant since,
        Optional<Try> last,
        Optional<String> failure,
        Optional<Judged> judged) {

    private static final int TRIES_MAX = 3;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

    /// One attempt at an effect.
    ///
    /// @param attempt counted from 1 within the step
    /// @param endedAt when the outcome arrived; empty while it is unknown
    /// @param failure why it failed; empty while unknown and when it was confirmed
    record Try(Effect effect, int attempt, Optional<Instant> endedAt, Optional<String> failure) {
        boolean isConfirmed() {
            return endedAt.isPresent() && failure.isEmpty();
        }
    }

    public Course {
        steps = List.copyOf(steps);
    }

    /// A course at its first step.
    public static Course begin(
            String id,
            Optional<String> from,
            Optional<String> to,
            Release release,
            List<Step> steps,
            Instant at) {
        return new Course(
                id,
                from,
                to,
                release,
                steps,
                0,
                at,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// How far its judging is.
    Judged judging() {
        return judged.orElse(Judged.NOTHING);
    }

    /// With an operator's answer that what it leads to stays.
    Course keptBy(String operator) {
        return isAsking() ? with(judging().keptBy(operator)) : this;
    }

    /// Whether a person is asked about the step underway.
    boolean isAsking() {
        return isUnderway() && judging().asked().isPresent();
    }

    private Course with(Judged noted) {
        return new Course(
                id, from, to, release, steps, index, since, last, failure, Optional.of(noted));
    }

    public boolean isTaken() {
        return index == steps.size();
    }

    public boolean hasFailed() {
        return failure.isPresent();
    }

    public boolean isUnderway() {
        return !isTaken() && !hasFailed();
    }

    /// The step underway.
    ///
    /// @throws IndexOutOfBoundsException when all steps are taken
    public Step step() {
        return steps.get(index);
    }

    /// Whether it works on all instances of a release, and not from one to another.
    public boolean isOfMany() {
        return isOfMany(steps);
    }

    /// Whether it takes over what runs already, and so ends nobody.
    boolean isAdopting() {
        for (var one : steps) {
            if (one instanceof Step.Adopt) {
                return true;
            }
        }
        return false;
    }

    static boolean isOfMany(List<Step> steps) {
        for (var one : steps) { // asked at every turn, as is all that has loops here
            if (one instanceof Step.Grow || one instanceof Step.Shrink) {
                return true;
            }
        }
        return false;
    }

    /// Whether one of them began to give traffic to what the course leads to, or to take it from others.
    boolean hasSteered() {
        return Stream.of(Step.Join.class, Step.Share.class, Step.Route.class, Step.Shrink.class)
                .anyMatch(this::hasReached);
    }

    /// Whether a step of this kind is underway or was taken.
    public boolean hasReached(Class<? extends Step> kind) {
        for (int i = 0; i <= index && i < steps.size(); i++) {
            if (kind.isInstance(steps.get(i))) {
                return true;
            }
        }
        return false;
    }

    /// The effect that is intended and whose outcome is not known yet. After a crash of the controller it is performed again.
    public Optional<Effect> outstanding() {
        return isUnderway()
                ? last.filter(one -> one.endedAt().isEmpty()).map(Try::effect)
                : Optional.empty();
    }

    /// The course after an event; events of other courses leave it as it is, and so does an outcome that came twice or too late.
    ///
    /// @throws IllegalStateException when a step is taken or failed that is not underway
    public Course fold(Event event) {
        return switch (event) {
            case EffectIntended one when one.course().equals(id) -> intended(one);
            case EffectConfirmed one when one.course().equals(id) ->
                    ended(one.effect(), one.at(), Optional.empty());
            case EffectFailed one when one.course().equals(id) ->
                    ended(one.effect(), one.at(), Optional.of(one.reason()));
            case JudgeEvent one when one.course().equals(id) -> with(judging().after(one));
            case StepTaken one when one.course().equals(id) -> {
                expect(one.index(), one);
                yield new Course(
                        id,
                        from,
                        to,
                        release,
                        steps,
                        index + 1,
                        one.at(),
                        Optional.empty(),
                        failure,
                        judged.map(Judged::ofNextStep));
            }
            case StepFailed one when one.course().equals(id) -> {
                expect(one.index(), one);
                yield new Course(
                        id,
                        from,
                        to,
                        release,
                        steps,
                        index,
                        since,
                        last,
                        Optional.of(one.reason()),
                        judged);
            }
            default -> this;
        };
    }

    /// What to append now. Pure and quiet.
    public List<Event> next(Situation situation) {
        return Quiet.decide(
                this,
                situation,
                (course, now) -> course.one(now).map(List::of).orElse(List.of()),
                Course::fold);
    }

    private Optional<Event> one(Situation situation) {
        if (!isUnderway() || isWaitingForOutcome()) {
            return Optional.empty();
        }
        var at = situation.facts().at();
        var service = situation.service().name();
        var baseline = Baking.baseline(this, situation);
        if (baseline.isPresent()) {
            return baseline;
        }
        return switch (Steps.move(this, situation)) {
            case Move.Taken(var evidence) ->
                    Optional.of(new StepTaken(at, service, id, index, evidence));
            case Move.Failed(var reason) ->
                    Optional.of(new StepFailed(at, service, id, index, reason));
            case Move.Perform(var effect) -> perform(effect, situation);
            case Move.Note(var event) -> Optional.of(event);
            case Move.Ask _ -> Optional.empty();
            case Move.Wait(var reason) when isOverdue(situation) ->
                    Optional.of(
                            new StepFailed(
                                    at,
                                    service,
                                    id,
                                    index,
                                    reason + ", for longer than " + Words.of(step().limit())));
            case Move.Wait _ -> Optional.empty();
        };
    }

    private Optional<Event> perform(Effect effect, Situation situation) {
        var at = situation.facts().at();
        var service = situation.service().name();
        var before = last.filter(one -> effect.isAgain(one.effect()));
        var attempt = before.map(Try::attempt).orElse(0) + 1;
        if (before.isPresent()) {
            var reason = before.get().failure().orElse("done, and not seen");
            if (attempt > TRIES_MAX || isOverdue(situation)) {
                return Optional.of(new StepFailed(at, service, id, index, reason));
            }
            var again =
                    before.get()
                            .endedAt()
                            .orElse(at)
                            .plus(BETWEEN_TRIES.multipliedBy(attempt - 1L));
            if (at.isBefore(again)) {
                return Optional.empty();
            }
        }
        return Optional.of(new EffectIntended(at, service, id, effect, attempt));
    }

    /// An outcome that came late, because the controller was away, still gets the time in which its effect can be seen.
    private boolean isOverdue(Situation situation) {
        var limit = since.plus(step().limit());
        var seen =
                last.flatMap(Try::endedAt)
                        .map(ended -> ended.plus(situation.service().probes().limit()))
                        .orElse(limit);
        return !situation.facts().at().isBefore(seen.isAfter(limit) ? seen : limit);
    }

    private boolean isWaitingForOutcome() {
        return last.filter(one -> one.endedAt().isEmpty()).isPresent();
    }

    private Course intended(EffectIntended event) {
        var target =
                switch (event.effect()) {
                    case Effect.Start _ when isOfMany() -> to;
                    case Effect.Start start -> Optional.of(start.instance());
                    case Effect.StartActive start -> Optional.of(start.instance());
                    case Effect.Adopt adopt -> Optional.of(adopt.instance());
                    default -> to;
                };
        var next = new Try(event.effect(), event.attempt(), Optional.empty(), Optional.empty());
        return new Course(
                id, from, target, release, steps, index, since, Optional.of(next), failure, judged);
    }

    private Course ended(Effect effect, Instant at, Optional<String> reason) {
        var known = last.filter(one -> one.endedAt().isEmpty() && one.effect().equals(effect));
        if (known.isEmpty()) {
            return this;
        }
        var ended = new Try(effect, known.get().attempt(), Optional.of(at), reason);
        return new Course(
                id, from, to, release, steps, index, since, Optional.of(ended), failure, judged);
    }

    private void expect(int wanted, Event event) {
        if (wanted != index || !isUnderway()) {
            throw new IllegalStateException(event + " can't follow " + this);
        }
    }
}
