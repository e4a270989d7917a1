package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.app.DataFolder;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.runtime.process.LocalProcesses;
import dev.pitcrew.runtime.process.ProcessSpec;
import dev.pitcrew.runtime.process.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The start of day on the desk of the example, with real processes, FIX sessions and a real controller.
///
/// On 2023-01-24 the backup site of the New York Stock Exchange was left running over night. The primary took its state for that of a day that
/// had begun, and skipped the opening auctions of some 250 symbols.
///
/// @see <a href="https://www.nyse.com/publicdocs/NYSE_2023-01-24_FAQ.pdf">what the exchange said</a>
@Tag("real")
@Tag("long")
class StartOfDayOnTheDeskTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path DESK = Path.of("examples", "desk").toAbsolutePath();
    private static final long LIMIT_SECONDS = 120;
    private static final int NO = ExitCode.REFUSED.code();

    @TempDir private Path folder;
    private Where.Place place;
    private DemoWorld world;
    private DemoOperator operator;

    @BeforeEach
    void all_is_well() throws Exception {
        assumeThat(DESK.resolve("target/desk.jar")).exists();
        write("");
        world = new DemoWorld(place, DESK);
        operator = new DemoOperator(place, world);
        operator.up();
        assertThat(operator.whole("", LIMIT_SECONDS)).isTrue();
        assertThat(world.pitcrew("kill", "--test").exitCode()).isZero();
        Files.writeString(
                Files.createDirectories(place.data().path().resolve("backups"))
                        .resolve("orders.db"),
                "");
    }

    @AfterEach
    void end() {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void
            nyse_2023_01_24_what_was_left_running_over_night_and_a_day_that_seems_begun_are_a_no_and_somebody_is_called()
                    throws Exception {
        var well = world.pitcrew("open", "--check", "--format", "json");
        assertThat(well.exitCode()).as(well.text()).isZero();
        assertThat(answers(well.json()))
                .containsEntry("uniform gateway", "YES")
                .containsEntry("active gateway", "YES")
                .containsEntry("sequence gateway", "YES")
                .containsEntry("reconciled gateway", "YES")
                .containsEntry("kill strategy", "YES")
                .containsEntry("calendar CRYPTO", "YES")
                .containsEntry("feed", "YES")
                .containsEntry("witness", "YES")
                .containsEntry("disk", "YES")
                .containsEntry("backup orders", "YES")
                .containsEntry("overrides", "YES")
                .containsEntry("emergencies", "YES")
                .doesNotContainValue("NO");

        leftRunning("gateway-9");
        tradeUntilTheNumbersAreThoseOfADay();
        operator.killController();
        write(
                DateTimeFormatter.ofPattern("'by: \"'HH:mm' UTC\"'")
                        .withZone(ZoneOffset.UTC)
                        .format(Instant.now()));
        operator.startController(); // which is late for its deadline, and asks at once

        assertThat(DemoWorld.until(60, () -> entries("desk.alarm-raised").size() == 1)).isTrue();
        var asked = entries("desk.open-checked").getLast();
        assertThat(asked.path("by").asText()).isEmpty();
        assertThat(asked.path("ready").asBoolean()).isFalse();
        assertThat(says(asked, "active gateway"))
                .contains("gateway-9 runs, and the ledger knows nothing of it");
        assertThat(says(asked, "sequence gateway"))
                .contains("the venue begins with 1 before each day");
        var alarm = Files.readString(place.data().path().resolve("alarms.jsonl"));
        assertThat(alarm).contains("active gateway", "sequence gateway", "gateway-9");
    }

    @Test
    void an_override_that_serves_an_emergency_and_an_old_backup_are_a_no_each_by_its_name()
            throws Exception {
        var trial = List.of("deploy", "strategy", "2", "--override", "feed", "--reason", "a trial");
        var planned = world.pitcrew(trial.toArray(String[]::new));
        var change = Objects.requireNonNull(operator.line("strategy").changing(), planned::text);
        var alone =
                List.of("approve", "strategy", change.hash(), "--emergency", "--reason", "alone");
        assertThat(world.pitcrew(alone.toArray(String[]::new)).exitCode()).isZero();
        assertThat(
                        DemoWorld.until(
                                LIMIT_SECONDS, () -> operator.line("strategy").changing() == null))
                .isTrue();
        assertThat(operator.whole("strategy", LIMIT_SECONDS)).isTrue();
        Files.setLastModifiedTime(
                place.data().path().resolve("backups/orders.db"),
                FileTime.from(Instant.now().minusSeconds(27 * 3600)));

        var asked = world.pitcrew("open", "--check", "--format", "json");

        assertThat(asked.exitCode()).as(asked.text()).isEqualTo(NO);
        assertThat(says(asked.json(), "overrides")).startsWith("1 open: feed of strategy by ");
        assertThat(says(asked.json(), "emergencies")).startsWith("1 to be re-assessed: ");
        assertThat(says(asked.json(), "backup orders")).isEqualTo("27 h old (at most 26 h)");
        var bad = new TreeMap<>(answers(asked.json()));
        bad.values().removeIf(one -> !one.equals("NO"));
        assertThat(bad.keySet()).containsExactly("backup orders", "emergencies", "overrides");
    }

    /// A process of the day before, of which the ledger knows nothing.
    private void leftRunning(String instance) throws Exception {
        var data = place.data();
        var started =
                new LocalProcesses(data.processes())
                        .start(
                                new ProcessSpec(
                                        instance,
                                        "gateway",
                                        "1",
                                        List.of("sleep", "3600"),
                                        Map.of(),
                                        data.path(),
                                        data.path().resolve(instance + ".log"),
                                        Map.of()));
        assertThat(started).isInstanceOf(Started.Runs.class);
    }

    /// So many messages that nobody would take it for the beginning of one.
    private void tradeUntilTheNumbersAreThoseOfADay() throws Exception {
        world.load(200, 3600, 0);
        assertThat(
                        DemoWorld.until(
                                LIMIT_SECONDS,
                                () -> says(check(), "sequence gateway").contains("no beginning")))
                .isTrue();
        assertThat(world.endLoad().isMissingNode()).isFalse();
    }

    private JsonNode check() {
        try {
            return world.pitcrew("open", "--check", "--format", "json").json();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> answers(JsonNode report) {
        var all = new TreeMap<String, String>();
        for (var row : report.path("rows")) {
            all.put(name(row), row.path("answer").asText());
        }
        return all;
    }

    private static String says(JsonNode report, String row) {
        for (var one : report.path("rows")) {
            if (name(one).equals(row)) {
                return one.path("says").asText();
            }
        }
        throw new AssertionError("no row " + row + " in " + report);
    }

    private static String name(JsonNode row) {
        return (row.path("name").asText() + " " + row.path("about").asText()).strip();
    }

    private List<JsonNode> entries(String type) {
        try {
            var all = new ArrayList<JsonNode>();
            for (var line :
                    world.pitcrew("ledger", "show", "--format", "json").text().lines().toList()) {
                var entry = JSON.readTree(line);
                if (entry.path("type").path("name").asText().equals(type)) {
                    all.add(JSON.readTree(entry.path("body").asText()));
                }
            }
            return all;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// The example with a venue that begins anew before each day, and with a start of day of its own.
    ///
    /// @param by its deadline; empty for none
    private void write(String by) throws Exception {
        var home = Files.createDirectories(folder.resolve("desk"));
        for (var name : new String[] {"target", "versions", "desk.conf", "flags.conf"}) {
            if (!Files.exists(home.resolve(name))) {
                Files.createSymbolicLink(home.resolve(name), DESK.resolve(name));
            }
        }
        var file = home.resolve("pitcrew.yaml");
        var text = Files.readString(DESK.resolve("pitcrew.yaml"));
        var ours =
                text.replace("sequence: continues", "sequence: resets")
                        .replace("venues: [XETR]", "venues: [CRYPTO]") // which opens every day
                        .replace(
                                "without: [clock, backup]",
                                "backups: {orders: {file: '${dir}/backups', within: 26h}}\n      %s\n      without: [clock]"
                                        .formatted(by));
        Files.writeString(file, ours);
        place =
                switch (SystemFile.read(file)) {
                    case Read.Good<TradingSystem>(var system) ->
                            new Where.Place(
                                    file,
                                    system.in("demo"),
                                    system.environment("demo"),
                                    new DataFolder(folder.resolve("data")));
                    case Read.Bad<TradingSystem>(var problems) ->
                            throw new AssertionError(problems);
                };
    }
}
