package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pitcrew.app.DataFolder;
import dev.pitcrew.cli.DemoOperator.Ended;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Versions of the real gateway that the demo is too short for, changed by Pitcrew under load, with the desk's own audit at the end.
@Tag("real")
@Tag("long")
class DeskVersionsTest {
    private static final Path DESK = Path.of("examples", "desk").toAbsolutePath();
    private static final String GATEWAY = "gateway";
    private static final long LIMIT_SECONDS = 120;
    private static final Duration WATCHED = Duration.ofSeconds(25);

    @TempDir private Path folder;
    private DemoWorld world;
    private DemoOperator operator;

    @BeforeEach
    void start() throws Exception {
        assumeThat(DESK.resolve("target/desk.jar")).exists();
        var place = place();
        world = new DemoWorld(place, DESK);
        operator = new DemoOperator(place, world);
        operator.up();
        assertThat(operator.whole("", LIMIT_SECONDS)).isTrue();
        assertThat(world.pitcrew("kill", "--test").exitCode()).isZero(); // a gate asks for it
        world.load(100, 3600, 0);
    }

    @AfterEach
    void end() {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void a_version_that_crashes_while_it_is_watched_is_rolled_back() throws Exception {
        assertThat(deploy("2-crashes").outcome()).isEqualTo("rolled back");
        assertThat(operator.line(GATEWAY).version()).isEqualTo("1");

        assertNothingLost();
    }

    /// The venue refuses the second of each, so no order is worked twice; the audit counts that it was tried.
    @Test
    void a_version_that_sends_orders_twice_is_turned_back_long_before_it_was_watched_enough()
            throws Exception {
        var end = deploy("2-duplicates");

        assertThat(end.outcome()).isIn("refused", "rolled back");
        assertThat(end.reason()).contains("duplicate order");
        assertThat(end.watched()).isLessThan(WATCHED);
        assertThat(operator.line(GATEWAY).version()).isEqualTo("1");
    }

    @Test
    void a_version_that_never_ends_its_drain_is_not_left_and_goes_on_serving() throws Exception {
        assertThat(deploy("2-no-drain").outcome()).isEqualTo("done");

        var left = deploy("3");

        assertThat(left.outcome()).isEqualTo("gated"); // it says nothing about the new version
        assertThat(left.reason()).contains("drain").contains("the venue owes");
        assertThat(operator.line(GATEWAY).version()).isEqualTo("2-no-drain");
        assertNothingLost();
    }

    @Test
    void a_version_that_writes_a_new_format_is_done_though_no_way_leads_back() throws Exception {
        var rollout = operator.deploy(GATEWAY, "3-new-format");
        // A change that can't be taken back needs a person, whatever else is approved unasked.
        var change = Objects.requireNonNull(operator.line(GATEWAY).changing());
        assertThat(world.pitcrew("approve", GATEWAY, change.hash()).exitCode()).isZero();

        assertThat(ended(rollout).outcome()).isEqualTo("done");
        assertThat(operator.line(GATEWAY).version()).isEqualTo("3-new-format");

        assertNothingLost();
    }

    private Ended deploy(String version) {
        return ended(operator.deploy(GATEWAY, version));
    }

    private Ended ended(String rollout) {
        var ended = operator.ended(rollout, LIMIT_SECONDS).orElse(new Ended("never ended", ""));
        assertThat(operator.whole("", LIMIT_SECONDS)).as(ended.toString()).isTrue();
        return ended;
    }

    private void assertNothingLost() throws Exception {
        assertThat(world.endLoad().isMissingNode()).isFalse();
        // The strategy trades on, and what it sends while the audit reads would be nobody's order.
        assertThat(world.pitcrew("kill").exitCode()).isZero();
        var audit = world.audit(LIMIT_SECONDS);

        assertThat(audit.isClean()).as(audit.verdict().toPrettyString()).isTrue();
        assertThat(audit.verdict().path("orders").path("acknowledged").asLong()).isPositive();
    }

    /// The example, watched longer: a version that crashes does so after 20 s.
    private Where.Place place() throws Exception {
        var home = Files.createDirectories(folder.resolve("desk"));
        for (var name : new String[] {"target", "versions", "desk.conf", "flags.conf"}) {
            Files.createSymbolicLink(home.resolve(name), DESK.resolve(name));
        }
        var file = home.resolve("pitcrew.yaml");
        var text = Files.readString(DESK.resolve("pitcrew.yaml"));
        var watched = text.replace("rollout: {bake: 3s, readyLimit: 12s}", "rollout: {bake: 25s}");
        assertThat(watched).isNotEqualTo(text);
        Files.writeString(file, watched);
        return switch (SystemFile.read(file)) {
            case Read.Good<TradingSystem>(var system) ->
                    new Where.Place(
                            file,
                            system.in("demo"),
                            system.environment("demo"),
                            new DataFolder(folder.resolve("data")));
            case Read.Bad<TradingSystem>(var problems) -> throw new AssertionError(problems);
        };
    }
}
