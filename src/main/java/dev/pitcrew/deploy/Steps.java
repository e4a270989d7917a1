package dev.pitcrew.deploy;

import dev.pitcrew.deploy.Move.Failed;
import dev.pitcrew.deploy.Move.Perform;
import dev.pitcrew.deploy.Move.Taken;
import dev.pitcrew.deploy.Move.Wait;
import dev.pitcrew.model.DrainPolicy;
import dev.pitcrew.model.Fence;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What each kind of [Step] does and when it counts as taken. Pure: reads a course and a situation, and says one [Move].
final class Steps {
    private final Course course;
    private final Situation situation;
    private final Service service;
    private final Instant now;

    private Steps(Course course, Situation situation) {
        this.course = course;
        this.situation = situation;
        this.service = situation.service();
        this.now = situation.facts().at();
    }

    /// What the step underway wants now; no effect of it is outstanding.
    static Move move(Course course, Situation situation) {
        var steps = new Steps(course, situation);
        return switch (course.step()) {
            case Step.Check check -> steps.check(check);
            case Step.Start _ -> steps.start();
            case Step.Warm _ -> steps.to().map(steps::warm).orElseGet(Steps::nobody);
            case Step.Hold hold -> steps.until(new Effect.Hold(hold.held()), "new orders are held");
            case Step.Drain _ -> steps.from().map(steps::drain).orElseGet(Steps::nothingToDo);
            case Step.Deactivate _ ->
                    steps.from().map(steps::deactivate).orElseGet(Steps::nothingToDo);
            case Step.Fence _ -> steps.from().map(steps::fence).orElseGet(Steps::nothingToDo);
            case Step.Rearm _ -> steps.to().map(steps::rearm).orElseGet(Steps::nobody);
            case Step.Activate _ -> steps.to().map(steps::activate).orElseGet(Steps::nobody);
            case Step.Reconcile _ -> steps.reconcile();
            case Step.Route route ->
                    steps.to().map(to -> steps.route(to, route.back())).orElseGet(Steps::nobody);
            case Step.Bake bake ->
                    steps.to().map(to -> steps.bake(to, bake)).orElseGet(Steps::nobody);
            case Step.Stop _ -> steps.from().map(steps::stop).orElseGet(Steps::nothingToDo);
        };
    }

    private Move check(Step.Check check) {
        var evidence =
                check.gates().stream()
                        .map(gate -> gate.judge(situation.facts().measure(gate), now))
                        .toList();
        var shut = evidence.stream().filter(one -> !one.passed()).toList();
        return shut.isEmpty() ? new Taken(sentences(evidence)) : new Wait(sentences(shut));
    }

    private static String sentences(List<Gate.Evidence> evidence) {
        return evidence.isEmpty()
                ? "no gate is asked for"
                : evidence.stream().map(Gate.Evidence::sentence).collect(Collectors.joining("; "));
    }

    private Move start() {
        if (course.last().isPresent()) {
            return until(course.last().get().effect(), "");
        }
        return to().filter(to -> !situation.isGone(to))
                .<Move>map(to -> new Taken(to + " runs already"))
                .orElseGet(
                        () ->
                                new Perform(
                                        new Effect.Start(
                                                situation.roster().nextName(),
                                                course.release().version())));
    }

    private Move warm(String to) {
        if (situation.isGone(to)) {
            return new Failed(to + " ended before it was ready");
        }
        var facts = situation.of(to);
        if (known(facts.active()).orElse(false)
                && !situation.roster().active().equals(Optional.of(to))) {
            return new Failed(to + " says that it is active, and nobody activated it");
        }
        var mismatch = Uniformity.mismatch(course.release(), facts);
        if (mismatch.isPresent()) {
            return new Failed(to + " " + mismatch.get());
        }
        if (!known(facts.ready()).orElse(false)) {
            return new Wait(to + " is not ready");
        }
        return Uniformity.isProven(course.release(), facts)
                ? new Taken(to + " is ready and passive, and its digests are as approved")
                : new Wait(to + " has not reported all its digests");
    }

