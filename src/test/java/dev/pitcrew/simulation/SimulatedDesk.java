package dev.pitcrew.simulation;

import dev.pitcrew.deploy.Course;
import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.deploy.Intents;
import dev.pitcrew.deploy.Outside;
import dev.pitcrew.deploy.Planner;
import dev.pitcrew.deploy.ServiceState;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.Journal;
import dev.pitcrew.runtime.Loop;
import dev.pitcrew.runtime.Performer;
import dev.pitcrew.runtime.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The production loop and deciders over a world in virtual time, with a controller that can die. After every single thing that happens the
/// invariants are checked.
final class SimulatedDesk {
    private static final String GATEWAY = "gateway";
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofMillis(2500);
    private static final Duration UNNOTICED = Duration.ofSeconds(3); // until somebody looks
    private static final Duration PATIENCE = Duration.ofSeconds(20); // of clients, with all repeats
    private static final Instant START = Instant.parse("2026-11-23T14:00:00Z");
    private static final Duration DOWN = Duration.ofMillis(500); // until a dead controller is back

    final Schedule schedule = new Schedule();
    TradingSystem system;
    final Chance chance;
    final World world;
    final FakeJournal journal;
    private final Invariants invariants;
    private Eyes eyes;
    private Loop loop;
    private long epoch; // of the controller: what an older one still does is not this one's
    private final FakePerformer hands;
    private Duration slept = Duration.ZERO; // the host, in all
    private Duration wrong = Duration.ZERO; // how far its wall clock is off
    private SteadyClock clock;
    private Instant noticedAt = Instant.MAX; // that the ledger is torn
    private boolean isResuming;
    boolean resumed; // an effect was performed again, because the controller had died after its
    // entry
    private int orderId;
    private boolean isClosed;
    private Instant awayUntil = Instant.MIN;
    private UnaryOperator<Facts> lens = UnaryOperator.identity();
    private Consumer<Course> onStep = _ -> {};
    private Consumer<Course> onEffect = _ -> {};

    SimulatedDesk(Chance chance) {
        this(chance, TestingServices.system());
    }

