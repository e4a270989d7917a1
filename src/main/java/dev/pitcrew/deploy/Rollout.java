package dev.pitcrew.deploy;

import dev.pitcrew.deploy.RolloutEvent.Outcome;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// A change of one service from one release to another.
///
/// | state | event | state |
/// |---|---|---|
/// | none | `Planned` | `Waiting` |
/// | `Waiting` | `Approved`, `AbortAsked` | `Waiting`, with it noted |
/// | `Waiting` | `Started` | `Going` |
/// | `Waiting` | `Finished` | `Over` |
/// | `Going` | `AbortAsked`, `Kept` | `Going`, with it noted |
/// | `Waiting`, `Going` of a re-arm | `Killed` | the same, as if it was asked to abort |
/// | `Going` | `TurnedBack` | `Returning` |
/// | `Going`, `Returning` | `Finished` | `Over` |
/// | `Going`, `Returning` | a course's event | the same, its course folded |
public sealed interface Rollout {
    /// Its name in the ledger, such as `r7`.
    String id();

    /// What it does.
    Plan plan();

    /// Not begun: approvals are collected.
    ///
    /// @param by who asked for it
    /// @param since when it was asked for
    /// @param consent who agreed to it last, to exactly this hash
    /// @param abort why it shall end, when an operator asked for that
    record Waiting(
            String id,
            Plan plan,
            String by,
            Instant since,
            Optional<Consent> consent,
            Optional<String> abort)
            implements Rollout {}

    /// Somebody's agreement.
    record Consent(String by, Instant at, boolean emergency) {}

    /// On its way to the new release.
    ///
    /// @param by who asked for it
    /// @param since when it was asked for
    record Going(
            String id, Plan plan, String by, Instant since, Course course, Optional<String> abort)
            implements Rollout {}

    /// On its way back.
    record Returning(String id, Plan plan, Course course, Outcome outcome, String reason)
            implements Rollout {}

    /// Ended, for ever: nothing that comes later changes it.
    record Over(String id, Plan plan, Outcome outcome, String reason, String next)
            implements Rollout {}

    /// Whether somebody wants it to end before it is through.
    default boolean isToEnd() {
        return switch (this) {
            case Waiting waiting -> waiting.abort().isPresent();
            case Going going -> going.abort().isPresent();
            case Returning _, Over _ -> true;
        };
    }

    /// The course being taken, if one is.
    default Optional<Course> underway() {
        return switch (this) {
            case Going going -> Optional.of(going.course());
            case Returning returning -> Optional.of(returning.course());
            case Waiting _, Over _ -> Optional.empty();
        };
    }

    /// Whether it decides who is active. From the moment that new orders are held until the end, the keeper leaves that to it.
    default boolean ownsActivity() {
        return switch (this) {
            // While instances of many are watched, nothing moves, and the keeper replaces what is
            // lost.
            case Going going when going.course().isOfMany() ->
                    !(going.course().isUnderway() && going.course().step() instanceof Step.Bake);
            case Going going -> touches(going.course());
            // Taking away what never served leaves the keeper free.
            case Returning back ->
                    back.course().steps().stream()
                            .anyMatch(
                                    one ->
                                            one instanceof Step.Shrink
                                                    || one instanceof Step.Activate
                                                    || one instanceof Step.StartActive
                                                    || one instanceof Step.Route);
            case Waiting _, Over _ -> false;
        };
    }

    /// Whether a course has begun to change what serves.
    static boolean touches(Course course) {
        return Stream.of(Step.Hold.class, Step.Stop.class, Step.Adopt.class)
                        .anyMatch(course::hasReached)
                || takesAway(course)
                || (course.isOfMany() && course.hasSteered());
    }

    /// Whether a course has begun to take the right to send from somebody or to give it to somebody.
    static boolean takesAway(Course course) {
        return Stream.of(
                        Step.Drain.class,
                        Step.Deactivate.class,
                        Step.Fence.class,
                        Step.Activate.class,
                        Step.StartActive.class)
                .anyMatch(course::hasReached);
    }
}