    private Move drain(String from) {
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
        return until(
                new Effect.Drain(from, situation.roster().token(), policy),
                confirmed -> {
                    var facts = situation.of(from);
                    var owed =
                            has(ProbeName.UNANSWERED)
                                    ? since(facts.unanswered(), confirmed)
                                    : Optional.of(0L);
                    var open =
                            has(ProbeName.OPEN_ORDERS)
                                    ? since(facts.openOrders(), confirmed)
                                    : Optional.of(0L);
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

    private Move deactivate(String from) {
        if (situation.isGone(from)) {
            return new Taken(from + " is dead");
        }
        var last = course.last();
        var isKilling = last.isPresent() && last.get().effect() instanceof Effect.Kill;
        // Once a person is needed nothing may send: then a death is right, whether or not it is the
        // fence.
        var mayKill = hasFence(Fence.PROCESS) || situation.keep().isHalted();
        var canBeTold = service.hooks().containsKey(HookName.DEACTIVATE) && !situation.hangs(from);
        if (isKilling || (!canBeTold && mayKill)) {
            return until(new Effect.Kill(from), "was killed");
        }
        if (last.isPresent() && last.get().failure().isPresent() && mayKill) {
            return new Perform(new Effect.Kill(from));
        }
        return until(
                new Effect.Deactivate(from, situation.roster().token()),
                confirmed ->
                        since(situation.of(from).active(), confirmed)
                                        .filter(active -> !active)
                                        .isPresent()
                                ? new Taken(from + " is passive")
                                : mayKill && isHalfOver()
                                        ? new Perform(new Effect.Kill(from))
                                        : new Wait(
                                                from
                                                        + " was told to be passive and does not say that it is"));
    }

    private Move fence(String from) {
        if (situation.isGone(from)) {
            return new Taken("process: " + from + " is dead, as its host confirms");
        }
        if (course.last().isPresent()) {
            return until(new Effect.Kill(from), "was killed");
        }
        var facts = situation.of(from);
        var isPassive = since(facts.active(), course.since()).filter(active -> !active).isPresent();
        if (isPassive
                && hasFence(Fence.SESSION)
                && since(facts.session(), course.since()).filter(session -> !session).isPresent()) {
            return new Taken(
                    "session: " + from + " has logged out, so the venue takes another logon");
        }
        if (isPassive && hasFence(Fence.GATEWAY)) {
            return new Taken("gateway: " + from + " is passive, and older tokens are refused");
        }
        var passiveIsEnough = hasFence(Fence.SESSION) || hasFence(Fence.GATEWAY);
        if (hasFence(Fence.PROCESS)
                && (situation.hangs(from) || !passiveIsEnough || isHalfOver())) {
            return new Perform(new Effect.Kill(from));
        }
        return new Wait("no fence of " + from + " is confirmed");
    }

    private Move rearm(String to) {
        return known(situation.of(to).token()).isEmpty()
                ? new Wait(to + " has not said which token it knows")
                : until(new Effect.Rearm(to, situation.nextToken()), "the kill latch is lifted");
    }

    private Move activate(String to) {
        if (situation.isGone(to)) {
            return new Failed(to + " is dead");
        }
        if (situation.killed() && !course.hasReached(Step.Rearm.class)) {
            return new Failed("the kill latch is set");
        }
        var facts = situation.of(to);
        if (known(facts.token()).isEmpty()) {
            return new Wait(to + " has not said which token it knows"); // else ours might be older
        }
        return until(
                new Effect.Activate(to, situation.nextToken()),
                confirmed -> {
                    var doubt =
                            has(ProbeName.IN_DOUBT)
                                    ? since(facts.inDoubt(), confirmed)
                                    : Optional.of(0L);
                    if (doubt.isEmpty() || doubt.get() > 0) {
                        return new Wait(
                                doubt.map(n -> Words.count(n, "order") + " in doubt")
                                        .orElse("doubts are unknown"));
                    }
                    var isOurs =
                            since(facts.token(), confirmed)
                                    .filter(token -> token >= situation.roster().token().value())
                                    .isPresent();
                    return isOurs && since(facts.active(), confirmed).orElse(false)
                            ? new Taken(
                                    to
                                            + " is active with token "
                                            + situation.roster().token().value())
                            : new Wait(to + " was activated and does not say that it is active");
                });
    }

    private Move reconcile() {
        var books =
                since(
                        situation
                                .facts()
                                .reconciliations()
                                .getOrDefault(service.name(), Observed.unknown()),
                        course.since());
        var differences = books.map(Books::differences);
        if (differences.isEmpty()) {
            return new Wait("the two accounts are unknown");
        }
        return differences.get().isEmpty()
                ? new Taken(
                        "two independent accounts agree on "
                                + Words.count(books.get().openOrders(), "open order"))
                : new Wait("the accounts differ: " + differences.get());
    }

    private Move route(String to, boolean back) {
        var targets = service.singleActive().isPresent() ? List.of(to) : readyOnes();
        var isTold = course.last().filter(Course.Try::isConfirmed).isPresent();
        if (targets.isEmpty() && !isTold) {
            return new Wait("no instance is ready and known to be what was approved");
        }
        var effect = back ? new Effect.RouteBack(targets) : new Effect.Route(targets);
        return until(effect, "traffic goes to " + String.join(", ", targets));
    }

    /// What may get traffic: ready, and each one proven to be what was approved.
    private List<String> readyOnes() {
        return situation
                .roster()
                .running(course.release().version())
                .filter(one -> known(situation.of(one).ready()).orElse(false))
                .filter(one -> Uniformity.isProven(course.release(), situation.of(one)))
                .toList();
    }

    private Move bake(String to, Step.Bake bake) {
        if (situation.isGone(to)) {
            return new Failed(to + " died");
        }
        if (situation.hangs(to)) {
            return new Failed(to + " hangs");
        }
        var facts = situation.of(to);
        if (service.singleActive().isPresent() && !known(facts.active()).orElse(true)) {
            return new Failed(to + " is no longer active");
        }
        return switch (Health.judge(service, facts, now)) {
            case Health.Broken(var sentence) -> new Failed(sentence);
            case Health.TooLittle(var sentence) -> new Wait(sentence);
            case Health.Fine(var sentence) ->
                    now.isBefore(course.since().plus(bake.atLeast()))
                            ? new Wait("watched since " + course.since())
                            : new Taken(sentence);
        };
    }

    private Move stop(String from) {
        return situation.isGone(from)
                ? new Taken(from + " has ended")
                : until(new Effect.Stop(from), from + " has ended");
    }

    /// Performs the effect until it is confirmed, and then is taken.
    private Move until(Effect effect, String evidence) {
        return until(effect, _ -> new Taken(evidence.isEmpty() ? effect.toString() : evidence));
    }

    /// Performs the effect until it is confirmed, and then asks what was seen since.
    private Move until(Effect effect, java.util.function.Function<Instant, Move> since) {
        return course.last()
                .filter(Course.Try::isConfirmed)
                .flatMap(Course.Try::endedAt)
                .map(since)
                .orElseGet(() -> new Perform(effect));
    }

    private boolean has(ProbeName probe) {
        return service.probe(probe).isPresent();
    }

    private boolean hasFence(Fence fence) {
        return service.singleActive().filter(one -> one.fences().contains(fence)).isPresent();
    }

    private boolean isHalfOver() {
        Duration half = course.step().limit().dividedBy(2);
        return now.isAfter(course.since().plus(half));
    }

    private Optional<String> from() {
        return course.from();
    }

    private Optional<String> to() {
        return course.to();
    }

    private <T> Optional<T> known(Observed<T> fact) {
        return fact.known(now, service.probes().limit());
    }

    private <T> Optional<T> since(Observed<T> fact, Instant instant) {
        return fact.knownSince(instant, now, service.probes().limit());
    }

    private static Move nobody() {
        return new Failed("there is nobody to take over");
    }

    private static Move nothingToDo() {
        return new Taken("there is nobody before");
    }
}
