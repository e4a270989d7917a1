package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.cli.Death.Story;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.ledger.Entry;
import dev.pitcrew.model.OperationFailed;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// A desk on which stories are played whose controller dies, one after the other.
final class Stage implements AutoCloseable {
    private static final String GATEWAY = "gateway";
    private static final String NEWCOMER = "eve";
    private static final int TRIES = 4;
    private static final long LIMIT_NANOS = Duration.ofSeconds(90).toNanos();
    private static final long LONG_NANOS =
            Duration.ofSeconds(20).toNanos(); // no story takes that long to its moment
    private static final long LOOK_NANOS = 200_000; // much less than a turn of the loop takes
    private static final long REST_LOOK_NANOS = 100_000_000;

    private final MortalDesk desk;
    private final Set<String> doomed = new HashSet<>();
    private MortalController controller;

    Stage(Path folder) throws Exception {
        desk = new MortalDesk(folder);
        controller = new MortalController(desk);
    }

    MortalDesk desk() {
        return desk;
    }

    MortalController controller() {
        return controller;
    }

    /// Brings a service up that never ran, unless it runs.
    void first(String service) {
        if (controller.service(service).version().isEmpty()) {
            controller.deploy(service, "1");
            controller.approve(service);
            controller.awaitRest(service);
        }
    }

    /// Plays a death. One that came some turns too late was a death as well, but of another moment, so the story is played again.
    ///
    /// @return whether it struck; not when the story was over before its moment came
    boolean play(Death death) throws Exception {
        for (int i = 0; i < TRIES; i++) {
            var entries = struck(death);
            if (entries.isEmpty()) {
                return false;
            }
            var late = death.moment().turnsAfter(entries.get());
            System.out.printf(
                    "%s: died after entry %d, %s%s; %s%n",
                    death,
                    entries.get().getLast().index(),
                    entries.get().getLast().type(),
                    late == 0 ? "" : ", " + late + " turns too late",
                    controller.service(death.story().service()).lastChange());
            if (late == 0) {
                return true;
            }
        }
        throw new AssertionError("the controller died too late " + TRIES + " times");
    }

    /// @return what the ledger had got when the controller died, since the story began; empty when it did not die
    private Optional<List<Entry>> struck(Death death) throws Exception {
        var story = death.story();
        first(story.service());
        var last = controller.status().ledger().entries() - 1;
        List<Entry> entries;
        try (var watch = new LedgerWatch(desk.ledger(), last)) {
            var acts = CompletableFuture.runAsync(() -> perform(story));
            if (!await(death, watch, acts)) {
                return Optional.empty();
            }
            controller.kill();
            entries = List.copyOf(watch.entries());
            end(acts);
        }
        var before = desk.pids();
        controller.close();
        controller = new MortalController(desk);
        for (int i = 1; i < death.times(); i++) {
            controller.kill();
            controller.close();
            controller = new MortalController(desk);
        }
        isAsLeft(since(last));
        goOn(story);
        check(story, before);
        return Optional.of(entries);
    }

    /// What whoever took over has found. That may be more than was seen when the one before died: SQLite shows what it has made durable a moment
    /// later, or, after a death in that moment, once somebody has opened the file again.
    private List<Entry> since(long last) throws Exception {
        try (var watch = new LedgerWatch(desk.ledger(), last)) {
            return List.copyOf(watch.entries());
        }
    }

