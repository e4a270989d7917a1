package dev.pitcrew.deploy;

import dev.pitcrew.deploy.Move.Failed;
import dev.pitcrew.deploy.Move.Perform;
import dev.pitcrew.deploy.Move.Taken;
import dev.pitcrew.deploy.Move.Wait;
import dev.pitcrew.model.Fraction;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.ProbeName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What the steps do that work on all instances of a release. Who these are is read from the [Roster] each time, so whoever died or came
/// meanwhile is seen, and a step that is done twice does nothing the second time.
///
/// @param warm what the step `Warm` says of one instance
record ManySteps(Course course, Situation situation, Function<String, Move> warm) {

    /// Starts what is missing. What an earlier course left running counts; what dies counts as started, so this ends.
    Move grow(Step.Grow grow) {
        var tried = course.last().filter(one -> !one.isConfirmed());
        if (tried.isPresent()) {
            return new Perform(
                    tried.get().effect()); // under the same name, and not dead before it began
        }
        var dead = casualty();
        if (dead.isPresent()) {
            return new Failed(dead.get());
        }
        var release = grow.side() == Side.TO ? Optional.of(course.release()) : approved();
        if (release.isEmpty() || (grow.side() == Side.FROM && old().isEmpty())) {
            return new Taken("there is nobody to compare with");
        }
        var wanted = wanted(grow);
        var running = grow.side() == Side.TO ? live(release.get()) : young(release.get());
        var started = started(release.get()).count();
        return running.size() >= wanted || started >= wanted
                ? new Taken(
                        "%s of %s"
                                .formatted(
                                        Words.count(running.size(), "instance"),
                                        release.get().version()))
                : new Perform(
                        new Effect.Start(situation.roster().nextName(), release.get().version()));
    }

    /// All of them is as many as there shall be now, and none of the others is more than that.
    private int wanted(Step.Grow grow) {
        var all =
                course.steps().stream()
                        .filter(Step.Grow.class::isInstance)
                        .map(Step.Grow.class::cast)
                        .filter(one -> one.side() == Side.TO)
                        .mapToInt(Step.Grow::instances)
                        .max()
                        .orElse(0);
        var replicas = situation.service().replicas();
        return grow.instances() == all ? replicas : Math.min(grow.instances(), replicas);
    }

    /// On the way back, and for those that are only there to compare with, whoever does not get ready is not waited for longer than half
    /// of the time: a version that is broken keeps nobody from leaving it.
    Move warmAll() {
        var dead = casualty();
        if (dead.isPresent()) {
            return new Failed(dead.get());
        }
        var moves = live(course.release()).stream().map(warm).toList();
        var ready = moves.stream().filter(Taken.class::isInstance).count();
        var bad = moves.stream().filter(Failed.class::isInstance).findFirst();
        if (isForward() && bad.isPresent()) {
            return bad.get();
        }
        var late = moves.stream().filter(Wait.class::isInstance).findFirst();
        if (late.isPresent() && (isForward() || ready == 0 || !isHalfOver())) {
            return late.get();
        }
        if (ready == 0) {
            return new Wait("nobody of " + course.release().version() + " is ready");
        }
        var peers =
                isForward()
                        ? approved().stream().flatMap(one -> young(one).stream()).toList()
                        : List.<String>of();
        var cold = peers.stream().filter(one -> !isReady(one)).findFirst();
        return cold.isPresent() && !isHalfOver()
                ? new Wait(cold.get() + ", to compare with, is not ready")
                : new Taken(
                        "%d of %s ready, and the same as approved%s"
                                .formatted(
                                        ready,
                                        Words.count(moves.size(), "instance"),
                                        cold.map(one -> "; without " + one).orElse("")));
    }

    Move join() {
        var all = Stream.concat(ready(old()), ready(live(course.release()))).toList();
        return steer(all, () -> new Effect.Route(all), "traffic goes to " + String.join(", ", all));
    }

