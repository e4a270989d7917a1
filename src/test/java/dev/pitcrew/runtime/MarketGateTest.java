package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Situation;
import dev.pitcrew.deploy.StepTaken;
import dev.pitcrew.deploy.Terms;
import dev.pitcrew.deploy.Waits;
import dev.pitcrew.model.ByteSize;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.GateLimits;
import dev.pitcrew.model.MarketLimit;
import dev.pitcrew.model.StrategyName;
import dev.pitcrew.model.TradingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The gate `market` of a real controller, and what of it is in the ledger.
@Tag("real")
@SuppressWarnings("NullAway.Init") // opened before each test
class MarketGateTest {
    private static final String CLOSED =
            """
            venue OURS "our dark pool"
            zone UTC
            known 2015-01-01 to 2099-12-31
            hours 09:00 to 09:01 daily from 2099-01-01
            """;

    @TempDir private Path folder;
    private Operator operator;
    private Controller controller;
    private TradingSystem system;

    @BeforeEach
    void open() throws Exception {
        Operator.write(folder, "1", "2", "3");
        Files.writeString(folder.resolve("our.calendar"), CLOSED);
        system = system();
        operator = Operator.open(system);
        controller = operator.controller();
        var _ = operator.deploy("prices", "1");
    }

    @AfterEach
    void end() throws IOException {
        operator.end();
    }

    @Test
    void phase_next_open_and_calendar_are_in_the_ledger_and_a_freeze_shuts_it() throws Exception {
        var _ = operator.deploy("prices", "2");
        assertThat(evidence())
                .containsPattern(
                        "market 0 venues in the way \\(at most 0 venues in the way, by the calendars, [0-9:]{8}Z\\): "
                                + "OURS closed, opens 2099-01-01T09:00:00Z, closes 2099-01-01T09:01:00Z \\(calendar [0-9a-f]{12}\\)");

        var today = LocalDate.now(ZoneOffset.UTC);
        Files.writeString(
                folder.resolve("our.calendar"),
                CLOSED
                        + "freeze %s to %s \"earnings\"\n"
                                .formatted(today.minusDays(2), today.plusDays(2)));
        operator.await("the freeze is known", () -> market().contains("earnings"));
        var _ = operator.plan("prices", "3");

        operator.await("it waits", () -> waits().contains("earnings"));
        assertThat(operator.isOver("prices", "3")).isFalse();
        assertThat(evidence()).doesNotContain("earnings");
    }

    private TradingSystem system() {
        var one = TestingSystem.many(folder, StrategyName.BLUE_GREEN);
        var demo = TestingSystem.environment(List.of());
        var market =
                new MarketLimit(
                        List.of("OURS"),
                        Duration.ofMinutes(1),
                        false,
                        Optional.of(Path.of("our.calendar")));
        var environment =
                new Environment(
                        demo.name(),
                        demo.runtime(),
                        demo.kind(),
                        demo.balancer(),
                        demo.approval(),
                        Duration.ofHours(1),
                        Duration.ofDays(3),
                        demo.windows(),
                        new GateLimits(
                                Optional.empty(),
                                Optional.empty(),
                                new ByteSize(1),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(market),
                                List.of()),
                        demo.ledger(),
                        List.of(),
                        Map.of());
        return new TradingSystem(
                one.name(),
                one.owner(),
                one.site(),
                one.host(),
                one.venues(),
                one.services(),
                one.stores(),
                one.feeds(),
                List.of(environment),
                folder,
                one.digest());
    }

    private String market() {
        var measured = controller.facts().measures().get("market");
        return measured == null || measured.value() == null ? "" : measured.value().detail();
    }

    private String waits() {
        return controller
                .desk()
                .service("prices")
                .rollout()
                .map(
                        one ->
                                Waits.reason(
                                        one,
                                        Situation.of(
                                                system.service("prices"),
                                                controller.desk().service("prices"),
                                                controller.facts(),
                                                Terms.of(system, system.environment("demo")))))
                .orElse("");
    }

    /// What checks that passed have seen, as the ledger has it.
    private String evidence() {
        var journal = new LedgerJournal(controller.ledger());
        try (var entries = controller.ledger().entries(0)) {
            return String.join(
                    "\n",
                    entries.flatMap(one -> journal.event(one).stream())
                            .filter(StepTaken.class::isInstance)
                            .map(one -> ((StepTaken) one).evidence())
                            .toList());
        }
    }
}
