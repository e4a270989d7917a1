package dev.pitcrew.bench;

import dev.pitcrew.deploy.ApprovalNeed;
import dev.pitcrew.deploy.Course;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectConfirmed;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Gate;
import dev.pitcrew.deploy.Plan;
import dev.pitcrew.deploy.Release;
import dev.pitcrew.deploy.RolloutEvent;
import dev.pitcrew.deploy.Step;
import dev.pitcrew.deploy.StepTaken;
import dev.pitcrew.model.DrainPolicy;
import dev.pitcrew.model.StateFormats;
import dev.pitcrew.model.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Handoffs of one service, one after the other, as a ledger has them: two people, all steps, all effects, and done.
final class LongPast {
    private static final String SERVICE = "gateway";
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Gate GATE =
            new Gate("clock", Gate.Sense.AT_MOST, 12.5, "ms", Duration.ofMinutes(1));
    private static final List<Step> FORWARD =
            List.of(
                    new Step.Check(List.of(GATE), Duration.ofHours(8)),
                    new Step.Start(LIMIT),
                    new Step.Warm(LIMIT),
                    new Step.Hold(Duration.ofMillis(1_500), LIMIT),
                    new Step.Drain(LIMIT),
                    new Step.Deactivate(LIMIT),
                    new Step.Fence(LIMIT),
                    new Step.Activate(LIMIT),
                    new Step.Reconcile(LIMIT),
                    new Step.Route(false, LIMIT),
                    new Step.Bake(Duration.ofSeconds(20), Duration.ofMinutes(2)),
                    new Step.Stop(LIMIT));

    private final List<Event> events = new ArrayList<>();
    private Instant now = Instant.parse("2020-01-01T00:00:00Z");
    private int rollouts;

    int rollouts() {
        return rollouts;
    }

    /// The events of the next rollout.
    List<Event> next() {
        events.clear();
        rollouts++;
        var rollout = "r" + rollouts;
        var before = rollouts == 1 ? Optional.<Release>empty() : Optional.of(release(rollouts - 1));
        var old = SERVICE + "-" + (rollouts - 1);
        var fresh = SERVICE + "-" + rollouts;
        var to = release(rollouts);
        var hash = "ab".repeat(32);
        var need =
                new ApprovalNeed(
                        ApprovalNeed.Rule.TWO_PEOPLE,
                        Duration.ZERO,
                        Duration.ofHours(12),
                        hash,
                        false);
        var plan =
                new Plan(
                        SERVICE,
                        "paper",
                        "5f".repeat(32),
                        Plan.Purpose.CHANGE,
                        "handoff",
                        before,
                        to,
                        FORWARD,
                        List.of(new Step.Route(true, LIMIT)),
                        need,
                        List.of(),
                        List.of("cancels no order"));
        add(new RolloutEvent.Planned(tick(), SERVICE, rollout, plan, "ada", "change " + rollouts));
        add(new RolloutEvent.Approved(tick(), SERVICE, rollout, "grace", hash, false));
        var from = rollouts == 1 ? Optional.<String>empty() : Optional.of(old);
        var course = Course.begin(rollout + "/forward", from, Optional.empty(), to, FORWARD, now);
        add(new RolloutEvent.Started(tick(), SERVICE, rollout, course, "two people", "approval"));
        for (int i = 0; i < FORWARD.size(); i++) {
            switch (FORWARD.get(i)) {
                case Step.Start _ -> perform(course, new Effect.Start(fresh, to.version()));
                case Step.Hold _ -> perform(course, new Effect.Hold(Duration.ofMillis(1_500)));
                case Step.Drain _ when rollouts > 1 ->
                        perform(
                                course,
                                new Effect.Drain(
                                        old, new Token(rollouts - 1), DrainPolicy.HAND_OVER));
                case Step.Deactivate _ when rollouts > 1 ->
                        perform(course, new Effect.Deactivate(old, new Token(rollouts - 1)));
                case Step.Activate _ ->
                        perform(course, new Effect.Activate(fresh, new Token(rollouts)));
                case Step.Route _ -> perform(course, new Effect.Route(List.of(fresh)));
                case Step.Stop _ when rollouts > 1 -> perform(course, new Effect.Stop(old));
                default -> {}
            }
            add(new StepTaken(tick(), SERVICE, course.id(), i, FORWARD.get(i).name() + " is done"));
        }
        add(
                new RolloutEvent.Finished(
                        tick(),
                        SERVICE,
                        rollout,
                        RolloutEvent.Outcome.DONE,
                        "two accounts agree",
                        ""));
        return List.copyOf(events);
    }

    private static Release release(int number) {
        return new Release(
                "" + (number % 2 + 1),
                "a1".repeat(32),
                "c1".repeat(32),
                "",
                new StateFormats("1", Set.of("1")));
    }

    private void perform(Course course, Effect effect) {
        add(new EffectIntended(tick(), SERVICE, course.id(), effect, 1));
        add(new EffectConfirmed(tick(), SERVICE, course.id(), effect, "done"));
    }

    private void add(Event event) {
        events.add(event);
    }

    private Instant tick() {
        now = now.plusMillis(250);
        return now;
    }
}
