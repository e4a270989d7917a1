package dev.pitcrew.deploy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How a service is kept: what was approved, what is being mended, and what went wrong lately.
///
/// | state | event | state |
/// |---|---|---|
/// | nothing approved | a rollout's `Finished(DONE)` | kept |
/// | kept | `MendBegun` | mending |
/// | mending | `MendEnded` | kept |
/// | kept, mending | `WentStuck`, a rollout's `Finished(STUCK)` | stuck |
/// | stuck | `Cleared` | kept |
///
/// @param approved the release that every instance should run
/// @param lastGood the release before, the only rollback target
/// @param lastGoodSince when it stopped serving; `Instant.MIN` when there is none
/// @param failed versions that were refused, rolled back, or left by an operator's rollback; another approval is needed to try them again
/// @param losses when instances were lost, the latest last
/// @param failovers when an active instance was replaced, the latest last
/// @param mend the course being taken
/// @param isFailover whether that course brings back an active instance
/// @param stuck why a person is needed; empty while the keeper keeps
/// @param mends how many courses were ever begun, so that no name is used twice
public record Keep(
        Optional<Release> approved,
        Optional<Release> lastGood,
        Instant lastGoodSince,
        Set<String> failed,
        List<Instant> losses,
        List<Instant> failovers,
        Optional<Course> mend,
        boolean isFailover,
        Optional<KeepEvent.WentStuck> stuck,
        int mends) {
    private static final int REMEMBERED =
            20; // more than any restart limit, so that the state stays small

    /// Of a service of which nothing is approved yet.
    public static final Keep NOTHING =
            new Keep(
                    Optional.empty(),
                    Optional.empty(),
                    Instant.MIN,
                    Set.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    0);

    public Keep {
        failed = Set.copyOf(failed);
        losses = List.copyOf(losses);
        failovers = List.copyOf(failovers);
    }

    /// Whether an active instance is being brought back.
    public boolean isFailingOver() {
        return isFailover && mend.isPresent();
    }

    Keep ended(Plan plan, RolloutEvent.Finished event) {
        var known = approved.equals(Optional.of(plan.to())) ? this : with(plan.to().version());
        return switch (event.outcome()) {
            case DONE ->
                    new Keep(
                            Optional.of(plan.to()),
                            plan.purpose() == Plan.Purpose.ROLLBACK
                                    ? Optional.empty() // what was left is no way back
                                    : approved.filter(old -> !old.equals(plan.to()))
                                            .or(() -> lastGood),
                            event.at(),
                            failedAfter(plan),
                            List.of(),
                            failovers,
                            mend,
                            isFailover,
                            stuck,
                            mends);
            case REFUSED, ROLLED_BACK -> known;
            case STUCK ->
                    known.withStuck(
                            Optional.of(
                                    new KeepEvent.WentStuck(
                                            event.at(),
                                            event.service(),
                                            "rollout " + event.rollout(),
                                            event.reason(),
                                            event.next())));
            case GATED, ABORTED -> this;
        };
    }

    Keep lost(Instant at) {
        return new Keep(
                approved,
                lastGood,
                lastGoodSince,
                failed,
                remember(losses, at),
                failovers,
                mend,
                isFailover,
                stuck,
                mends);
    }

    Keep begun(KeepEvent.MendBegun event) {
        var later = event.isFailover() ? remember(failovers, event.at()) : failovers;
        return new Keep(
                approved,
                lastGood,
                lastGoodSince,
                failed,
                losses,
                later,
                Optional.of(event.course()),
                event.isFailover(),
                stuck,
                mends + 1);
    }

    Keep withMend(Optional<Course> course) {
        return new Keep(
                approved,
                lastGood,
                lastGoodSince,
                failed,
                losses,
                failovers,
                course,
                course.isPresent() && isFailover,
                stuck,
                mends);
    }

    Keep withStuck(Optional<KeepEvent.WentStuck> why) {
        // A person has looked: what was counted until then counts no more.
        return why.isPresent()
                ? new Keep(
                        approved,
                        lastGood,
                        lastGoodSince,
                        failed,
                        losses,
                        failovers,
                        Optional.empty(),
                        false,
                        why,
                        mends)
                : new Keep(
                        approved,
                        lastGood,
                        lastGoodSince,
                        failed,
                        List.of(),
                        List.of(),
                        mend,
                        isFailover,
                        why,
                        mends);
    }

    private Keep with(String version) {
        var more = new HashSet<>(failed);
        more.add(version);
        return withFailed(more);
    }

    /// What an operator left by a rollback failed, although Pitcrew saw nothing wrong with it.
    private Set<String> failedAfter(Plan done) {
        var versions = new HashSet<>(failed);
        if (done.purpose() == Plan.Purpose.ROLLBACK) {
            done.from().map(Release::version).ifPresent(versions::add);
        }
        versions.remove(done.to().version());
        return versions;
    }

    private Keep withFailed(Set<String> versions) {
        return new Keep(
                approved,
                lastGood,
                lastGoodSince,
                versions,
                losses,
                failovers,
                mend,
                isFailover,
                stuck,
                mends);
    }

    private static List<Instant> remember(List<Instant> times, Instant at) {
        var more = new ArrayList<>(times);
        more.add(at);
        return more.size() > REMEMBERED ? more.subList(1, more.size()) : more;
    }
}
