package dev.pitcrew.simulation;

import dev.pitcrew.deploy.Effect;
import dev.pitcrew.model.Fraction;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.Sticky;
import dev.pitcrew.model.Token;
import dev.pitcrew.runtime.Performer;
import dev.pitcrew.runtime.balancer.Traffic;
import dev.pitcrew.runtime.balancer.TrafficAnswer;
import dev.pitcrew.runtime.balancer.TrafficSplit;
import dev.pitcrew.runtime.http.HookAnswer;
import dev.pitcrew.runtime.process.ProcessState;
import dev.pitcrew.runtime.process.Started;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Performs effects on the [World] as the production performer does on this machine, and fails to: effects are lost, late, overtaken by
/// later ones, come twice, or are said to be done and are not.
final class FakePerformer implements Performer {
    private static final Sticky BY_CLIENT =
            new Sticky(new Sticky.Part.Header("X-Client"), Optional.empty());
    private static final long DEADLINE_MILLIS = 1000; // how long a caller waits for an answer

    private final World world;
    private final Schedule schedule;
    private final Chance chance;
    private final Map<String, List<Runnable>> overtaken = new HashMap<>(); // by service

    FakePerformer(World world, Schedule schedule, Chance chance) {
        this.world = world;
        this.schedule = schedule;
        this.chance = chance;
    }

    @Override
    public void perform(String service, String course, Effect effect, Outcome outcome) {
        var told = new Once(outcome);
        if (chance.strikes(Fault.EFFECT_FAILS_BEFORE, 12)) {
            schedule.afterMillis(20, () -> told.failed("the network ate it"));
            return;
        }
        long delay = 1L + chance.below(15);
        var isOvertaken = chance.draws(Fault.EFFECT_OVERTAKEN, 12);
        if (isOvertaken) {
            schedule.afterMillis(DEADLINE_MILLIS, () -> told.failed("no answer in time"));
        } else if (chance.strikes(Fault.EFFECT_DELAYED, 12)) {
            delay = DEADLINE_MILLIS * 3 / 2;
            schedule.afterMillis(DEADLINE_MILLIS, () -> told.failed("no answer in time"));
        }
        var losesAnswer = chance.strikes(Fault.EFFECT_FAILS_AFTER, 12);
        var isLie = canLie(effect) && chance.strikes(Fault.EFFECT_LIES, rarity(effect));
        Runnable deed =
                () -> {
                    if (isStart(effect) && told.isTold) {
                        return; // a start that was given up is withdrawn, and starts nothing later
                    }
                    var refusal = isLie ? lie(service, effect) : apply(service, course, effect);
                    if (losesAnswer) {
                        told.failed("the answer was lost");
                    } else if (refusal.isEmpty()) {
                        told.confirmed("done");
                    } else {
                        told.failed(refusal);
                    }
                };
        if (isOvertaken) {
            letPass(service, deed);
            return;
        }
        schedule.afterMillis(
                delay,
                () -> {
                    deed.run();
                    arriveNow(service);
                });
        if (chance.strikes(Fault.EFFECT_REPEATED_LATE, 8)) {
            schedule.afterMillis(delay + chance.below(3000), () -> again(service, course, effect));
        }
    }

    /// It arrives after the one that is performed next; when nothing comes, it comes alone.
    private void letPass(String service, Runnable deed) {
        var waiting = overtaken.computeIfAbsent(service, _ -> new ArrayList<>());
        waiting.add(deed);
        schedule.after(
                Duration.ofSeconds(5),
                () -> {
                    if (waiting.remove(deed)) {
                        deed.run();
                    }
                });
    }

    private void arriveNow(String service) {
        var late = overtaken.getOrDefault(service, List.of());
        var now = List.copyOf(late);
        if (!now.isEmpty()) {
            late.removeAll(now);
            chance.reach(Fault.EFFECT_OVERTAKEN);
            now.forEach(Runnable::run);
        }
    }

    /// The contract of processes gives a real answer to a stop and a kill: only a death that was seen confirms them.
    private static boolean canLie(Effect effect) {
        return !(effect instanceof Effect.Stop || effect instanceof Effect.Kill);
    }

    private static int rarity(Effect effect) {
        return effect instanceof Effect.Activate ? 3 : 12;
    }

