package dev.pitcrew.deploy;

import dev.pitcrew.deploy.Move.Failed;
import dev.pitcrew.deploy.Move.Perform;
import dev.pitcrew.model.Observed;
import java.util.Optional;

/// What no version may do, however short it runs and however little was seen of it: it is turned back at once, in whichever step that is
/// seen, without waiting for enough requests to judge by.
///
/// | guard | struck when | what comes of it |
/// |---|---|---|
/// | duplicate orders | the new one counts a ClOrdID that was used before | the way back |
/// | reject storm | the new one rejects more than half of ten requests or more | the way back |
/// | crash loop | the new one dies, once | the way back |
/// | two actives | somebody says that it is active beside the active one | it is killed, then the way back |
///
/// They hold for what leads to something new. What is approved is never the culprit, nor is what runs already and is taken over.
final class Guards {
    private static final long STORM_MIN = 10; // requests; of fewer, most may be rejected by chance

    private Guards() {}

    /// What the instance did, in words; empty while it did nothing of the kind.
    static Optional<String> broken(Situation situation, String instance) {
        return duplicates(situation, instance).or(() -> storm(situation, instance));
    }

    private static Optional<String> duplicates(Situation situation, String instance) {
        return known(situation, situation.of(instance).duplicates())
                .filter(n -> n > 0)
                .map(n -> "%s sent %s".formatted(instance, Words.count(n, "duplicate order")));
    }

    private static Optional<String> storm(Situation situation, String instance) {
        var facts = situation.of(instance);
        var errors = known(situation, facts.errors());
        return known(situation, facts.requests())
                .filter(n -> n >= STORM_MIN)
                .flatMap(
                        n ->
                                errors.filter(rejected -> rejected * 2 > n)
                                        .map(
                                                rejected ->
                                                        "%s rejects %d of %d requests, a reject storm"
                                                                .formatted(instance, rejected, n)));
    }

    /// What a guard wants in the step underway, from one instance to another; empty when none is struck. Steps that end an instance
    /// themselves, or begin one, look after that one.
    static Optional<Move> strike(Course course, Situation situation) {
        if (!isForward(course, situation)
                || course.isOfMany()
                || course.isAdopting()
                || begins(course.step())) {
            return Optional.empty();
        }
        return twoActives(course, situation)
                .or(() -> ofNew(course, situation).map(Move.Failed::new));
    }

    /// Whether the course leads to something new.
    static boolean isForward(Course course, Situation situation) {
        return !situation.keep().approved().equals(Optional.of(course.release()));
    }

    /// What the new one did, of a course from one instance to another.
    private static Optional<String> ofNew(Course course, Situation situation) {
        return course.to()
                .flatMap(
                        to ->
                                situation.isGone(to)
                                        ? Optional.of(to + " died")
                                                .filter(_ -> !looksItself(course.step()))
                                                .filter(_ -> !Roster.isShadow(to)) // it was ended
                                        : broken(situation, to));
    }

    /// Whether it was the new one that failed, whichever step was underway: it is gone, or did what no version may.
    static boolean isOfNew(Course failed, Situation situation) {
        return isForward(failed, situation)
                && failed.to()
                        .filter(to -> !Roster.isShadow(to))
                        .filter(to -> situation.isGone(to) || broken(situation, to).isPresent())
                        .isPresent();
    }

    /// Whether what failed it is that somebody else was killed, who had no right to be active.
    static boolean isOfAnother(Course failed) {
        return !endsOthers(failed.step())
                && failed.last()
                        .map(Course.Try::effect)
                        .filter(
                                one ->
                                        one instanceof Effect.Kill(var killed)
                                                && !failed.to().equals(Optional.of(killed)))
                        .isPresent();
    }

    /// Whether the step sees to it that all others are passive or dead.
    private static boolean endsOthers(Step step) {
        return step instanceof Step.Deactivate || step instanceof Step.Fence;
    }

    private static boolean begins(Step step) {
        return step instanceof Step.Start
                || step instanceof Step.StartActive
                || step instanceof Step.Shadow
                || step instanceof Step.EndShadow;
    }

    /// Whether the step says in its own words that the new one died.
    private static boolean looksItself(Step step) {
        return step instanceof Step.Warm
                || step instanceof Step.Activate
                || step instanceof Step.Compare
                || step instanceof Step.Bake;
    }

    /// Whoever says that it is active without the right to is killed, which waits for no ledger; then the step has failed. Before anything
    /// else, because its orders are the ones that nobody counts.
    private static Optional<Move> twoActives(Course course, Situation situation) {
        if (endsOthers(course.step())) {
            return Optional.empty();
        }
        var intruder = intruder(course, situation);
        if (intruder.isPresent()) {
            return Optional.of(new Perform(new Effect.Kill(intruder.get())));
        }
        return course.last()
                .map(Course.Try::effect)
                .flatMap(
                        last ->
                                last instanceof Effect.Kill(var killed)
                                        ? Optional.of(
                                                new Failed(
                                                        killed
                                                                + " says that it is active, and nobody activated it; it was killed"))
                                        : Optional.empty());
    }

    private static Optional<String> intruder(Course course, Situation situation) {
        var service = situation.service();
        var active =
                situation
                        .roster()
                        .active()
                        .or(() -> course.to().filter(_ -> course.hasReached(Step.Activate.class)));
        if (service.singleActive().isEmpty()
                || !service.knowsPassiveMode()
                || active.filter(one -> !situation.isGone(one)).isEmpty()) {
            return Optional.empty(); // where nobody is active, whoever says so is alone
        }
        return situation.roster().instances().keySet().stream()
                .filter(one -> !active.get().equals(one) && !situation.isGone(one))
                .filter(one -> known(situation, situation.of(one).active()).orElse(false))
                .findFirst();
    }

    private static <T> Optional<T> known(Situation situation, Observed<T> fact) {
        return fact.known(situation.facts().at(), situation.service().probes().limit());
    }
}
