package dev.pitcrew.deploy;

import dev.pitcrew.deploy.KeepEvent.TokenFound;
import dev.pitcrew.deploy.Move.Failed;
import dev.pitcrew.deploy.Move.Note;
import dev.pitcrew.deploy.Move.Perform;
import dev.pitcrew.deploy.Move.Taken;
import dev.pitcrew.deploy.Move.Wait;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Token;
import java.time.Instant;

/// What is done to a container that somebody else started: it becomes an instance as it runs, and is then looked at like one that was started.
final class AdoptingSteps {
    private final StepContext here;

    AdoptingSteps(StepContext here) {
        this.here = here;
    }

    Move adopt(Step.Adopt step) {
        var situation = here.situation();
        if (situation.killed()) {
            return new Failed("the kill latch is set");
        }
        var last = here.course().last();
        if (last.isEmpty()) {
            return new Perform(
                    new Effect.Adopt(
                            situation.roster().nextName(),
                            here.course().release().version(),
                            step.container(),
                            isOnlyOne()));
        }
        return here.until(
                last.get().effect(),
                confirmed ->
                        here.course()
                                .to()
                                .map(to -> seen(to, confirmed))
                                .orElseGet(StepContext::nobody));
    }

    private boolean isOnlyOne() {
        return here.service().singleActive().isPresent();
    }

    /// Kept before it is known to answer, it would be taken for one that hangs, and replaced.
    private Move seen(String instance, Instant confirmed) {
        if (here.situation().isGone(instance)) {
            return new Failed(instance + " died");
        }
        var facts = here.situation().of(instance);
        var release = here.course().release();
        var mismatch = Uniformity.mismatch(release, facts);
        if (mismatch.isPresent()) {
            return new Failed(instance + " " + mismatch.get());
        }
        if (isOnlyOne() && here.has(ProbeName.ACTIVE)) {
            var active = here.since(facts.active(), confirmed);
            if (active.isEmpty()) {
                return new Wait(instance + " does not say whether it is active");
            }
            if (!active.get()) {
                return new Failed(
                        instance + " says that it is passive, so it is not the one that sends");
            }
        }
        if (!here.since(facts.ready(), confirmed).orElse(false)) {
            return new Wait(instance + " is not ready");
        }
        if (here.has(ProbeName.TOKEN)) {
            var token = here.since(facts.token(), confirmed);
            if (token.isEmpty()) {
                return new Wait(instance + " has not said which token it knows");
            }
            // Else what it is told under a token of ours would be older than what it has seen.
            if (token.get() > here.situation().roster().token().value()) {
                return new Note(
                        new TokenFound(
                                here.now(),
                                here.service().name(),
                                instance,
                                new Token(token.get())));
            }
        }
        return Uniformity.isProven(release, facts)
                ? new Taken(
                        instance + " is taken over as it runs, is ready, and runs what was found")
                : new Wait(instance + " has not reported all its digests");
    }
}
