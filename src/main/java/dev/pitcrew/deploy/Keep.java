package dev.pitcrew.deploy;

import dev.pitcrew.deploy.KeepEvent.MendBegun;
import dev.pitcrew.deploy.KeepEvent.MendEnded;
import dev.pitcrew.deploy.KeepEvent.Purpose;
import dev.pitcrew.deploy.KeepEvent.WentStuck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
/// | stuck | `MendBegun` | stuck, stopping order flow |
/// | stuck, stopping order flow | `MendEnded` | stuck |
/// | stuck | `Cleared` | kept |
///
/// @param releases what was approved and what was not good
/// @param losses what was lost lately
/// @param mending the course being taken, and what for
/// @param stop why a person is needed; empty while the keeper keeps
/// @param mends how many courses were ever begun, so that no name is used twice
public record Keep(
        Releases releases, Losses losses, Optional<Mend> mending, Optional<Stop> stop, int mends) {
    /// Of a service of which nothing is approved yet.
    public static final Keep NOTHING =
            new Keep(Releases.NONE, Losses.NONE, Optional.empty(), Optional.empty(), 0);

    /// What was approved, and what was not good.
    ///
    /// @param approved the release that every instance should run
    /// @param lastGood the release before, the only rollback target
    /// @param lastGoodSince when it stopped serving; `Instant.MIN` when there is none
    /// @param failed what was refused, rolled back or left by an operator's rollback; another approval is needed to try it again. The same
    ///     version with another configuration is another release, of which that says nothing
    public record Releases(
            Optional<Release> approved,
            Optional<Release> lastGood,
            Instant lastGoodSince,
            Set<Release> failed) {
        static final Releases NONE =
                new Releases(Optional.empty(), Optional.empty(), Instant.MIN, Set.of());

        public Releases {
            failed = Set.copyOf(failed);
        }

        /// What a plan led to serves now. What an operator went back from counts as failed, so nobody comes back to it unasked.
        private Releases serving(Plan plan, Instant at) {
            var left = approved.filter(old -> !old.equals(plan.to()));
            var bad = new HashSet<>(failed);
            if (plan.purpose() == Plan.Purpose.ROLLBACK) {
                left.ifPresent(bad::add);
            }
            bad.remove(plan.to());
            var before =
                    left.or(() -> lastGood)
                            .filter(one -> !bad.contains(one))
                            .filter(one -> !one.equals(plan.to()));
            return new Releases(Optional.of(plan.to()), before, at, bad);
        }

        private Releases failing(Release release) {
            if (approved.equals(Optional.of(release))) {
                return this;
            }
            var more = new HashSet<>(failed);
            more.add(release);
            var good = lastGood.filter(one -> !more.contains(one));
            return new Releases(approved, good, lastGoodSince, more);
        }
    }

    /// What was lost lately, each with its time, the latest last.
    ///
    /// @param instances that died, hung or never got ready
    /// @param failovers active instances that were replaced
    /// @param traffic that the balancer did not do with new orders what it was told
    record Losses(List<Instant> instances, List<Instant> failovers, List<Instant> traffic) {
        static final Losses NONE = new Losses(List.of(), List.of(), List.of());
        private static final int REMEMBERED =
                20; // more than any restart limit, so that the state stays small

        Losses {
            instances = List.copyOf(instances);
            failovers = List.copyOf(failovers);
            traffic = List.copyOf(traffic);
        }

        private Losses instance(Instant at) {
            return new Losses(remember(instances, at), failovers, traffic);
        }

        private Losses failover(Instant at) {
            return new Losses(instances, remember(failovers, at), traffic);
        }

        private Losses traffic(Instant at) {
            return new Losses(instances, failovers, remember(traffic, at));
        }

        private Losses noInstance() {
            return new Losses(List.of(), failovers, traffic);
        }

        private static List<Instant> remember(List<Instant> times, Instant at) {
            var more = new ArrayList<>(times);
            more.add(at);
            return more.size() > REMEMBERED ? more.subList(1, more.size()) : more;
        }
    }

    /// A course that the keeper takes.
    record Mend(Course course, Purpose purpose) {}

    /// Nothing is kept until a person has looked.
    ///
    /// @param why what it is stuck in
    /// @param halts what was done since to stop order flow, by instance, and by the service's name for its new orders
    record Stop(WentStuck why, Map<String, Halt> halts) {
        Stop {
            halts = Map.copyOf(halts);
        }

        private Stop tried(String what, Instant at) {
            var more = new HashMap<>(halts);
            more.merge(what, new Halt(at, 1), (old, _) -> new Halt(at, old.times() + 1));
            return new Stop(why, more);
        }
    }

    /// How often something was stopped, or was tried to be, and when that ended last.
    record Halt(Instant at, int times) {
        private static final Duration PAUSE = Duration.ofSeconds(5);

        /// When it may be tried again, should it be needed.
        Instant again() {
            return at.plus(PAUSE.multipliedBy(1L << Math.min(times - 1, 6)));
        }
    }

    /// The release that every instance should run.
    public Optional<Release> approved() {
        return releases.approved();
    }

    /// The release before, the only rollback target.
    public Optional<Release> lastGood() {
        return releases.lastGood();
    }

    /// Releases that need another approval.
    public Set<Release> failed() {
        return releases.failed();
    }

    /// The course being taken.
    public Optional<Course> mend() {
        return mending.map(Mend::course);
    }

    /// Why a person is needed.
    public Optional<WentStuck> stuck() {
        return stop.map(Stop::why);
    }

    /// Whether an active instance is being brought back.
    public boolean isFailingOver() {
        return mending.filter(one -> one.purpose() == Purpose.FAILOVER).isPresent();
    }

    /// Whether the service is stuck in such a way that it may not send any more. One that only lost too many spare instances, or whose orders
    /// only go astray, goes on.
    public boolean isHalted() {
        return stuck().filter(one -> !one.isSendingOn()).isPresent();
    }

    Keep ended(Plan plan, RolloutEvent.Finished event) {
        return switch (event.outcome()) {
            case DONE -> {
                var next = with(releases.serving(plan, event.at())).with(losses.noInstance());
                // What died again and again is gone.
                yield Course.isOfMany(plan.forward())
                                && stuck().filter(WentStuck::isSendingOn).isPresent()
                        ? new Keep(next.releases, next.losses, mending, Optional.empty(), mends)
                        : next;
            }
            case REFUSED, ROLLED_BACK -> with(releases.failing(plan.to()));
            case STUCK ->
                    with(releases.failing(plan.to()))
                            .stuckIn(
                                    new WentStuck(
                                            event.at(),
                                            event.service(),
                                            "rollout " + event.rollout(),
                                            event.reason(),
                                            event.next()));
            case GATED, ABORTED, SHADOWED -> this;
        };
    }

    Keep lost(Instant at) {
        return with(losses.instance(at));
    }

    Keep begun(MendBegun event) {
        var lost =
                switch (event.purpose()) {
                    case FAILOVER -> losses.failover(event.at());
                    case REPLACE -> losses.instance(event.at());
                    case LET_GO -> losses.traffic(event.at());
                    case FILL, RETIRE, HALT -> losses;
                };
        var mend = new Mend(event.course(), event.purpose());
        return new Keep(releases, lost, Optional.of(mend), stop, mends + 1);
    }

    Keep ended(MendEnded event) {
        if (mending.filter(one -> one.purpose() == Purpose.HALT).isPresent()) {
            var what = mend().flatMap(Course::from).orElse(event.service());
            return new Keep(
                    releases,
                    losses,
                    Optional.empty(),
                    stop.map(one -> one.tried(what, event.at())),
                    mends);
        }
        var isOfTraffic = mending.filter(one -> one.purpose() == Purpose.LET_GO).isPresent();
        var rested = with(Optional.empty());
        return event.reason().isEmpty() || isOfTraffic // which was counted as it began
                ? rested
                : rested.lost(event.at()); // so that it backs off
    }

    Keep stuckIn(WentStuck why) {
        return new Keep(
                releases, losses, Optional.empty(), Optional.of(new Stop(why, Map.of())), mends);
    }

    /// A person has looked: what was counted until then counts no more.
    Keep cleared() {
        return new Keep(releases, Losses.NONE, mending, Optional.empty(), mends);
    }

    /// The course that is taken, one event further.
    Keep on(Event event) {
        return with(mending.map(one -> new Mend(one.course().fold(event), one.purpose())));
    }

    private Keep with(Releases next) {
        return new Keep(next, losses, mending, stop, mends);
    }

    private Keep with(Losses next) {
        return new Keep(releases, next, mending, stop, mends);
    }

    private Keep with(Optional<Mend> next) {
        return new Keep(releases, losses, next, stop, mends);
    }
}
