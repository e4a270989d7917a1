package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.runtime.Awaiting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real controller is killed by its pid after entries of every kind; whoever is started next has to bring everything to an
/// end. `-Dseed=N` plays the deaths of one seed again.
@Tag("real")
class ControllerDeathTest {
    private static final String GATEWAY = "gateway";
    private static final Duration RECONCILE_LIMIT = Duration.ofSeconds(6); // and a little more

    private final long seed = Long.getLong("seed", System.nanoTime() % 1_000_000);
    private final Random random = new Random(seed);
    private final Set<String> doomed = new HashSet<>();

    @TempDir Path folder;
    private MortalDesk desk;
    private MortalController controller;

    @BeforeEach
    void up() throws Exception {
        desk = new MortalDesk(folder);
        controller = new MortalController(desk);
        for (var service : List.of("books", GATEWAY)) {
            first(service);
        }
    }

    private void first(String service) {
        controller.deploy(service, "1");
        controller.approve(service);
        controller.awaitRest(service);
    }

    @AfterEach
    void down() {
        if (controller != null) {
            controller.close();
        }
        desk.close();
    }

    @Test
    void the_desk_survives_the_death_of_its_controller_after_entries_that_a_seed_chose()
            throws Exception {
        for (var death : Death.some(4, random)) {
            survive(death);
        }
    }

    @Test
    @Tag("long")
    void the_desk_survives_the_death_of_its_controller_after_an_entry_of_every_kind()
            throws Exception {
        first("person");
        for (var death : Death.all(random)) {
            survive(death);
        }
    }

    @Test
    void an_absence_longer_than_a_step_may_take_stops_no_failover() throws Exception {
        var books = desk.living("books").getFirst().instance();
        desk.signal(books, "STOP"); // so that the accounts can't be compared
        lose(GATEWAY);
        controller.await(
                "the accounts are all that is missing",
                () -> controller.service(GATEWAY).mending().contains("reconcile"));
        controller.kill();
        controller.close();
        desk.signal(books, "CONT");
        var back = Instant.now().plus(RECONCILE_LIMIT);
        Awaiting.until(
                "its time", Duration.ofMinutes(1), () -> Instant.now().isAfter(back), () -> "");

        controller = new MortalController(desk);
        controller.awaitRest(GATEWAY);

        assertThat(controller.service(GATEWAY).stuck()).isNull();
        assertThat(controller.service(GATEWAY).active()).isNotEmpty();
    }

    private void survive(Death death) throws Exception {
        try {
            var entries = controller.status().ledger().entries();
            play(death, entries - 1);
            var before = desk.pids();
            for (int i = 0; i < death.times(); i++) {
                controller.kill();
                controller.close();
                controller = new MortalController(desk);
            }
            goOn(death);
            check(death, before);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(death + " with -Dseed=" + seed + ": " + e.getMessage(), e);
        }
    }

    /// Until the entry is there after which the controller dies.
    private void play(Death death, long after) {
        switch (death.story()) {
            case HANDOFF -> change(death, other("1", "2"));
            case HANDOFF_WITH_A_HITCH -> change(death, "3");
            case REFUSAL -> change(death, "4");
            case ROLLBACK -> change(death, "5");
            case ABORT -> {
                change(death, other("1", "2"));
                controller.abort(GATEWAY);
            }
            case FAILOVER -> lose(GATEWAY);
            case PERSON -> {
                if (death.type().startsWith("keep.cleared")) {
                    controller.rearm("person");
                } else {
                    lose("person");
                }
            }
        }
        controller.await(death.type(), death.nth(), after);
    }

    private void change(Death death, String version) {
        controller.deploy(GATEWAY, version);
        if (!death.type().startsWith("rollout.planned")) {
            controller.approve(GATEWAY);
        }
    }

    private String other(String one, String another) {
        return controller.service(GATEWAY).version().equals(one) ? another : one;
    }

    private void lose(String service) {
        var active = controller.service(service).active();
        doomed.add(active);
        desk.kill(active);
    }

    /// After the restart, to the end.
    private void goOn(Death death) {
        if (death.type().startsWith("rollout.planned")) {
            controller.approve(GATEWAY);
        }
        if (death.story() == Death.Story.PERSON) {
            controller.await(
                    "a person is needed", () -> controller.service("person").stuck() != null);
        } else {
            controller.awaitRest(GATEWAY);
        }
    }

    private void check(Death death, Map<String, Long> before) throws Exception {
        var line = controller.service(GATEWAY);
        System.out.println(death + ": " + line.lastChange());
        assertThat(line.stuck()).isNull();
        assertThat(line.outcome()).isNotNull().isNotEqualTo(Outcome.STUCK);
        doomed.addAll(desk.shortLived());
        var aftermath = Aftermath.of(desk, controller.events(-1));
        aftermath.exactlyOneIsActive(GATEWAY, line.active(), line.token());
        aftermath.neverTwoActive(GATEWAY, doomed);
        aftermath.tokensOnlyGrew(GATEWAY);
        aftermath.theDeathEndedNobody(before, doomed);
        aftermath.noOutcomeWithoutIntent();
        aftermath.nobodyAlteredTheLedger();
    }
}
