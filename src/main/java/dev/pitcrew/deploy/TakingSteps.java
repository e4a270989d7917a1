package dev.pitcrew.deploy;

import dev.pitcrew.deploy.Move.Failed;
import dev.pitcrew.deploy.Move.Perform;
import dev.pitcrew.deploy.Move.Taken;
import dev.pitcrew.deploy.Move.Wait;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Service;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the steps do to whoever takes its place: it is started, warms, and is activated, and traffic goes to it.
final class TakingSteps {
    private final StepContext here;
    private final Course course;
    private final Situation situation;
    private final Service service;
    private final Instant now;

    TakingSteps(StepContext here) {
        this.here = here;
        this.course = here.course();
        this.situation = here.situation();
        this.service = here.service();
        this.now = here.now();
    }

    Move start() {
        if (course.last().isPresent()) {
            return here.until(course.last().get().effect(), "");
        }
        return course.to()
                .filter(to -> !situation.isGone(to))
                .<Move>map(to -> new Taken(to + " runs already"))
                .orElseGet(
                        () ->
                                new Perform(
                                        new Effect.Start(
                                                situation.roster().nextName(),
                                                course.release().version())));
    }

    /// Always a new one, under a name that nobody activates.
    Move shadow() {
        return course.last().isPresent()
                ? here.until(course.last().get().effect(), "")
                : new Perform(
                        new Effect.Start(
                                situation.roster().nextShadow(), course.release().version()));
    }

    Move endShadow(String shadow) {
        return situation.isGone(shadow)
                ? new Taken(shadow + " has ended")
                : here.until(new Effect.Stop(shadow), shadow + " has ended");
    }

    /// Always a new one: whoever runs already was fenced, since nobody knows a running instance of such a service to be passive.
    Move startActive() {
        if (course.last().isPresent()) {
            return here.until(course.last().get().effect(), "");
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

    Move warm(String to) {
        if (situation.isGone(to)) {
            return new Failed(to + " ended before it was ready");
        }
        var facts = situation.of(to);
        if (here.known(facts.active()).orElse(false) && !here.isActive(to)) {
            return new Failed(to + " says that it is active, and nobody activated it");
        }
        var mismatch = Uniformity.mismatch(course.release(), facts);
        if (mismatch.isPresent()) {
            return new Failed(to + " " + mismatch.get());
        }
        if (!here.known(facts.ready()).orElse(false)) {
            return new Wait(to + " is not ready");
        }
        return Uniformity.isProven(course.release(), facts)
                ? new Taken(
                        "%s is ready and %s, and its digests are as approved"
                                .formatted(to, here.isActive(to) ? "active" : "passive"))
                : new Wait(to + " has not reported all its digests");
    }

    Move rearm(String to) {
        return service.hooks().containsKey(HookName.REARM)
                        && here.known(situation.of(to).token()).isEmpty()
                ? new Wait(to + " has not said which token it knows")
                : here.until(
                        new Effect.Rearm(to, situation.nextToken()), "the kill latch is lifted");
    }

    Move activate(String to) {
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
        if (here.known(facts.token()).isEmpty()) {
            return new Wait(to + " has not said which token it knows"); // else ours might be older
        }
        return here.until(
                new Effect.Activate(to, situation.nextToken()),
                confirmed -> {
                    var doubt = here.count(ProbeName.IN_DOUBT, facts.inDoubt(), confirmed);
                    if (doubt.isEmpty() || doubt.get() > 0) {
                        return new Wait(
                                doubt.map(n -> Words.count(n, "order") + " in doubt")
                                        .orElse("doubts are unknown"));
                    }
                    var isOurs =
                            here.since(facts.token(), confirmed)
                                    .filter(token -> token >= situation.roster().token().value())
                                    .isPresent();
                    return isOurs && here.since(facts.active(), confirmed).orElse(false)
                            ? new Taken(
                                    to
                                            + " is active with token "
                                            + situation.roster().token().value())
                            : new Wait(to + " was activated and does not say that it is active");
                });
    }

    Move reconcile() {
        var evidence =
                Gates.reconciled(service).judge(Gates.accounts(service, course, situation), now);
        return evidence.passed() ? new Taken(evidence.sentence()) : new Wait(evidence.sentence());
    }

    Move route(String to, boolean back) {
        var targets = service.singleActive().isPresent() ? List.of(to) : readyOnes();
        var isTold = course.last().filter(Course.Try::isConfirmed).isPresent();
        if (targets.isEmpty() && !isTold) {
            return new Wait("no instance is ready and known to be what was approved");
        }
        var effect = back ? new Effect.RouteBack(targets) : new Effect.Route(targets);
        return here.until(effect, "traffic goes to " + String.join(", ", targets));
    }

    /// What may get traffic: ready, and each one proven to be what was approved.
    private List<String> readyOnes() {
        return situation
                .roster()
                .running(course.release())
                .filter(one -> here.known(situation.of(one).ready()).orElse(false))
                .filter(one -> Uniformity.isProven(course.release(), situation.of(one)))
                .toList();
    }

    /// Why nobody may be activated: somebody runs of whom the ledger says nothing, or nobody has looked.
    private Optional<String> stranger() {
        return situation.unlisted().isEmpty()
                ? Optional.of("nobody has looked yet for instances that the ledger lacks")
                : situation.strangers();
    }
}
