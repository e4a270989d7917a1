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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real strategy in shadow: what its new version would have sent is recorded and compared, and the venue never sees it.
@Tag("real")
@Tag("long")
class DeskShadowTest {
    private static final Path FILE = Path.of("bench/rollouts/pitcrew.yaml").toAbsolutePath();
    private static final Path DESK = Path.of("examples", "desk").toAbsolutePath();
    private static final String STRATEGY = "strategy";
    private static final long LIMIT_SECONDS = 150;

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
    }

    @AfterEach
    void end() {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void what_is_alike_takes_over_and_what_is_not_is_refused_and_no_shadow_reaches_the_venue()
            throws Exception {
        assertThat(deploy("2").outcome()).isEqualTo("done");
        assertThat(operator.line(STRATEGY).version()).isEqualTo("2");
        var before = operator.line(STRATEGY).active();

        var wide = deploy("3-wide");

        assertThat(wide.outcome()).as(wide.reason()).isEqualTo("refused");
        assertThat(wide.reason()).contains("judged FAIL");
        assertThat(operator.line(STRATEGY).active()).isEqualTo(before);
        assertThat(recorded()).isNotEmpty();
        var venue = Files.readString(folder.resolve("data/venue/orders.jsonl"));
        assertThat(venue).contains(before + "-").doesNotContain("-shadow");
    }

    private Ended deploy(String version) {
        var rollout = operator.deploy(STRATEGY, version);
        return operator.ended(rollout, LIMIT_SECONDS).orElse(new Ended("never ended", ""));
    }

    /// What shadows would have sent.
    private List<String> recorded() throws Exception {
        try (var files = Files.list(folder.resolve("data/shadow"))) {
            return files.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".orders.jsonl"))
                    .toList();
        }
    }

    private Where.Place place() throws Exception {
        return switch (SystemFile.read(FILE)) {
            case Read.Good<TradingSystem>(var system) ->
                    new Where.Place(
                            FILE,
                            system.in("shadow"),
                            system.environment("shadow"),
                            new DataFolder(folder.resolve("data")));
            case Read.Bad<TradingSystem>(var problems) -> throw new AssertionError(problems);
        };
    }
}
