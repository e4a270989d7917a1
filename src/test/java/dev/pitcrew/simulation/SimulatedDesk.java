package dev.pitcrew.simulation;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.deploy.Intents;
import dev.pitcrew.deploy.Planner;
import dev.pitcrew.deploy.ServiceState;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.Loop;
import dev.pitcrew.runtime.Performer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/// The production loop and deciders over a world in virtual time, with a controller that can die. After every single thing that happens the
/// invariants are checked.
final class SimulatedDesk {
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration DOWN = Duration.ofMillis(500); // until a dead controller is back

    final Schedule schedule = new Schedule();
    final TradingSystem system;
    final Chance chance;
    final World world;
    final FakeJournal journal;
    private final Invariants invariants;
    private Eyes eyes;
    private Loop loop;
    private long epoch; // of the controller: what an older one still does is not this one's
    private Duration jumped = Duration.ZERO;
    private int orderId;
    private boolean isClosed;
    private Instant awayUntil = Instant.MIN;
    private UnaryOperator<Facts> lens = UnaryOperator.identity();

    SimulatedDesk(Chance chance) {
        this(chance, TestingServices.system());
    }

    SimulatedDesk(Chance chance, TradingSystem system) {
        this.chance = chance;
        this.system = system;
        world = new World(schedule, chance);
        eyes = new Eyes(world, chance);
        journal = new FakeJournal(chance);
        invariants = new Invariants(world, journal, chance);
        loop = newLoop();
        every(TICK, this::tick);
        every(Duration.ofMillis(100), this::submit);
    }

    Desk desk() {
        return loop.desk();
    }

    ServiceState service(String name) {
        return loop.desk().service(name);
    }

    /// What serves, as the ledger says.
    FakeInstance active(String service) {
        return world.instance(service(service).roster().active().orElseThrow());
    }

    Instant now() {
        return schedule.now();
    }

    /// Does it again and again, for as long as time is run.
    void every(Duration pause, Runnable what) {
        schedule.after(
                pause,
                () -> {
                    what.run();
                    every(pause, what);
                });
    }

    void run(Duration time) {
        schedule.runUntil(now().plus(time), invariants::check);
    }

    /// Runs until it is so, for some time at most.
    ///
    /// @return whether it became so
    boolean runUntil(Duration most, BooleanSupplier condition) {
        var end = now().plus(most);
        while (!condition.getAsBoolean() && now().isBefore(end)) {
            run(Duration.ofMillis(10));
        }
        return condition.getAsBoolean();
    }

    /// No fault from now on, and after a while everything must be well again or stuck by name.
    void healAndCheck(Duration time) {
        chance.heal();
        world.unreachableUntil = Instant.MIN;
        run(time);
        isClosed = true; // so that at the end every order has had its time
        run(Duration.ofSeconds(5));
        invariants.checkEnd(loop.desk(), system);
        var replayed = Desk.EMPTY;
        for (var event : journal.events) {
            replayed = replayed.fold(event);
        }
        if (!replayed.equals(loop.desk())) {
            throw new InvariantBroken(
                    "the journal replays to something else than what was decided on");
        }
    }

    void deploy(String service, String version) {
        ask(deployment(service, version));
    }

    BiFunction<Desk, Instant, List<Event>> deployment(String service, String version) {
        return (desk, at) ->
                intents(desk, at)
                        .deploy(planner(desk, at), system.service(service), World.release(version));
    }

    /// Asks as an operator does, whatever the answer. A refusal is an answer too.
    void ask(BiFunction<Desk, Instant, List<Event>> intent) {
        var _ = answer(intent);
    }

    CompletableFuture<List<Event>> answer(BiFunction<Desk, Instant, List<Event>> intent) {
        return loop.ask(intent);
    }

    static Intents intents(Desk desk, Instant at) {
        return new Intents(desk, at, "simon", "");
    }

    Planner planner(Desk desk, Instant at) {
        return new Planner(system, system.environments().getFirst(), look(desk, at));
    }

    /// From now on the controller sees the world through this: what the fake world can't be or say.
    void seesThrough(UnaryOperator<Facts> lens) {
        this.lens = lens;
    }

    private Facts look(Desk desk, Instant at) {
        return lens.apply(eyes.look(desk, at));
    }

    /// The host slept: its clock is ahead of what was last seen.
    void jumpClock(Duration ahead) {
        jumped = jumped.plus(ahead);
    }

    private void submit() {
        if (!isClosed) {
            world.submit("gateway", orderId++);
        }
    }

    /// The controller is stopped for a while, as by SIGSTOP. What was on its way to the world arrives there.
    void away(Duration time) {
        awayUntil = now().plus(time);
    }

    private void tick() {
        if (now().isBefore(awayUntil)) {
            return;
        }
        try {
            loop.tick(facts());
        } catch (FakeJournal.ControllerDied died) {
            restart();
        }
    }

    private Facts facts() {
        return look(loop.desk(), now().plus(jumped));
    }

    /// The controller dies at once, and another one comes.
    void restart() {
        epoch++;
        if (chance.strikes(Fault.LEDGER_RESTORED, 2)) {
            journal.restore(1 + chance.below(4));
        }
        eyes = new Eyes(world, chance); // what the dead one saw died with it
        loop = newLoop();
        var resumed = loop;
        schedule.after(
                DOWN,
                () -> {
                    if (loop == resumed) {
                        loop.resume();
                    }
                });
    }

    private Loop newLoop() {
        var mine = epoch;
        Performer performer =
                (service, course, effect, outcome) -> {
                    invariants.checkIntended(service, course, effect);
                    invariants.checkStop(service, effect);
                    // A pause between append and act: what was decided is done later, when the
                    // world may have changed.
                    var pause = chance.strikes(Fault.CONTROLLER_PAUSES, 15) ? 2500 : 0;
                    schedule.afterMillis(
                            pause,
                            () ->
                                    world.perform(
                                            service,
                                            course,
                                            effect,
                                            new Performer.Outcome() {
                                                @Override
                                                public void confirmed(String detail) {
                                                    if (mine == epoch) {
                                                        outcome.confirmed(detail);
                                                    }
                                                }

                                                @Override
                                                public void failed(String reason) {
                                                    if (mine == epoch) {
                                                        outcome.failed(reason);
                                                    }
                                                }
                                            }));
                };
        return new Loop(
                new Lawful<>(Desk.decider(system, system.environments().getFirst())),
                journal,
                performer);
    }
}