    /// Says that it is done, and it isn't.
    private String lie(String service, Effect effect) {
        switch (effect) {
            case Effect.Start(var name, var version) -> {
                var _ = world.start(service, name, version, true);
            }
            case Effect.StartActive(var name, var version) -> {
                var _ = world.start(service, name, version, true);
            }
            default -> {}
        }
        return "";
    }

    /// It comes once more. A start asks this host alone, so it can't come after its caller has gone; while the process runs it is nothing.
    private void again(String service, String course, Effect effect) {
        if (!isStart(effect)) {
            var _ = apply(service, course, effect);
        }
    }

    private static boolean isStart(Effect effect) {
        return effect instanceof Effect.Start || effect instanceof Effect.StartActive;
    }

    /// Does it.
    ///
    /// @return why it was refused; empty when it was done
    private String apply(String service, String course, Effect effect) {
        world.settle();
        return switch (effect) {
            case Effect.Start(var name, var version) ->
                    switch (world.start(service, name, version, false)) {
                        case Started.Runs _ -> "";
                        case Started.Refused(var why) -> why;
                    };
            case Effect.StartActive(var name, var version) ->
                    switch (world.start(service, name, version, false)) {
                        case Started.Runs _ -> {
                            var _ = world.instance(name).withActive();
                            yield "";
                        }
                        case Started.Refused(var why) -> why;
                    };
            case Effect.Adopt(_, _, var container, _) -> "there is no container " + container;
            case Effect.Stop(var name) -> ended(name, world.stop(name));
            case Effect.Kill(var name) -> ended(name, world.kill(name));
            case Effect.Hold(var limit) -> steered(traffic().hold(service, limit));
            case Effect.Route(var targets) -> route(service, targets);
            case Effect.RouteBack(var targets) -> route(service, targets);
            case Effect.Share(var rest, var canaries, var share) ->
                    share(service, rest, canaries, share);
            case Effect.Drain(var name, var token, _) -> hook(name, HookName.DRAIN, token, course);
            case Effect.Deactivate(var name, var token) ->
                    hook(name, HookName.DEACTIVATE, token, course);
            case Effect.Activate(var name, var token) ->
                    hook(name, HookName.ACTIVATE, token, course);
            case Effect.Rearm(var name, var token) -> hook(name, HookName.REARM, token, course);
        };
    }

    private Traffic traffic() {
        return world.traffic();
    }

    private static String ended(String name, ProcessState state) {
        return state.dead() ? "" : name + " is not seen dead: " + state;
    }

    private String route(String service, List<String> targets) {
        var where = world.addresses(targets);
        if (where.isEmpty()) {
            return "nobody knows where one of " + targets + " listens";
        }
        return steered(traffic().open(service, where.get()));
    }

    private String share(String service, List<String> rest, List<String> canaries, Fraction share) {
        var old = world.addresses(rest);
        var fresh = world.addresses(canaries);
        return old.isEmpty() || fresh.isEmpty()
                ? "nobody knows where one of " + rest + canaries + " listens"
                : steered(
                        traffic()
                                .split(
                                        service,
                                        new TrafficSplit(
                                                old.get(),
                                                fresh.get(),
                                                share,
                                                BY_CLIENT,
                                                Map.of())));
    }

    private static String steered(TrafficAnswer answer) {
        return switch (answer) {
            case TrafficAnswer.Stands _ -> "";
            case TrafficAnswer.Refused(var why) -> why;
            case TrafficAnswer.Unreachable(var why) -> why;
        };
    }

    private String hook(String name, HookName hook, Token token, String course) {
        return switch (world.hook(name, hook, token, course)) {
            case HookAnswer.Done _, HookAnswer.InProgress _ -> "";
            case HookAnswer.OlderToken(var highest) -> "older token, the highest is " + highest;
            case HookAnswer.Latched _ -> "its kill latch is set";
            case HookAnswer.Refused(_, var text) -> text;
            case HookAnswer.Unreachable(var why) -> why;
            case HookAnswer.TimedOut _ -> "no answer";
        };
    }

    private static final class Once implements Outcome {
        private final Outcome outcome;
        private boolean isTold;

        Once(Outcome outcome) {
            this.outcome = outcome;
        }

        @Override
        public void confirmed(String detail) {
            if (!isTold) {
                isTold = true;
                outcome.confirmed(detail);
            }
        }

        @Override
        public void failed(String reason) {
            if (!isTold) {
                isTold = true;
                outcome.failed(reason);
            }
        }
    }
}