    SimulatedDesk(Chance chance, TradingSystem system) {
        this.chance = chance;
        this.system = system;
        chance.follow(schedule::now);
        world = new World(schedule, chance, system.services().stream().map(Service::name).toList());
        hands = new FakePerformer(world, schedule, chance);
        eyes = new Eyes(world, chance);
        journal = new FakeJournal(chance);
        invariants = new Invariants(world, journal, chance, system);
        clock = newClock();
        loop = newLoop();
        every(TICK, this::tick);
        if (system.services().stream().anyMatch(one -> one.name().equals(GATEWAY))) {
            every(Duration.ofMillis(100), this::submit);
        }
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

    /// Tells of each course that comes to a step: before the entries that say so are durable, and before any effect of the step. So what is
    /// done then strikes the step itself, also one that is begun and taken in a single tick.
    void onStep(Consumer<Course> listener) {
        onStep = listener;
    }

    /// Tells of a course that acts, right before its effect is performed.
    void onEffect(Consumer<Course> listener) {
        onEffect = listener;
    }

    /// No fault from now on, and after a while everything must be well again or stuck by name.
    void healAndCheck(Duration time) {
        chance.heal();
        world.heal();
        run(time);
        isClosed = true; // so that at the end every order has had its time
        run(Duration.ofSeconds(5));
        runUntil(PATIENCE, () -> world.orders.answered == world.orders.submitted);
        new EndInvariants(world).check(loop.desk(), system);
        var replayed = Desk.EMPTY;
        for (var event : journal.events) {
            replayed = replayed.fold(event);
        }
        if (!replayed.equals(loop.desk())) {
            throw new InvariantBroken(
                    Invariant.REPLAYS,
                    "the journal replays to something else than what was decided on");
        }
    }

    void deploy(String service, String version) {
        ask(deployment(service, version));
    }

    BiFunction<Desk, Instant, List<Event>> deployment(String service, String version) {
        return (desk, at) ->
                intents(desk, at)
                        .deploy(
                                planner(desk, at),
                                system.service(service),
                                World.release(version),
                                Outside.NONE,
                                Set.of());
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

    /// The host slept: its clocks are ahead of what was last seen.
    void jumpClock(Duration ahead) {
        slept = slept.plus(ahead);
    }

    /// Somebody sets the host's wall clock. Whoever runs does not notice; the next controller has to cope.
    void setClock(Duration ahead) {
        wrong = wrong.plus(ahead);
    }

    /// As the controller begins: with the wall clock, but not before the last entry.
    private SteadyClock newClock() {
        var last = journal.events.isEmpty() ? Instant.MIN : journal.events.getLast().at();
        return SteadyClock.notBefore(last, now().plus(slept).plus(wrong), this::nanos);
    }

    private long nanos() {
        return Duration.between(START, now()).plus(slept).toNanos();
    }

    private void submit() {
        if (!isClosed) {
            world.submit(GATEWAY, orderId++);
        }
    }

    /// The controller is stopped for a while, as by SIGSTOP. What was on its way to the world arrives there.
    void away(Duration time) {
        awayUntil = now().plus(time);
    }

    private void tick() {
        world.settle();
        if (now().isBefore(awayUntil)) {
            return;
        }
        if (noticedAt.isBefore(now())) {
            restart(); // somebody read in the status that the controller must be restarted
            return;
        }
        try {
            loop.tick(facts());
            if (journal.isTorn() && noticedAt.equals(Instant.MAX)) {
                noticedAt = now().plus(UNNOTICED);
            }
        } catch (FakeJournal.ControllerDied died) {
            restart();
        }
    }

    /// The outside world as it is seen now.
    Facts facts() {
        return look(loop.desk(), clock.instant());
    }

    /// The controller is begun again with another system file.
    void becomes(TradingSystem other) {
        system = other;
        invariants.becomes(other);
        restart();
    }

    /// The controller dies at once, and another one comes.
    void restart() {
        epoch++;
        noticedAt = Instant.MAX;
        invariants.check();
        if (chance.strikes(Fault.LEDGER_RESTORED, 1)) {
            invariants.forgotten(journal.restore(1 + chance.below(8)));
        }
        if (chance.strikes(Fault.CLOCK_SET_BACK, 2)) {
            setClock(Duration.ofSeconds(-chance.below(60)));
        }
        eyes = new Eyes(world, chance); // what the dead one saw died with it
        clock = newClock();
        loop = newLoop();
        awayUntil = now().plus(DOWN);
        invariants.restarted(loop.desk());
        var resumed = loop;
        schedule.after(
                DOWN,
                () -> {
                    if (loop == resumed) {
                        isResuming = true;
                        loop.resume();
                        isResuming = false;
                    }
                });
    }

    private Loop newLoop() {
        var mine = epoch;
        Performer performer =
                (service, course, effect, outcome) -> {
                    resumed |= isResuming;
                    invariants.checkIntended(service, course, effect);
                    invariants.checkStop(service, effect);
                    courses(loop.desk(), service)
                            .filter(one -> one.id().equals(course))
                            .forEach(onEffect);
                    // Stopped between append and act: what was decided is done when the world has
                    // gone on, and what is on its way arrives meanwhile.
                    if (chance.strikes(Fault.CONTROLLER_PAUSES, 15)) {
                        away(PAUSE);
                    }
                    Runnable act =
                            () -> hands.perform(service, course, effect, new Heard(mine, outcome));
                    if (now().isBefore(awayUntil)) {
                        schedule.after(Duration.between(now(), awayUntil), act);
                    } else {
                        act.run();
                    }
                };
        return new Loop(
                new Lawful<>(Desk.decider(system, system.environments().getFirst())),
                new Told(),
                performer);
    }

    /// What a controller that is dead by then does not hear.
    private final class Heard implements Performer.Outcome {
        private final long mine;
        private final Performer.Outcome outcome;

        Heard(long mine, Performer.Outcome outcome) {
            this.mine = mine;
            this.outcome = outcome;
        }

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
    }

    private static Stream<Course> courses(Desk desk, String service) {
        return desk.service(service).courses().filter(Course::isUnderway);
    }

    /// The journal, with whoever listens told of what is about to be appended.
    private final class Told implements Journal {
        @Override
        public List<Event> replay() {
            return journal.replay();
        }

        @Override
        public void append(List<Event> batch) {
            var desk = loop.desk();
            for (var event : batch) {
                var before = courses(desk, event.service()).map(Told::place).toList();
                desk = desk.fold(event);
                courses(desk, event.service())
                        .filter(one -> !before.contains(place(one)))
                        .forEach(onStep);
            }
            journal.append(batch);
        }

        private static String place(Course course) {
            return course.id() + " " + course.index();
        }
    }
}
