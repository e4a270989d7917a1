package dev.pitcrew.deploy;

import dev.pitcrew.deploy.Move.Failed;
import dev.pitcrew.deploy.Move.Taken;
import dev.pitcrew.deploy.Move.Wait;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Service;
import java.time.Instant;
import java.util.Optional;

/// What the step `Bake` says: of one instance, and of all that are watched.
final class BakeSteps {
    private final StepContext here;
    private final Course course;
    private final Situation situation;
    private final Service service;
    private final Instant now;

    BakeSteps(StepContext here) {
        this.here = here;
        this.course = here.course();
        this.situation = here.situation();
        this.service = here.service();
        this.now = here.now();
    }

    /// Each of them for itself: the worst decides.
    Move bake(ManySteps many, Step.Bake bake) {
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
                .orElseGet(
                        () ->
                                moves.isEmpty()
                                        ? StepContext.nobody()
                                        : new Taken(StepContext.evidence(moves)));
    }

    /// The judge says whether it is like the active one; where nobody judges, it has to live.
    Move compare(String to, Step.Compare compare) {
        if (situation.isGone(to)) {
            return new Failed(to + " died");
        }
        if (situation.hangs(to)) {
            return new Failed(to + " hangs");
        }
        var judging = Baking.judging(course, situation);
        if (judging.isPresent()) {
            var bake = new Step.Bake(compare.atLeast(), compare.limit());
            return Baking.move(course, situation, judging.get(), bake);
        }
        return now.isBefore(course.since().plus(compare.atLeast()))
                ? new Wait("in shadow since " + course.since())
                : new Taken(to + " lived, and nothing was compared");
    }

    Move bake(String to, Step.Bake bake) {
        if (situation.isGone(to)) {
            return new Failed(to + " died");
        }
        if (situation.hangs(to)) {
            return new Failed(to + " hangs");
        }
        var facts = situation.of(to);
        var active =
                service.singleActive().isEmpty() || !here.has(ProbeName.ACTIVE)
                        ? Optional.of(true)
                        : here.known(facts.active());
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
}