    Move share(Fraction share) {
        var canaries = ready(live(course.release())).toList();
        var rest = ready(old()).toList();
        return rest.isEmpty()
                ? steer(
                        canaries,
                        () -> new Effect.Route(canaries),
                        "all traffic goes to the new ones, since no old one is ready")
                : steer(
                        canaries,
                        () -> new Effect.Share(rest, canaries, share),
                        "%s of clients go to %s"
                                .formatted(Words.percent(share), String.join(", ", canaries)));
    }

    /// All traffic to what the course leads to.
    Move route(boolean back) {
        var all = ready(live(course.release())).toList();
        return steer(
                all,
                () -> back ? new Effect.RouteBack(all) : new Effect.Route(all),
                "traffic goes to " + String.join(", ", all));
    }

    private Move steer(List<String> targets, Supplier<Effect> effect, String evidence) {
        var dead = casualty();
        if (dead.isPresent()) {
            return new Failed(dead.get());
        }
        if (course.last().filter(Course.Try::isConfirmed).isPresent()) {
            return new Taken(evidence);
        }
        return targets.isEmpty()
                ? new Wait("no instance is ready and known to be what was approved")
                : new Perform(effect.get());
    }

    Move shrink(Step.Shrink shrink) {
        var dead = casualty();
        if (dead.isPresent()) {
            return new Failed(dead.get());
        }
        var unsure =
                live(course.release()).stream()
                        .filter(one -> isReady(one) && !situation.serves(one))
                        .findFirst();
        if (isForward() && shrink.side() == Side.FROM && unsure.isPresent()) {
            return new Wait(unsure.get() + " did not answer its last probe");
        }
        var all = shrink.side() == Side.FROM ? old() : everybody(course.release());
        var stay = Math.min(all.size(), stay(shrink));
        var victims = all.subList(0, all.size() - stay);
        var left = all.subList(all.size() - stay, all.size());
        if (victims.isEmpty()) {
            return new Taken(Words.count(stay, "instance") + " left of the others");
        }
        var takers =
                Stream.concat(
                                ready(left),
                                shrink.side() == Side.FROM
                                        ? ready(live(course.release()))
                                        : Stream.empty())
                        .toList();
        var routed = routed();
        if (shrink.side() == Side.FROM
                && situation.service().takesTraffic()
                && victims.stream().anyMatch(routed::contains)) {
            return takers.isEmpty()
                    ? new Wait("nobody else is ready to take the traffic")
                    : new Perform(new Effect.Route(takers));
        }
        return victims.stream()
                .filter(one -> resting(one).isEmpty())
                .findFirst()
                .<Move>map(one -> new Perform(new Effect.Stop(one)))
                .orElseGet(() -> new Wait(resting(victims.getFirst()).orElse("")));
    }

    /// Whoever gets traffic: by what the balancer was told, or by what it was seen to do since.
    private Set<String> routed() {
        var told = situation.roster().routed();
        var routed = new HashSet<>(told.all());
        situation
                .facts()
                .traffic(situation.service().name())
                .knownSince(told.at(), now(), situation.service().probes().limit())
                .ifPresent(seen -> routed.addAll(seen.targets()));
        return routed;
    }

    private int stay(Step.Shrink shrink) {
        if (shrink.side() == Side.TO || !isForward()) {
            return shrink.left();
        }
        var ready = (int) live(course.release()).stream().filter(situation::serves).count();
        return Math.max(shrink.left(), situation.service().replicas() - ready);
    }

    /// Why the instance can't end yet; nothing that hangs or that counts no orders is waited for.
    private Optional<String> resting(String instance) {
        if (situation.hangs(instance)) {
            return Optional.empty();
        }
        var facts = situation.of(instance);
        return owes(ProbeName.OPEN_ORDERS, facts.openOrders(), instance + " has", "open order")
                .or(
                        () ->
                                owes(
                                        ProbeName.UNANSWERED,
                                        facts.unanswered(),
                                        "the venue owes " + instance,
                                        "answer"));
    }

    private Optional<String> owes(ProbeName probe, Observed<Long> fact, String who, String what) {
        if (situation.service().probe(probe).isEmpty()) {
            return Optional.empty();
        }
        var count = known(fact);
        return count.isEmpty()
                ? Optional.of(who + " an unknown number of " + what + "s")
                : count.filter(n -> n > 0).map(n -> who + " " + Words.count(n, what));
    }

