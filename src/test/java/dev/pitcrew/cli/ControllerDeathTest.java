package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.cli.Death.Story;
import dev.pitcrew.runtime.Awaiting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real controller is killed by its pid after entries of each kind; whoever is started next has to bring everything to an
/// end. Each death says after which entry it struck, as the ledger's file has it.
@Tag("real")
class ControllerDeathTest {
    private static final String GATEWAY = "gateway";
    private static final Duration RECONCILE_LIMIT = Duration.ofSeconds(6); // and a little more
    private static final int SOME = 6; // of about 30 kinds; with the days each has its turn
    private static final int STAGES = 2; // side by side, since a death is mostly waiting

    private final long seed = Long.getLong("seed", System.nanoTime() % 1_000_000);

    @TempDir Path folder;

    @Test
    void the_desk_survives_the_death_of_its_controller_after_entries_of_kinds_that_a_seed_chose()
            throws Exception {
        survive(SOME, Death::isQuick);
    }

    @Test
    @Tag("long")
    void the_desk_survives_the_death_of_its_controller_after_an_entry_of_every_kind()
            throws Exception {
        survive(Integer.MAX_VALUE, _ -> true);
    }

    private void survive(int most, Predicate<Death> which) throws Exception {
        System.out.printf(
                "deaths of seed %d; again with mvn -Dtest=ControllerDeathTest -Dseed=%d test%n",
                seed, seed);
        var ofEachKind = Death.ofEachKind(new Random(seed));
        var deaths =
                new ConcurrentLinkedQueue<>(ofEachKind.stream().filter(which).limit(most).toList());
        onStages(
                stage -> {
                    for (var death = deaths.poll(); death != null; death = deaths.poll()) {
                        assertThat(played(stage, death)).as("%s struck", death).isTrue();
                    }
                });
    }

    @Test
    @Tag("long")
    void the_desk_survives_the_death_of_its_controller_after_every_turn_of_every_story()
            throws Exception {
        var stories = new ConcurrentLinkedQueue<>(Arrays.asList(Story.values()));
        onStages(
                stage -> {
                    for (var story = stories.poll(); story != null; story = stories.poll()) {
                        int turn = 1;
                        while (played(stage, new Death(story, new Moment.Turn(turn), 1))) {
                            turn++;
                        }
                        assertThat(turn).as("turns of %s, and one", story).isGreaterThan(1);
                    }
                });
    }

    @Test
    void an_absence_longer_than_a_step_may_take_stops_no_failover() throws Exception {
        try (var stage = new Stage(folder)) {
            stage.first("books");
            stage.first(GATEWAY);
            var desk = stage.desk();
            var books = desk.living("books").getFirst().instance();
            desk.signal(books, "STOP"); // so that the accounts can't be compared
            desk.kill(stage.controller().service(GATEWAY).active());
            stage.controller()
                    .await(
                            "the accounts are all that is missing",
                            () ->
                                    stage.controller()
                                            .service(GATEWAY)
                                            .mending()
                                            .contains("reconcile"));
            stage.killController();
            desk.signal(books, "CONT");
            var back = Instant.now().plus(RECONCILE_LIMIT);
            Awaiting.until(
                    "its time", Duration.ofMinutes(1), () -> Instant.now().isAfter(back), () -> "");

            stage.nextController();
            stage.controller().awaitRest(GATEWAY);

            assertThat(stage.controller().service(GATEWAY).stuck()).isNull();
            assertThat(stage.controller().service(GATEWAY).active()).isNotEmpty();
        }
    }

    private interface Play {
        void on(Stage stage) throws Exception;
    }

    private void onStages(Play play) throws Exception {
        try (var stages = Executors.newVirtualThreadPerTaskExecutor()) {
            var all =
                    IntStream.range(0, STAGES)
                            .mapToObj(
                                    i ->
                                            stages.<Void>submit(
                                                    () -> {
                                                        try (var stage =
                                                                new Stage(folder.resolve("" + i))) {
                                                            stage.first("books");
                                                            stage.first(GATEWAY);
                                                            play.on(stage);
                                                        }
                                                        return null;
                                                    }))
                            .toList();
            for (var one : all) {
                one.get();
            }
        }
    }

    private boolean played(Stage stage, Death death) {
        try {
            return stage.play(death);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(death + " with -Dseed=" + seed + ": " + e.getMessage(), e);
        }
    }
}
