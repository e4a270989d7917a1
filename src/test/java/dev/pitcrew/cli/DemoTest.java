package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pitcrew.app.DataFolder;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo itself, with the desk of examples/desk, its venue and its clients.
@Tag("real")
class DemoTest {
    private static final Path DESK = Path.of("examples", "desk");

    @TempDir private Path folder;
    private final List<String> told = new ArrayList<>();

    @Test
    void with_good_versions_only_all_comes_about_and_nothing_is_rolled_back() throws Exception {
        assertGood(play(60, 5, true), "done", "done", "done");
    }

    @Tag("long")
    @RepeatedTest(10)
    void ten_runs_without_a_bad_version_roll_nothing_back_and_harm_nobody_did_is_not_found()
            throws Exception {
        var report = play(200, 20, true);

        assertGood(report, "done", "done", "done");
        assertThat(report.judged())
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.name()).isEqualTo("entry 2");
                            assertThat(one.verdict()).isIn("PASS", "INCONCLUSIVE");
                            assertThat(one.canary()).isGreaterThan(500);
                        });
    }

    @Tag("long")
    @Test
    void bad_versions_are_refused_or_rolled_back_and_whoever_dies_is_replaced() throws Exception {
        var report = play(200, 60, false);

        assertGood(
                report,
                "done",
                "refused",
                "refused",
                "refused",
                "rolled back",
                "rolled back",
                "rolled back",
                "done");
        assertThat(report.judged())
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.name()).isEqualTo("entry 2-slow");
                            assertThat(one.verdict()).isEqualTo("FAIL");
                            assertThat(one.orders()).isBetween(100L, one.predictedMost());
                        });
        assertThat(report.failures()).hasSize(4);
        assertThat(report.failover().count()).isEqualTo(2);
    }

    private void assertGood(DemoReport report, String... outcomes) {
        assertThat(report.wrong()).as(String.join("\n", told)).isEmpty();
        assertThat(report.releases())
                .extracting(DemoReport.ReleaseEnd::outcome)
                .containsExactly(outcomes);
        assertThat(report.orders().acknowledged()).isPositive();
    }

    private DemoReport play(int rate, int seconds, boolean isGoodOnly) throws Exception {
        assumeThat(DESK.resolve("target/desk.jar")).exists();
        var place = place();
        try (var world = new DemoWorld(place, DESK)) {
            return new Demo(place, world, told::add, rate, seconds, isGoodOnly).play();
        }
    }

    private Where.Place place() {
        var file = DESK.resolve("pitcrew.yaml").toAbsolutePath();
        return switch (SystemFile.read(file)) {
            case Read.Good<TradingSystem>(var system) ->
                    new Where.Place(
                            file,
                            system.in("demo"),
                            system.environment("demo"),
                            new DataFolder(folder));
            case Read.Bad<TradingSystem>(var problems) -> throw new AssertionError(problems);
        };
    }
}
