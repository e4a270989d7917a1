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
import dev.pitcrew.model.Role;
import dev.pitcrew.model.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        var many = new ManySteps(course, situation, steps::warm);
        return switch (course.step()) {
            case Step.Check check -> steps.check(check);
            case Step.Start _ -> steps.start();
            case Step.StartActive _ -> steps.startActive();
            case Step.Warm _ -> steps.to().map(steps::warm).orElseGet(Steps::nobody);
            case Step.Hold hold -> steps.until(new Effect.Hold(hold.held()), "new orders are held");
            case Step.Drain _ -> steps.from().map(steps::drain).orElseGet(Steps::nothingToDo);
            case Step.Deactivate _ ->
                    steps.from().map(steps::deactivate).orElseGet(Steps::nothingToDo);
            case Step.Fence _ -> steps.fence();
            case Step.Rearm _ -> steps.to().map(steps::rearm).orElseGet(Steps::nobody);
            case Step.Activate _ -> steps.to().map(steps::activate).orElseGet(Steps::nobody);
            case Step.Reconcile _ -> steps.reconcile();
            case Step.Route route when course.isOfMany() -> many.route(route.back());
            case Step.Route route ->
                    steps.to().map(to -> steps.route(to, route.back())).orElseGet(Steps::nobody);
            case Step.Bake bake when course.isOfMany() -> steps.bake(many, bake);
            case Step.Bake bake ->
                    steps.to().map(to -> steps.bake(to, bake)).orElseGet(Steps::nobody);
            case Step.Stop _ -> steps.from().map(steps::stop).orElseGet(Steps::nothingToDo);
            case Step.Grow grow -> many.grow(grow);
            case Step.WarmAll _ -> many.warmAll();
            case Step.Join _ -> many.join();
            case Step.Share share -> many.share(share.share());
            case Step.Shrink shrink -> many.shrink(shrink);
            case Step.Leave _ -> steps.from().map(many::leave).orElseGet(Steps::nothingToDo);
            case Step.Rejoin _ -> steps.to().map(many::rejoin).orElseGet(Steps::nobody);
        };
    }

    /// What one of the new instances suffered that no version may.
    static Optional<String> casualty(Course course, Situation situation) {
        return new ManySteps(course, situation, new Steps(course, situation)::warm).casualty();
    }

    private Move check(Step.Check check) {
        var evidence = judge(check).toList();
        var shut = evidence.stream().filter(one -> !one.passed()).toList();
        return shut.isEmpty()
                ? new Taken(Gate.sentences(evidence))
                : new Wait(Gate.sentences(shut));
    }

    private Stream<Gate.Evidence> judge(Step.Check check) {
        return check.gates().stream()
                .map(gate -> gate.judge(Gates.measure(gate, course, situation), now));
    }

    /// What each gate says, for a person who waits.
    static List<Gate.Evidence> evidence(Course course, Step.Check check, Situation situation) {
        return new Steps(course, situation).judge(check).toList();
    }

    /// The gates that are shut, for a person who waits.
    static String shut(Course course, Step.Check check, Situation situation) {
        return new Steps(course, situation)
                .judge(check)
                .filter(one -> !one.passed())
                .map(Gate.Evidence::brief)
                .collect(Collectors.joining("; "));
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

    /// Always a new one: whoever runs already was fenced, since nobody knows a running instance of such a service to be passive.
    private Move startActive() {
        if (course.last().isPresent()) {
            return until(course.last().get().effect(), "");
        }
        if (situation.killed() && course.steps().stream().noneMatch(Step.Rearm.class::isInstance)) {
            return new Failed("the kill latch is set");
        }
        return stranger()
                .<Move>map(Wait::new)
                .orElseGet(
                        () ->
                                new Perform(
                                        new Effect.StartActive(
                                                situation.roster().nextName(),
                                                course.release().version())));
    }

    private Move warm(String to) {
        if (situation.isGone(to)) {
            return new Failed(to + " ended before it was ready");
        }
        var facts = situation.of(to);
        if (known(facts.active()).orElse(false) && !isActive(to)) {
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
                ? new Taken(
                        "%s is ready and %s, and its digests are as approved"
                                .formatted(to, isActive(to) ? "active" : "passive"))
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
                    var owed = count(ProbeName.UNANSWERED, facts.unanswered(), confirmed);
                    var open = count(ProbeName.OPEN_ORDERS, facts.openOrders(), confirmed);
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

    /// Everybody but the taking side. Whoever has to be ended is, one at a time, and then all the others are waited for.
    private Move fence() {
        var moves = others().stream().map(this::fence).toList();
        return moves.stream()
                .filter(Perform.class::isInstance)
                .findFirst()
                .or(() -> moves.stream().filter(one -> !(one instanceof Taken)).findFirst())
                .orElseGet(() -> moves.isEmpty() ? nothingToDo() : new Taken(evidence(moves)));
    }

    private static String evidence(List<Move> taken) {
        return taken.stream()
                .map(one -> ((Taken) one).evidence())
                .distinct() // a verdict is about all of them
                .collect(Collectors.joining("; "));
    }

    /// Who might send beside the taking side. One that is started active has not begun, so there it is everybody.
    private List<String> others() {
        return Stream.concat(from().stream(), situation.roster().instances().keySet().stream())
                .distinct()
                .filter(one -> !service.knowsPassiveMode() || !to().equals(Optional.of(one)))
                .toList();
    }

    private Move fence(String other) {
        if (situation.isGone(other)) {
            return new Taken("process: " + other + " is dead, as its host confirms");
        }
        var facts = situation.of(other);
        var isPassive =
                service.knowsPassiveMode()
                        && since(facts.active(), course.since())
                                .filter(active -> !active)
                                .isPresent();
        if (isPassive && !mightBeActive(other)) {
            return new Taken(other + " is passive, and was never told to be active since");
        }
        if (isPassive
                && hasFence(Fence.SESSION)
                && since(facts.session(), course.since()).filter(session -> !session).isPresent()) {
            return new Taken(
                    "session: " + other + " has logged out, so the venue takes another logon");
        }
        if (isPassive && hasFence(Fence.GATEWAY)) {
            return new Taken("gateway: " + other + " is passive, and older tokens are refused");
        }
        var passiveIsEnough = hasFence(Fence.SESSION) || hasFence(Fence.GATEWAY);
        var mayKill =
                !service.knowsPassiveMode()
                        || situation.hangs(other)
                        || isHalfOver()
                        || (mightBeActive(other) && !passiveIsEnough);
        return hasFence(Fence.PROCESS) && mayKill
                ? killed(other)
                : new Wait("no fence of " + other + " is confirmed");
    }

    private Move killed(String instance) {
        var kill = new Effect.Kill(instance);
        return course.last().filter(one -> kill.isAgain(one.effect())).isPresent()
                ? until(kill, instance + " was killed")
                : new Perform(kill);
    }

    /// Whether it gives up its place, or was told to take it and perhaps did.
    private boolean mightBeActive(String instance) {
        return from().equals(Optional.of(instance))
                || isActive(instance)
                || situation.roster().maybeActive().contains(instance);
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
        if (course.last().isEmpty() && stranger().isPresent()) {
            return new Wait(stranger().get());
        }
        if (known(facts.token()).isEmpty()) {
            return new Wait(to + " has not said which token it knows"); // else ours might be older
        }
        return until(
                new Effect.Activate(to, situation.nextToken()),
                confirmed -> {
                    var doubt = count(ProbeName.IN_DOUBT, facts.inDoubt(), confirmed);
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
        var evidence =
                Gates.reconciled(service).judge(Gates.accounts(service, course, situation), now);
        return evidence.passed() ? new Taken(evidence.sentence()) : new Wait(evidence.sentence());
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
                .running(course.release())
                .filter(one -> known(situation.of(one).ready()).orElse(false))
                .filter(one -> Uniformity.isProven(course.release(), situation.of(one)))
                .toList();
    }

    /// Each of them for itself: the worst decides.
    private Move bake(ManySteps many, Step.Bake bake) {
        var dead = many.casualty();
        if (dead.isPresent()) {
            return new Failed(dead.get());
        }
        var moves = many.taking().stream().map(one -> bake(one, bake)).toList();
        return moves.stream()
                .filter(Failed.class::isInstance)
                .findFirst()
                .or(() -> moves.stream().filter(Wait.class::isInstance).findFirst())
                .or(() -> moves.stream().filter(one -> !(one instanceof Taken)).findFirst())
                .orElseGet(() -> moves.isEmpty() ? nobody() : new Taken(evidence(moves)));
    }

    private Move bake(String to, Step.Bake bake) {
        if (situation.isGone(to)) {
            return new Failed(to + " died");
        }
        if (situation.hangs(to)) {
            return new Failed(to + " hangs");
        }
        var facts = situation.of(to);
        var active =
                service.singleActive().isEmpty() || !has(ProbeName.ACTIVE)
                        ? Optional.of(true)
                        : known(facts.active());
        if (active.filter(one -> !one).isPresent()) {
            return new Failed(to + " is no longer active");
        }
        var health = Health.judge(service, facts, now);
        var judging = Baking.judging(course, situation);
        if (judging.isPresent() && !(health instanceof Health.Broken)) {
            var move = Baking.move(course, situation, judging.get(), bake);
            return active.isEmpty() && move instanceof Taken
                    ? new Wait(to + " does not say whether it is active")
                    : move;
        }
        return switch (health) {
            case Health.Broken(var sentence) -> new Failed(sentence);
            case Health.TooLittle(var sentence) -> new Wait(sentence);
            case Health.Fine(var sentence) ->
                    active.isEmpty()
                            ? new Wait(to + " does not say whether it is active")
                            : now.isBefore(course.since().plus(bake.atLeast()))
                                    ? new Wait("watched since " + course.since())
                                    : new Taken(sentence);
        };
    }

    private Move stop(String from) {
        if (situation.isGone(from)) {
            return new Taken(from + " has ended");
        }
        return isNeeded(from)
                ? new Wait("too few others are known to be ready")
                : until(new Effect.Stop(from), from + " has ended");
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

    /// What was counted since; where orders are entered unknown is never none, elsewhere there may be nothing to count.
    private Optional<Long> count(ProbeName probe, Observed<Long> fact, Instant instant) {
        return has(probe) || service.role() == Role.ORDER_ENTRY
                ? since(fact, instant)
                : Optional.of(0L);
    }

    private boolean hasFence(Fence fence) {
        return service.singleActive().filter(one -> one.fences().contains(fence)).isPresent();
    }

    private boolean isActive(String instance) {
        return situation.roster().active().equals(Optional.of(instance));
    }

    /// Why nobody may be activated: somebody runs of whom the ledger says nothing, or nobody has looked.
    private Optional<String> stranger() {
        return situation.unlisted().isEmpty()
                ? Optional.of("nobody has looked yet for instances that the ledger lacks")
                : situation.strangers();
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
