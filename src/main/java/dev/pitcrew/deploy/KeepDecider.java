package dev.pitcrew.deploy;

import dev.pitcrew.deploy.KeepEvent.Cleared;
import dev.pitcrew.deploy.KeepEvent.InstanceLost;
import dev.pitcrew.deploy.KeepEvent.MendBegun;
import dev.pitcrew.deploy.KeepEvent.MendEnded;
import dev.pitcrew.deploy.KeepEvent.Purpose;
import dev.pitcrew.deploy.KeepEvent.WentStuck;
import dev.pitcrew.model.Decider;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Keeps a service as the approved release says: replaces an active instance that died or hangs, restarts others with back-off, ends
/// what is too many. It needs no approval. What it can't confirm it does not guess: it is stuck, by name, until a person has looked.
public final class KeepDecider implements Decider<KeepDecider.Kept, Situation, Event> {

    /// A service's keep beside its rollout, which the keeper only looks at.
    ///
    /// @param keep what this decider folds
    /// @param rollout the latest rollout of the service
    public record Kept(Keep keep, Optional<Rollout> rollout) {
        Kept with(Keep next) {
            return new Kept(next, rollout);
        }

        /// What instances should run; while nothing was ever approved, what is being tried.
        Optional<Release> release() {
            return keep.approved().or(() -> rollout.map(one -> one.plan().to()));
        }

        boolean isRolling() {
            return rollout.flatMap(Rollout::underway).isPresent();
        }

        /// What a rollout leads to that has it at work beside what is approved.
        Optional<Release> coming() {
            return rollout.flatMap(Rollout::underway)
                    .filter(Course::isOfMany)
                    .flatMap(_ -> rollout.map(one -> one.plan().to()))
                    .filter(one -> !keep.approved().equals(Optional.of(one)));
        }

        /// Instances that are the rollout's own business.
        Set<String> busy(Roster roster) {
            var course = rollout.flatMap(Rollout::underway);
            if (course.isEmpty()) {
                return Set.of();
            }
            var busy = new HashSet<String>();
            course.get().from().ifPresent(busy::add);
            course.get().to().ifPresent(busy::add);
            coming().ifPresent(release -> roster.running(release).forEach(busy::add));
            return busy;
        }
    }

    @Override
    public Kept fold(Kept kept, Event event) {
        var keep = kept.keep();
        return kept.with(
                switch (event) {
                    case InstanceLost lost -> keep.lost(lost.at());
                    case MendBegun begun -> keep.begun(begun);
                    case MendEnded ended -> keep.ended(ended);
                    case WentStuck stuck -> keep.stuckIn(stuck);
                    case Cleared _ -> keep.cleared();
                    case RolloutEvent.Finished finished ->
                            kept.rollout()
                                    .filter(one -> one.id().equals(finished.rollout()))
                                    .map(one -> keep.ended(one.plan(), finished))
                                    .orElse(keep);
                    default -> keep.on(event);
                });
    }

    @Override
    public List<Event> next(Kept kept, Situation situation) {
        return Quiet.decide(kept, situation, KeepDecider::once, this::fold);
    }

    private static List<Event> once(Kept kept, Situation seen) {
        var keep = kept.keep();
        var situation = seen.keeping(keep);
        if (keep.mending().isPresent()) {
            return mend(keep.mending().get(), situation);
        }
        if (situation.killed() || kept.rollout().filter(Rollout::ownsActivity).isPresent()) {
            return List.of();
        }
        return kept.release()
                .flatMap(
                        release ->
                                new Look(
                                                keep,
                                                release,
                                                kept.isRolling(),
                                                kept.coming(),
                                                kept.busy(situation.roster()),
                                                situation)
                                        .first())
                .map(List::of)
                .orElse(List.of());
    }

    private static List<Event> mend(Keep.Mend mend, Situation situation) {
        var at = situation.facts().at();
        var service = situation.service().name();
        var course = mend.course();
        if (course.isTaken()) {
            return List.of(new MendEnded(at, service, course.id(), ""));
        }
        if (!course.hasFailed()) {
            return course.next(situation);
        }
        var reason = course.step().name() + ": " + course.failure().get();
        if (mend.purpose() == Purpose.FAILOVER) {
            return List.of(
                    new WentStuck(
                            at,
                            service,
                            course.step().name() + " not confirmed",
                            reason,
                            "find out what is active, then `pitcrew rearm " + service + "`"));
        }
        var ended = new MendEnded(at, service, course.id(), reason);
        return course.step() instanceof Step.Warm
                ? List.of(ended, retirement(course, situation))
                : List.of(ended);
    }

    /// What never got ready, or is not what was approved, is no replica: it goes, and is counted as lost once.
    private static MendBegun retirement(Course unfit, Situation situation) {
        var at = situation.facts().at();
        var name = situation.service().name();
        var course =
                Course.begin(
                        name + "/mend-" + (situation.keep().mends() + 1),
                        unfit.to(),
                        Optional.empty(),
                        unfit.release(),
                        Strategies.retire(situation.service()),
                        at);
        var reason = unfit.failure().get();
        return new MendBegun(at, name, course, Purpose.RETIRE, reason);
    }
}
