package dev.pitcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.deploy.Intents;
import dev.pitcrew.deploy.Outside;
import dev.pitcrew.deploy.Planner;
import dev.pitcrew.deploy.Release;
import dev.pitcrew.deploy.RolloutEvent.Approved;
import dev.pitcrew.deploy.RolloutEvent.Finished;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.StateFormats;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.simulation.TestingServices;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatusViewTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Release RELEASE =
            new Release("1", "digest", "", "", new StateFormats("1", Set.of("1")));

    private final TradingSystem system = TestingServices.system();
    private final Environment environment = system.environments().getFirst();

    @Test
    void an_override_is_listed_while_it_matters() {
        var planned = overridden();

        assertThat(overrides(planned)).containsExactly("freeze by r1: the venue asked for it");
        assertThat(overrides(planned.fold(ended(Outcome.DONE))))
                .containsExactly("freeze by r1: the venue asked for it");
        assertThat(overrides(planned.fold(ended(Outcome.GATED)))).isEmpty();
    }

    @Test
    void an_emergency_is_listed_with_the_day_by_which_somebody_else_looks_at_it() {
        var desk = overridden().fold(new Approved(NOON, "gateway", "r1", "ann", "a hash", true));
        var due = NOON.plus(Duration.ofDays(3));

        assertThat(status(desk, due).toReassess())
                .containsExactly(
                        new DeskStatus.Emergency("r1", "gateway", "ann", NOON, due, false));
        assertThat(status(desk, due.plusMillis(1)).toReassess())
                .containsExactly(new DeskStatus.Emergency("r1", "gateway", "ann", NOON, due, true));
    }

    private Desk overridden() {
        var planner = new Planner(system, environment, facts(NOON));
        var desk = Desk.EMPTY;
        for (var event :
                new Intents(desk, NOON, "ann", "the venue asked for it")
                        .deploy(
                                planner,
                                system.service("gateway"),
                                RELEASE,
                                Outside.NONE,
                                Set.of("freeze"))) {
            desk = desk.fold(event);
        }
        return desk;
    }

    private static Finished ended(Outcome outcome) {
        return new Finished(NOON, "gateway", "r1", outcome, "", "");
    }

    private List<String> overrides(Desk desk) {
        return status(desk, NOON).services().getFirst().overrides();
    }

    private DeskStatus status(Desk desk, Instant at) {
        return new StatusView(system, environment, desk, facts(at), Marks.NONE, Map.of(), Map.of())
                .status(
                        new DeskStatus.Controller(1, "", ""),
                        new DeskStatus.Ledger(0, ""),
                        List.of(),
                        List.of());
    }

    private static Facts facts(Instant at) {
        return new Facts(at, Map.of(), Map.of(), Map.of(), Map.of(), new Observed<>(Map.of(), at));
    }
}