    /// Waits for the moment; then there is no time to lose.
    private boolean await(Death death, LedgerWatch watch, CompletableFuture<?> acts)
            throws Exception {
        var begun = System.nanoTime();
        var nextTold = begun + LONG_NANOS;
        var nextLook = begun;
        while (death.moment().index(watch.entries()) < 0) {
            if (acts.isCompletedExceptionally()) {
                acts.join(); // it tells why
            }
            if (acts.isDone() && System.nanoTime() > nextLook) {
                nextLook = System.nanoTime() + REST_LOOK_NANOS;
                if (isOver(death.story(), watch.entries())) {
                    return false;
                }
            }
            if (System.nanoTime() > begun + LIMIT_NANOS) {
                throw new AssertionError("waited in vain, at " + controller.status());
            }
            if (System.nanoTime() > nextTold) {
                nextTold = System.nanoTime() + LONG_NANOS;
                System.out.printf(
                        "%s has not struck in %d s: %s; %s%n",
                        death,
                        Duration.ofNanos(System.nanoTime() - begun).toSeconds(),
                        controller.service(death.story().service()),
                        tail(watch.entries()));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    /// The latest entries, for whoever has to find out why nothing goes on.
    private static String tail(List<Entry> entries) {
        return entries.subList(Math.max(0, entries.size() - 5), entries.size()).toString();
    }

    private boolean isOver(Story story, List<Entry> entries) {
        return entries.stream().anyMatch(one -> Moment.kindOf(one).equals(story.end()))
                && (story == Story.PERSON
                        || MortalController.isAtRest(controller.service(story.service())));
    }

    private static void end(CompletableFuture<?> acts)
            throws InterruptedException, TimeoutException {
        try {
            acts.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof OperationFailed)) { // else whom they asked was dead
                throw new AssertionError(e.getCause());
            }
        }
    }

    /// What befalls the desk, and what its people do about it until the controller dies.
    private void perform(Story story) {
        switch (story) {
            case HANDOFF -> change(other(GATEWAY));
            case HANDOFF_WITH_A_HITCH -> change("3");
            case REFUSAL -> change("4");
            case ROLLBACK -> change("5");
            case ABORT -> {
                change(other(GATEWAY));
                controller.abort(GATEWAY);
            }
            case FAILOVER -> lose(GATEWAY);
            case PERSON -> person();
            case FREEZE -> {
                controller.freeze();
                controller.thaw();
            }
            case KILL -> {
                kill();
                controller.await("killed", () -> controller.service(GATEWAY).killed());
                controller.rearm(GATEWAY);
                controller.approve(GATEWAY);
            }
            case KILL_TEST -> kill("--test");
            case OPERATORS -> {
                run("operator", "add", NEWCOMER);
                run("operator", "remove", NEWCOMER);
            }
            case JUDGED -> {
                controller.deploy("judged", another("judged"));
                controller.approve("judged");
                controller.await("a person is asked", () -> isAsked("judged"));
                controller.approve("judged");
            }
            case START_OF_DAY -> controller.open(false);
            case DEADLINE -> controller.open(true);
            case EMERGENCY -> {
                controller.deploy("books", other("books"));
                controller.takeOnOneself("books");
                controller.awaitRest("books");
                var rollout = controller.status().toReassess().getLast().rollout();
                controller.reassess("books", rollout);
            }
        }
    }

    private void change(String version) {
        controller.deploy(GATEWAY, version);
        controller.approve(GATEWAY);
    }

    /// A good one that is not the version before, which would not be judged.
    private String another(String service) {
        return switch (controller.service(service).version()) {
            case "1" -> "2";
            case "2" -> "6";
            default -> "1";
        };
    }

    /// Whether what is judged waits for somebody who keeps it.
    private boolean isAsked(String service) {
        var change = controller.service(service).changing();
        return change != null && change.waitsFor().contains("somebody who keeps it");
    }

    private String other(String service) {
        return controller.service(service).version().equals("1") ? "2" : "1";
    }

    private void person() {
        if (controller.service("person").stuck() == null) {
            lose("person");
            controller.await(
                    "a person is needed", () -> controller.service("person").stuck() != null);
        }
        controller.rearm("person");
    }

    private void lose(String service) {
        var active = controller.service(service).active();
        doomed.add(active);
        desk.kill(active);
    }

    /// The verb itself, which drives the hooks and writes the spool even while no controller runs.
    private void kill(String... more) {
        var line = new ArrayList<>(List.of("kill", "--service", GATEWAY));
        line.addAll(List.of(more));
        run(line.toArray(String[]::new));
    }

    private void run(String... verb) {
        var line = new ArrayList<>(List.of(verb));
        line.addAll(
                List.of("--file", desk.file().toString(), "--dir", desk.data().path().toString()));
        var silent = new PrintWriter(Writer.nullWriter());
        assertThat(Main.run(silent, silent, line.toArray(String[]::new))).isEqualTo(ExitCode.OK);
    }

    /// Whoever takes over knows what was written before: what operators did to the desk is as they left it.
    private void isAsLeft(List<Entry> entries) {
        for (var entry : entries) {
            switch (Moment.kindOf(entry)) {
                case "desk.frozen" ->
                        assertThat(controller.status().freeze() != null)
                                .isEqualTo(
                                        entries.stream()
                                                .noneMatch(
                                                        one ->
                                                                Moment.kindOf(one)
                                                                        .equals("desk.thawed")));
                case "desk.killed" ->
                        assertThat(
                                        controller.service(GATEWAY).killed()
                                                || entries.stream()
                                                        .anyMatch(
                                                                one ->
                                                                        Moment.kindOf(one)
                                                                                .equals(
                                                                                        "rollout.started")))
                                .as("killed, unless arming again had begun")
                                .isTrue();
                case "desk.reassessed" ->
                        assertThat(controller.status().toReassess())
                                .extracting(DeskStatus.Emergency::rollout)
                                .doesNotContain(entry.subject());
                default -> {} // goOn sees to it
            }
        }
    }

    /// To the end, as people would who come back to it.
    private void goOn(Story story) {
        controller.await(
                "the end of " + story,
                () -> {
                    var status = controller.status();
                    var line = controller.service(story.service());
                    if (status.freeze() != null) {
                        controller.thaw();
                    } else if (line.changing() != null
                            && line.changing().state().equals("waiting")) {
                        approve(story.service());
                    } else if (isAsked(story.service())) {
                        approve(story.service());
                    } else if (line.killed() && line.changing() == null) {
                        controller.rearm(story.service());
                    } else if (line.stuck() != null) {
                        return true;
                    } else {
                        return MortalController.isAtRest(line);
                    }
                    return false;
                });
    }

    private void approve(String service) {
        try {
            controller.approve(service);
        } catch (Refused _) { // it went on by itself meanwhile
        }
    }

    private void check(Story story, Map<String, Long> before) throws Exception {
        var service = story.service();
        var line = controller.service(service);
        if (story != Story.PERSON) {
            assertThat(line.stuck()).isNull();
            assertThat(line.outcome()).isNotNull().isNotEqualTo(Outcome.STUCK);
        }
        if (story == Story.OPERATORS) {
            controller.lookAtOperators();
        }
        doomed.addAll(desk.shortLived());
        var aftermath = Aftermath.of(desk, controller.events(-1));
        if (service.equals(GATEWAY)) {
            aftermath.exactlyOneIsActive(GATEWAY, line.active(), line.token());
            aftermath.neverTwoActive(GATEWAY, doomed);
            aftermath.tokensOnlyGrew(GATEWAY);
        }
        aftermath.theDeathEndedNobody(before, doomed);
        aftermath.noOutcomeWithoutIntent();
        aftermath.theLedgerNamesWhoMayAct();
        aftermath.nobodyAlteredTheLedger();
    }

    /// Kills the controller and lets another one come later.
    void killController() throws Exception {
        controller.kill();
        controller.close();
    }

    void nextController() throws Exception {
        controller = new MortalController(desk);
    }

    @Override
    public void close() {
        controller.close();
        desk.close();
    }
}
