package dev.pitcrew.deploy;

import dev.pitcrew.deploy.Rollout.Consent;
import dev.pitcrew.deploy.Rollout.Going;
import dev.pitcrew.deploy.Rollout.Over;
import dev.pitcrew.deploy.Rollout.Returning;
import dev.pitcrew.deploy.Rollout.Waiting;
import dev.pitcrew.deploy.RolloutEvent.AbortAsked;
import dev.pitcrew.deploy.RolloutEvent.Approved;
import dev.pitcrew.deploy.RolloutEvent.Finished;
import dev.pitcrew.deploy.RolloutEvent.Kept;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.RolloutEvent.Planned;
import dev.pitcrew.deploy.RolloutEvent.Started;
import dev.pitcrew.deploy.RolloutEvent.TurnedBack;
import dev.pitcrew.model.Decider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides what a rollout does next: when it may start, which course it takes, and when it turns back. Every rollout ends in bounded time,
/// because each step has a limit, an approval expires, and a way back that fails ends as stuck.
public final class RolloutDecider implements Decider<Rollout, Situation, Event> {
    private static final String OUTDATED =
            "the system file is another one than it was planned and approved with; deploy it again";

    /// The state of a rollout that was just planned.
    public static Rollout initial(Planned planned) {
        return new Waiting(
                planned.rollout(),
                planned.plan(),
                planned.by(),
                planned.at(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public Rollout fold(Rollout rollout, Event event) {
        return switch (event) {
            case RolloutEvent one when one.rollout().equals(rollout.id()) -> own(rollout, one);
            case DeskEvent.Killed killed when endsRearm(rollout, killed) ->
                    aborted(rollout, "killed again by " + killed.by());
            default ->
                    switch (rollout) {
                        case Going going -> on(going, going.course().fold(event));
                        case Returning(var id, var plan, var course, var outcome, var reason) ->
                                new Returning(id, plan, course.fold(event), outcome, reason);
                        case Waiting _, Over _ -> rollout;
                    };
        };
    }

    private static Rollout own(Rollout rollout, RolloutEvent event) {
        return switch (event) {
            case Approved one when rollout instanceof Waiting w ->
                    one.hash().equals(w.plan().approval().hash())
                            ? new Waiting(
                                    w.id(),
                                    w.plan(),
                                    w.by(),
                                    w.since(),
                                    Optional.of(new Consent(one.by(), one.at(), one.emergency())),
                                    w.abort())
                            : rollout; // it was something else that was approved
            case AbortAsked one -> aborted(rollout, why(one));
            case Started one when rollout instanceof Waiting w ->
                    new Going(w.id(), w.plan(), w.by(), w.since(), one.course(), w.abort());
            case Kept one when rollout instanceof Going going ->
                    on(going, going.course().keptBy(one.by()));
            case TurnedBack one when rollout instanceof Going going ->
                    new Returning(
                            going.id(), going.plan(), one.course(), one.outcome(), one.reason());
            case Finished one when !(rollout instanceof Over) ->
                    new Over(rollout.id(), rollout.plan(), one.outcome(), one.reason(), one.next());
            case Approved _, Kept _ -> rollout; // said again, or too late
            case Planned _, Started _, TurnedBack _, Finished _ ->
                    throw new IllegalStateException(event + " can't follow " + rollout);
        };
    }

    private static Going on(Going going, Course course) {
        return new Going(
                going.id(), going.plan(), going.by(), going.since(), course, going.abort());
    }

    /// What is only told again of a kill that was known does not come here. Where a report has no name, its time has to tell whether it is of the
    /// kill before, and whoever sets a clock back deceives that.
    private static boolean endsRearm(Rollout rollout, DeskEvent.Killed killed) {
        return rollout.plan().purpose() == Plan.Purpose.REARM
                && switch (rollout) {
                    case Waiting one -> isNewer(killed, one.since());
                    case Going one -> isNewer(killed, one.since());
                    case Returning _, Over _ -> false;
                };
    }

    private static boolean isNewer(DeskEvent.Killed killed, Instant since) {
        return killed.hasName() || !killed.spooled() || !killed.at().isBefore(since);
    }

    /// With the wish noted, if it comes in time: an ended rollout stays ended.
    private static Rollout aborted(Rollout rollout, String why) {
        return switch (rollout) {
            case Waiting(var id, var plan, var by, var since, var consent, _) ->
                    new Waiting(id, plan, by, since, consent, Optional.of(why));
            case Going(var id, var plan, var by, var since, var course, _) ->
                    new Going(id, plan, by, since, course, Optional.of(why));
            case Returning _, Over _ -> rollout;
        };
    }

    private static String why(AbortAsked asked) {
        return "aborted by " + asked.by() + (asked.reason().isEmpty() ? "" : ": " + asked.reason());
    }

    @Override
    public List<Event> next(Rollout rollout, Situation situation) {
        return Quiet.decide(rollout, situation, RolloutDecider::once, this::fold);
    }

    private static List<Event> once(Rollout rollout, Situation situation) {
        return switch (rollout) {
            case Waiting waiting -> wait(waiting, situation);
            case Going going -> go(going, situation);
            case Returning returning -> comeBack(returning, situation);
            case Over _ -> List.of();
        };
    }

    private static List<Event> wait(Waiting waiting, Situation situation) {
        var at = situation.facts().at();
        var approval = waiting.plan().approval();
        if (waiting.abort().isPresent()) {
            return List.of(
                    finished(waiting, situation, Outcome.ABORTED, waiting.abort().get(), ""));
        }
        if (at.isAfter(waiting.since().plus(approval.expires()))) {
            var reason =
                    (waiting.consent().isEmpty()
                                    ? "nobody approved it within "
                                    : "it could not begin within ")
                            + Words.of(approval.expires());
            return List.of(finished(waiting, situation, Outcome.ABORTED, reason, ""));
        }
        if (isOutdated(waiting, situation)) {
            return List.of(finished(waiting, situation, Outcome.GATED, OUTDATED, ""));
        }
        if (situation.keep().mend().isPresent()) {
            return List.of(); // two courses at once would undo each other's work
        }
        if (situation.keep().stuck().isPresent()) {
            var stuck = situation.keep().stuck().get();
            return List.of(
                    finished(waiting, situation, Outcome.GATED, needsPerson(stuck), stuck.next()));
        }
        var evidence = approval.judge(waiting, at);
        return evidence.stream().allMatch(Gate.Evidence::passed)
                ? List.of(start(waiting, situation, Gate.sentences(evidence)))
                : List.of();
    }

    /// Whether the system file is another one than the plan was made from, and approved with.
    private static boolean isOutdated(Rollout rollout, Situation situation) {
        return !rollout.plan().system().equals(situation.terms().system());
    }

    /// How it was approved.
    private static String mark(Waiting waiting) {
        var approval = waiting.plan().approval();
        if (waiting.consent().filter(Consent::emergency).isPresent()) {
            return "emergency";
        }
        return switch (approval.rule()) {
            case TWO_PEOPLE -> "two people";
            case DELAY -> "single operator";
            case NONE -> approval.isOutOfTheOrdinary() ? "single operator" : "none";
        };
    }

    private static Started start(Waiting waiting, Situation situation, String evidence) {
        var plan = waiting.plan();
        var roster = situation.roster();
        var isOfMany = Course.isOfMany(plan.forward());
        var from =
                roster.active()
                        .or(() -> plan.from().flatMap(old -> roster.running(old).findFirst()))
                        .filter(_ -> !isOfMany);
        var to =
                roster.running(plan.to())
                        .filter(_ -> situation.service().knowsPassiveMode() && !isOfMany)
                        .filter(one -> !from.equals(Optional.of(one)))
                        .filter(one -> !situation.isGone(one) && !situation.hangs(one))
                        .findFirst();
        var at = situation.facts().at();
        var course =
                Course.begin(waiting.id() + "/forward", from, to, plan.to(), plan.forward(), at);
        return new Started(at, plan.service(), waiting.id(), course, mark(waiting), evidence);
    }

    private static List<Event> go(Going going, Situation situation) {
        var course = going.course();
        // A kill is never lifted by what was approved before it, and nobody is to be active any
        // more.
        if (going.plan().purpose() == Plan.Purpose.REARM
                && going.abort().isPresent()
                && situation.killed()
                && course.outstanding().isEmpty()) {
            var next = "`pitcrew rearm " + going.plan().service() + "` when it may send again";
            return List.of(finished(going, situation, Outcome.ABORTED, going.abort().get(), next));
        }
        // The keeper replaces what was lost, which ends, and both tell the balancer where traffic
        // goes.
        if (course.isOfMany() && situation.keep().mend().isPresent()) {
            return List.of();
        }
        if (course.hasFailed()) {
            var reason = course.step().name() + ": " + course.failure().get();
            if (course.isAdopting()) {
                return leave(going, situation, Outcome.GATED, reason);
            }
            return turnBack(going, situation, Attribution.outcome(course, situation), reason);
        }
        if (course.isTaken()) {
            var version = going.plan().to().version();
            return List.of(
                    isOnlyTried(course)
                            ? finished(
                                    going,
                                    situation,
                                    Outcome.SHADOWED,
                                    version + " was like the active version, in shadow",
                                    "")
                            : finished(going, situation, Outcome.DONE, "serves " + version, ""));
        }
        // An abort waits for the outcome of the effect underway: nobody turns back from something
        // unknown.
        if (going.abort().isPresent() && course.outstanding().isEmpty()) {
            if (course.isAdopting()) {
                return leave(going, situation, Outcome.ABORTED, going.abort().get());
            }
            return turnBack(going, situation, Outcome.ABORTED, going.abort().get());
        }
        // What it was approved for is no longer there; what has begun to serve goes on to its end.
        if (!Rollout.touches(course) && course.outstanding().isEmpty()) {
            var reason =
                    (course.isAdopting()
                                    ? Optional.<String>empty() // what it takes is the stranger
                                    : overtaken(course, situation))
                            .or(
                                    () ->
                                            isOutdated(going, situation)
                                                    ? Optional.of(OUTDATED)
                                                    : Optional.empty());
            if (reason.isPresent()) {
                return course.isAdopting()
                        ? leave(going, situation, Outcome.GATED, reason.get())
                        : turnBack(going, situation, Outcome.GATED, reason.get());
            }
        }
        return course.next(situation);
    }

    /// Whether it leads to a shadow, and nobody serves at its end who did not before.
    private static boolean isOnlyTried(Course course) {
        return course.steps().stream().anyMatch(Step.Shadow.class::isInstance)
                && course.steps().stream().noneMatch(Step.Activate.class::isInstance);
    }

    /// Why what was approved does not fit what there is now. It is asked whenever nothing is outstanding, so whatever came and went while an
    /// effect took its time shows in who is active.
    private static Optional<String> overtaken(Course course, Situation situation) {
        if (situation.keep().isFailingOver()) {
            return Optional.of("the active instance was lost before anything was changed");
        }
        // Old instances that die again and again are a reason to go on.
        var stuck =
                situation.keep().stuck().filter(one -> !course.isOfMany() || !one.isSendingOn());
        if (stuck.isPresent()) {
            return Optional.of(needsPerson(stuck.get()));
        }
        if (situation.service().singleActive().isEmpty()) {
            return Optional.empty();
        }
        var active = situation.roster().active();
        if (situation.killed()) { // by then nobody is expected to be active, and the keeper rests
            return course.steps().stream().anyMatch(Step.Rearm.class::isInstance)
                    ? Optional.empty()
                    : Optional.of("order flow was killed before anything was changed");
        }
        if (!active.equals(course.from())) {
            return Optional.of(
                    "before anything was changed, %s became active instead of %s"
                            .formatted(active.orElse("nobody"), course.from().orElse("nobody")));
        }
        return situation.strangers();
    }

    private static String needsPerson(KeepEvent.WentStuck stuck) {
        return "needs a person first (%s): %s".formatted(stuck.name(), stuck.reason());
    }

    private static List<Event> turnBack(
            Going going, Situation situation, Outcome outcome, String reason) {
        var plan = going.plan();
        var forward = going.course();
        var at = situation.facts().at();
        var steps = new ArrayList<Step>();
        var gaveUp =
                forward.isOfMany()
                        ? forward.hasSteered()
                        : Rollout.takesAway(forward) || forward.hasReached(Step.Stop.class);
        if (gaveUp && plan.from().isPresent() && plan.back().isEmpty()) {
            return List.of(
                    finished(
                            going,
                            situation,
                            Outcome.STUCK,
                            reason,
                            "there is no way back by plan; look at "
                                    + plan.service()
                                    + " and decide"));
        }
        // What is listed may be the dead rest of a first start that failed: only what was approved
        // can be gone back to.
        var old = plan.from().flatMap(_ -> forward.from());
        if (forward.isOfMany()) {
            steps.addAll(
                    gaveUp && plan.from().isPresent()
                            ? plan.back()
                            : Strategies.withdrawMany(situation.service(), forward, plan));
        } else if (gaveUp && old.isPresent()) {
            steps.addAll(plan.back());
        } else {
            steps.addAll(Strategies.withdraw(situation.service(), forward, old));
        }
        var to = plan.from().orElse(plan.to());
        var back = Course.begin(going.id() + "/back", forward.to(), old, to, steps, at);
        return List.of(new TurnedBack(at, plan.service(), going.id(), back, outcome, reason));
    }

    /// What was to be taken over goes on as it runs, and is not kept.
    private static List<Event> leave(
            Going going, Situation situation, Outcome outcome, String reason) {
        var plan = going.plan();
        var at = situation.facts().at();
        var events = new ArrayList<Event>();
        situation
                .roster()
                .running(plan.to())
                .forEach(
                        one ->
                                events.add(
                                        new KeepEvent.InstanceLeft(
                                                at, plan.service(), one, reason)));
        var next =
                events.isEmpty()
                        ? ""
                        : "it goes on as it runs, and the engine starts it no more by itself; `pitcrew adopt --take` tries again";
        events.add(finished(going, situation, outcome, reason, next));
        return List.copyOf(events);
    }

    private static List<Event> comeBack(Returning returning, Situation situation) {
        var course = returning.course();
        if (course.hasFailed()) {
            var reason =
                    "%s; on the way back, %s: %s"
                            .formatted(
                                    returning.reason(),
                                    course.step().name(),
                                    course.failure().get());
            var next =
                    "find out who is active, then `pitcrew status` and `pitcrew rearm "
                            + returning.plan().service()
                            + "`";
            return List.of(finished(returning, situation, Outcome.STUCK, reason, next));
        }
        if (course.isTaken()) {
            return List.of(
                    finished(returning, situation, returning.outcome(), returning.reason(), ""));
        }
        return course.next(situation);
    }

    private static Finished finished(
            Rollout rollout, Situation situation, Outcome outcome, String reason, String next) {
        return new Finished(
                situation.facts().at(),
                rollout.plan().service(),
                rollout.id(),
                outcome,
                reason,
                next);
    }
}