    /// Traffic goes to the others. Whoever is the only one keeps it.
    Move leave(String from) {
        var routed = situation.roster().routed();
        var rest = routed.targets().stream().filter(one -> !one.equals(from)).toList();
        var canaries = routed.canaries().stream().filter(one -> !one.equals(from)).toList();
        if (!routed.all().contains(from) || (rest.isEmpty() && canaries.isEmpty())) {
            return new Taken(
                    routed.all().contains(from)
                            ? "nobody else takes traffic"
                            : "no traffic goes to " + from);
        }
        return new Perform(told(rest, canaries, routed.share()));
    }

    /// Traffic goes to it as to others of its release.
    Move rejoin(String to) {
        var routed = situation.roster().routed();
        if (routed.all().contains(to)) {
            return new Taken("traffic goes to " + to + " as well");
        }
        if (!isReady(to)) {
            return new Wait(to + " is not ready");
        }
        var rest = new ArrayList<>(routed.targets().stream().filter(this::isThere).toList());
        rest.add(to);
        var canaries = routed.canaries().stream().filter(this::isThere).toList();
        return new Perform(told(rest, canaries, routed.share()));
    }

    private static Effect told(List<String> rest, List<String> canaries, Fraction share) {
        if (canaries.isEmpty() || rest.isEmpty()) {
            return new Effect.Route(rest.isEmpty() ? canaries : rest);
        }
        return new Effect.Share(rest, canaries, share);
    }

    /// Those of the course's release that it is for, to be watched.
    List<String> taking() {
        return live(course.release());
    }

    /// What one of the new ones suffered that no version may: an early end, duplicate order ids, or hardly anything but rejects.
    Optional<String> casualty() {
        return isForward()
                ? started(course.release())
                        .flatMap(
                                one ->
                                        situation.isGone(one)
                                                ? Stream.of(one + " died")
                                                : Guards.broken(situation, one).stream())
                        .findFirst()
                : Optional.empty();
    }

    /// Whether the course leads to something new. On the way back, what is approved is never the culprit.
    private boolean isForward() {
        return Guards.isForward(course, situation);
    }

    private Optional<Release> approved() {
        return situation.keep().approved();
    }

    /// Instances of other releases that live: first those that hang or may hang, then the oldest.
    private List<String> old() {
        return situation.roster().instances().entrySet().stream()
                .filter(one -> !one.getValue().equals(course.release()))
                .map(Map.Entry::getKey)
                .filter(one -> !situation.isGone(one))
                .sorted(Comparator.comparing(situation::serves))
                .toList();
    }

    /// One that the course has started is silent while it begins, which is no hang.
    private List<String> live(Release release) {
        return situation
                .roster()
                .running(release)
                .filter(one -> isOwn(one) ? !situation.isGone(one) : isThere(one))
                .toList();
    }

    private List<String> everybody(Release release) {
        return situation.roster().running(release).filter(one -> !situation.isGone(one)).toList();
    }

    /// Those of a release that the course itself has started, alive or not.
    private Stream<String> started(Release release) {
        return situation.roster().running(release).filter(this::isOwn);
    }

    private boolean isOwn(String instance) {
        return course.id().equals(situation.roster().origins().get(instance));
    }

    private List<String> young(Release release) {
        return started(release).filter(one -> !situation.isGone(one)).toList();
    }

    private Stream<String> ready(List<String> instances) {
        return instances.stream().filter(this::isReady);
    }

    private boolean isReady(String instance) {
        var facts = situation.of(instance);
        return known(facts.ready()).orElse(false)
                && Optional.ofNullable(situation.roster().instances().get(instance))
                        .filter(release -> Uniformity.isProven(release, facts))
                        .isPresent();
    }

    private boolean isThere(String instance) {
        return !situation.isGone(instance) && !situation.hangs(instance);
    }

    private boolean isHalfOver() {
        var half = course.step().limit().dividedBy(2);
        return now().isAfter(course.since().plus(half));
    }

    private <T> Optional<T> known(Observed<T> fact) {
        return fact.known(now(), situation.service().probes().limit());
    }

    private Instant now() {
        return situation.facts().at();
    }
}
