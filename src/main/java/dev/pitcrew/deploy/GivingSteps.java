package dev.pitcrew.deploy;

import dev.pitcrew.deploy.Move.Perform;
import dev.pitcrew.deploy.Move.Taken;
import dev.pitcrew.deploy.Move.Wait;
import dev.pitcrew.model.DrainPolicy;
import dev.pitcrew.model.Fence;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Service;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the steps do to whoever gives up its place: it is drained, made passive, fenced and ended.
final class GivingSteps {
    private final StepContext here;
    private final Course course;
    private final Situation situation;
    private final Service service;

    GivingSteps(StepContext here) {
        this.here = here;
        this.course = here.course();
        this.situation = here.situation();
        this.service = here.service();
    }

    Move drain(String from) {
        if (situation.isGone(from)) {
            return new Taken(from + " is dead and sends nothing");
        }
        if (situation.hangs(from)) {
            return new Taken(from + " hangs; its fence decides");
        }
        var policy =
                service.singleActive()
                        .map(one -> one.drain().policy())
                        .orElse(DrainPolicy.HAND_OVER);
        return here.until(
                new Effect.Drain(from, situation.roster().token(), policy),
                confirmed -> {
                    var facts = situation.of(from);
                    var owed = here.count(ProbeName.UNANSWERED, facts.unanswered(), confirmed);
                    var open = here.count(ProbeName.OPEN_ORDERS, facts.openOrders(), confirmed);
                    if (owed.isEmpty() || open.isEmpty()) {
                        return new Wait(from + " has not said what it is owed");
                    }
                    if (owed.get() > 0) {
                        return new Wait(
                                "the venue owes " + from + " " + Words.count(owed.get(), "answer"));
                    }
                    var rests = Words.count(open.get(), "open order");
                    return policy == DrainPolicy.HAND_OVER || open.get() == 0
                            ? new Taken("no answer is owed to " + from + ", " + rests)
                            : new Wait(
                                    policy == DrainPolicy.CANCEL
                                            ? from + " still has " + rests + " to cancel"
                                            : from + " still has " + rests);
                });
    }

    Move deactivate(String from) {
        if (situation.isGone(from)) {
            return new Taken(from + " is dead");
        }
        var last = course.last();
        var isKilling = last.isPresent() && last.get().effect() instanceof Effect.Kill;
        // Once a person is needed nothing may send: then a death is right, whether or not it is the
        // fence.
        var mayKill = here.hasFence(Fence.PROCESS) || situation.keep().isHalted();
        var canBeTold = service.hooks().containsKey(HookName.DEACTIVATE) && !situation.hangs(from);
        if (isKilling || (!canBeTold && mayKill)) {
            return here.until(new Effect.Kill(from), "was killed");
        }
        if (last.isPresent() && last.get().failure().isPresent() && mayKill) {
            return new Perform(new Effect.Kill(from));
        }
        return here.until(
                new Effect.Deactivate(from, situation.roster().token()),
                confirmed ->
                        here.since(situation.of(from).active(), confirmed)
                                        .filter(active -> !active)
                                        .isPresent()
                                ? new Taken(from + " is passive")
                                : mayKill && here.isHalfOver()
                                        ? new Perform(new Effect.Kill(from))
                                        : new Wait(
                                                from
                                                        + " was told to be passive and does not say that it is"));
    }

    /// Everybody but the taking side. Whoever has to be ended is, one at a time, and then all the others are waited for.
    Move fence() {
        var moves = others().stream().map(this::fence).toList();
        return moves.stream()
                .filter(Perform.class::isInstance)
                .findFirst()
                .or(() -> moves.stream().filter(one -> !(one instanceof Taken)).findFirst())
                .orElseGet(
                        () ->
                                moves.isEmpty()
                                        ? StepContext.nothingToDo()
                                        : new Taken(StepContext.evidence(moves)));
    }

    /// Who might send beside the taking side. One that is started active has not begun, so there it is everybody.
    private List<String> others() {
        return Stream.concat(
                        course.from().stream(), situation.roster().instances().keySet().stream())
                .distinct()
                .filter(one -> !service.knowsPassiveMode() || !course.to().equals(Optional.of(one)))
                .toList();
    }

    private Move fence(String other) {
        if (situation.isGone(other)) {
            return new Taken("process: " + other + " is dead, as its host confirms");
        }
        var facts = situation.of(other);
        var isPassive =
                service.knowsPassiveMode()
                        && here.since(facts.active(), course.since())
                                .filter(active -> !active)
                                .isPresent();
        if (isPassive && !mightBeActive(other)) {
            return new Taken(other + " is passive, and was never told to be active since");
        }
        if (isPassive
                && here.hasFence(Fence.SESSION)
                && here.since(facts.session(), course.since())
                        .filter(session -> !session)
                        .isPresent()) {
            return new Taken(
                    "session: " + other + " has logged out, so the venue takes another logon");
        }
        if (isPassive && here.hasFence(Fence.GATEWAY)) {
            return new Taken("gateway: " + other + " is passive, and older tokens are refused");
        }
        var passiveIsEnough = here.hasFence(Fence.SESSION) || here.hasFence(Fence.GATEWAY);
        var mayKill =
                !service.knowsPassiveMode()
                        || situation.hangs(other)
                        || here.isHalfOver()
                        || (mightBeActive(other) && !passiveIsEnough);
        return here.hasFence(Fence.PROCESS) && mayKill
                ? killed(other)
                : new Wait("no fence of " + other + " is confirmed");
    }

    private Move killed(String instance) {
        var kill = new Effect.Kill(instance);
        return course.last().filter(one -> kill.isAgain(one.effect())).isPresent()
                ? here.until(kill, instance + " was killed")
                : new Perform(kill);
    }

    /// Whether it gives up its place, or was told to take it and perhaps did.
    private boolean mightBeActive(String instance) {
        return course.from().equals(Optional.of(instance))
                || here.isActive(instance)
                || situation.roster().maybeActive().contains(instance);
    }

    Move stop(String from) {
        if (situation.isGone(from)) {
            return new Taken(from + " has ended");
        }
        return isNeeded(from)
                ? new Wait("too few others are known to be ready")
                : here.until(new Effect.Stop(from), from + " has ended");
    }

    /// Whether the others hardly do without it: where all take traffic, what serves ends only while as many others as there shall be serve.
    private boolean isNeeded(String instance) {
        return Strategies.isOfMany(service)
                && course.release().equals(situation.keep().approved().orElse(null))
                && situation.serves(instance)
                && situation
                                .roster()
                                .running(course.release())
                                .filter(one -> !one.equals(instance) && situation.serves(one))
                                .count()
                        < service.replicas();
    }
}
