package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Intents;
import dev.pitcrew.deploy.Outside;
import dev.pitcrew.deploy.Planner;
import dev.pitcrew.deploy.Rollout;
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
import dev.pitcrew.model.Version;
import dev.pitcrew.runtime.process.LocalProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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
    private Controller controller;
    private TradingSystem system;

    @BeforeEach
    void open() throws Exception {
        Files.createDirectories(folder.resolve("versions"));
        for (var version : List.of("1", "2", "3")) {
            Files.writeString(
                    folder.resolve("versions/" + version + ".conf"), "version=" + version + "\n");
        }
        Files.writeString(folder.resolve("our.calendar"), CLOSED);
        system = system();
        controller =
                Controller.open(
                        new ControllerSettings(
                                system,
                                "demo",
                                folder.resolve("data"),
                                Map.of("DESK_SECRET", "hush")));
        plan("1");
        await("1 serves", () -> isOver("1"));
    }

    @AfterEach
    void end() throws IOException {
        controller.close();
        var processes = new LocalProcesses(folder.resolve("data/processes"));
        processes.known().forEach(one -> processes.kill(one.instance()));
    }

    @Test
    void phase_next_open_and_calendar_are_in_the_ledger_and_a_freeze_shuts_it() throws Exception {
        plan("2");
        await("2 serves", () -> isOver("2"));
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
        await("the freeze is known", () -> market().contains("earnings"));
        plan("3");

        await("it waits", () -> waits().contains("earnings"));
        assertThat(isOver("3")).isFalse();
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

    private void plan(String version) throws Exception {
        var service = system.service("prices");
        var release = new Artifacts(folder).release(service, new Version(version));
        var planner = new Planner(system, system.environment("demo"), controller.facts());
        var _ =
                controller
                        .loop()
                        .ask(
                                (desk, at) ->
                                        new Intents(desk, at, "ada", "")
                                                .deploy(
                                                        planner,
                                                        service,
                                                        release,
                                                        Outside.NONE,
                                                        Set.of()))
                        .get(10, TimeUnit.SECONDS);
    }

    private Optional<Rollout> rollout(String version) {
        return controller
                .desk()
                .service("prices")
                .rollout()
                .filter(one -> one.plan().to().version().equals(version));
    }

    private boolean isOver(String version) {
        return rollout(version).filter(Rollout.Over.class::isInstance).isPresent();
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

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in time: " + what + "\n" + controller.desk());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
