package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.cli.VerbDesk.Done;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The start of day and promotion, by their verbs, on a small real desk.
@Tag("real")
class OpenVerbTest {
    private static final String MORE_PROBES =
            """
                  sequenceOut: {command: [cat, "${config}/out"]}
                  sequenceIn: {command: [cat, "${config}/out"]}
                  killed: {http: /status, pointer: /killed}
            """;
    private static final String OPENING =
            """
            gates: {diskFree: 1B}, opening: {without: [clock, calendar, witness], backups: {orders: {file: open, within: 1h}}}, alarms: [{command: [tee, "${dir}/alarm"]}]}
              paper: {kind: paper, approval: two-people, follows: demo, gates: {diskFree: 1B}}
            """;

    private static final String LONG_AGO = "2026-01-05T08:00:00Z";

    @TempDir private Path folder;
    private VerbDesk desk;
    private VerbDesk next;

    @BeforeEach
    void write() throws Exception {
        desk =
                new VerbDesk(
                        folder,
                        text ->
                                text.replace(
                                                "      session: {http",
                                                MORE_PROBES + "      session: {http")
                                        .replace("gates: {diskFree: 1B}}\n", OPENING));
        next = new VerbDesk(desk, "paper");
        Files.writeString(folder.resolve("out"), "812\n");
        good(desk, "up");
    }

    @AfterEach
    void end() throws Exception {
        desk.close();
        next.close();
    }

    @Test
    void the_day_begins_once_every_row_is_yes_and_else_somebody_is_called() throws Exception {
        var early = desk.run("open", "--check", "--format", "json");
        assertThat(early.end()).as("%s %s", early, desk.log()).isEqualTo(ExitCode.REFUSED);
        assertThat(answer(early.json(), "kill")).isEqualTo("NO"); // never tried

        good(desk, "kill", "--test");
        var ready = good(desk, "open", "--check");
        assertThat(ready.out())
                .contains("next out 812, next in 812")
                .endsWith("the day may begin\n");

        Files.writeString(folder.resolve("out"), "3\n");
        var late = desk.run("open", "--check", "--by", LONG_AGO, "--format", "json");
        assertThat(late.end()).isEqualTo(ExitCode.STUCK);
        assertThat(answer(late.json(), "sequence")).isEqualTo("NO");
        assertThat(late.json().path("alarms").path(0).asText()).isEqualTo("tee took it");
        assertThat(Files.readString(desk.data().path().resolve("alarm")))
                .contains("they went back from next out 812");
        assertThat(types()).endsWith("desk.open-checked", "desk.alarm-raised");
    }

    @Test
    void where_no_controller_answers_at_the_deadline_the_verb_calls_by_itself() throws Exception {
        good(desk, "down");

        var late = desk.run("open", "--check", "--by", LONG_AGO);

        assertThat(late.end()).isEqualTo(ExitCode.STUCK);
        assertThat(late.err()).contains("alarm: tee took it").contains("no controller runs");
        assertThat(Files.readString(desk.data().path().resolve("alarm")))
                .contains("nobody can tell");
    }

    @Test
    void what_was_watched_in_one_environment_is_promoted_with_its_proofs() throws Exception {
        var unwatched = promote();
        assertThat(unwatched.end()).isEqualTo(ExitCode.REFUSED);
        assertThat(unwatched.err()).contains("nobody watches a first start");

        var all = good(desk, "deploy", "--all", "gateway=2", "books=2");
        assertThat(all.out().indexOf("books to 2")).isLessThan(all.out().indexOf("gateway to 2"));

        assertThat(next.run("up", "--env", "paper", "--limit", "1s").end())
                .isEqualTo(ExitCode.REFUSED); // two people have to agree
        next.run("abort", "books", "--env", "paper");
        var plan = promote("--plan");
        assertThat(plan.end()).as("%s %s", plan, next.log()).isEqualTo(ExitCode.OK);
        assertThat(plan.out()).contains("promoted from demo by its ledger small/demo+");

        Files.writeString(folder.resolve("versions/2.conf"), "version=2, built again\n");
        assertThat(promote().err()).contains("nothing may be rebuilt on the way");
    }

    private Done promote(String... more) {
        var line = new ArrayList<>(List.of("promote", "paper", "books"));
        line.addAll(List.of("--from-dir", desk.data().path().toString()));
        line.addAll(List.of(more));
        return next.run(line.toArray(String[]::new));
    }

    private List<String> types() throws Exception {
        return good(desk, "ledger", "show", "--format", "json").jsonLines().stream()
                .map(one -> one.path("type").path("name").asText())
                .toList();
    }

    private static String answer(JsonNode report, String row) {
        for (var one : report.path("rows")) {
            if (one.path("name").asText().equals(row)) {
                return one.path("answer").asText();
            }
        }
        throw new AssertionError("no row " + row + " in " + report);
    }

    private static Done good(VerbDesk desk, String... words) throws Exception {
        var done = desk.run(words);
        assertThat(done.end()).as("%s %s", done, desk.log()).isEqualTo(ExitCode.OK);
        return done;
    }
}
