package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarketCommandTest {
    private static final String NOON = "2026-11-25T12:00:00Z"; // Wednesday before Thanksgiving

    @TempDir private Path folder;

    /// How a call ended, and what it wrote.
    private record Done(ExitCode end, String out, String err) {}

    @Test
    void sessions_are_printed_as_other_programs_compare_them() {
        var done =
                run(
                        "sessions",
                        "XTKS",
                        "--from",
                        "2015-01-01",
                        "--to",
                        "2015-01-05",
                        "--format",
                        "json");

        assertThat(done.out())
                .isEqualTo(
                        "{\"venue\":\"XTKS\",\"knownThrough\":\"2027-12-31\",\"sessions\":[{\"date\":\"2015-01-05\",\"open\":\"2015-01-05T00:00:00Z\",\"close\":\"2015-01-05T06:00:00Z\",\"breaks\":[{\"start\":\"2015-01-05T02:30:00Z\",\"end\":\"2015-01-05T03:30:00Z\"}],\"reason\":\"regular\"}]}\n");
    }

    @Test
    void thirteen_years_are_one_document() throws IOException {
        var report =
                json(
                        run(
                                "sessions",
                                "XNYS",
                                "--from",
                                "2015-01-01",
                                "--to",
                                "2027-12-31",
                                "--format",
                                "json"));

        assertThat(report.at("/sessions")).hasSize(3268);
        assertThat(report.at("/sessions/3267/date").asText()).isEqualTo("2027-12-31");
    }

    @Test
    void a_person_sees_sessions_with_their_reasons() {
        var done = run("sessions", "XNYS", "--from", "2026-11-25", "--to", "2026-11-27");

        assertThat(done.out())
                .isEqualTo(
                        """
                        2026-11-25  Wed 2026-11-25 14:30Z to Wed 2026-11-25 21:00Z
                        2026-11-27  Fri 2026-11-27 14:30Z to Fri 2026-11-27 18:00Z, the day after Thanksgiving
                        XNYS, known through 2027-12-31
                        """);
    }

    @Test
    void a_status_tells_phase_and_what_comes_next() {
        var done = run("status", "XNYS", "XLON", "XTKS", "--at", NOON);

        assertThat(done.out())
                .isEqualTo(
                        """
                        XNYS         pre-open opens Wed 2026-11-25 14:30Z (in 2 h 30 min)
                        XLON         open     closes Wed 2026-11-25 16:30Z (in 4 h 30 min)
                        XTKS         closed   opens Thu 2026-11-26 00:00Z (in 12 h 0 min)
                        """);
    }

    @Test
    void a_status_is_of_all_venues_when_none_is_named() throws IOException {
        var report = json(run("status", "--at", NOON, "--format", "json"));

        assertThat(report.at("/at").asText()).isEqualTo(NOON);
        assertThat(report.at("/venues")).hasSize(19);
        assertThat(report.at("/venues/14/venue").asText()).isEqualTo("XNYS");
        assertThat(report.at("/venues/14/phase").asText()).isEqualTo("pre-open");
        assertThat(report.at("/venues/14/nextOpen").asText()).isEqualTo("2026-11-25T14:30:00Z");
        assertThat(report.at("/venues/14/version").asText()).hasSize(64);
    }

    @Test
    void what_is_not_known_is_said_to_be_unknown() {
        var done = run("status", "XNYS", "--at", "2028-01-03T15:00:00Z");

        assertThat(done.out())
                .isEqualTo(
                        "XNYS         unknown  known from 2015-01-01 through 2027-12-31 alone\n");
    }

    @Test
    void windows_say_when_to_change_and_who_is_in_session() {
        var done =
                run(
                        "windows",
                        "XNYS",
                        "--minutes",
                        "20",
                        "--clear",
                        "15",
                        "--at",
                        NOON,
                        "--most",
                        "3");

        assertThat(done.out())
                .isEqualTo(
                        """
                        Wed 2026-11-25 12:00Z to Wed 2026-11-25 14:15Z  2 h 15 min  none of them trades
                        Wed 2026-11-25 14:45Z to Wed 2026-11-25 20:45Z  6 h 0 min  in session: XNYS
                        Wed 2026-11-25 21:15Z to Fri 2026-11-27 14:15Z  1 d 17 h  none of them trades
                        """);
    }

    @Test
    void windows_are_json_too() throws IOException {
        var report =
                json(
                        run(
                                "windows",
                                "XNYS",
                                "--clear",
                                "15",
                                "--closed",
                                "--at",
                                NOON,
                                "--most",
                                "2",
                                "--format",
                                "json"));

        assertThat(report.at("/minutes").asInt()).isEqualTo(20);
        assertThat(report.at("/clear").asInt()).isEqualTo(15);
        assertThat(report.at("/windows/1").toString())
                .isEqualTo(
                        "{\"start\":\"2026-11-25T21:15:00Z\",\"end\":\"2026-11-27T14:15:00Z\",\"minutes\":2460,\"trading\":[]}");
    }

    @Test
    void ones_own_file_is_laid_over_ours() throws IOException {
        var file = folder.resolve("our.calendar");
        Files.writeString(file, "venue XNYS\nfreeze 2026-11-25 \"earnings\"\n");

        var done = run("status", "XNYS", "--at", NOON, "--calendars", file.toString());

        assertThat(done.out())
                .endsWith("; frozen until Thu 2026-11-26 05:00Z: earnings\n")
                .startsWith("XNYS         pre-open");
    }

    @Test
    void problems_of_ones_own_file_are_all_said_with_their_places() throws IOException {
        var file = folder.resolve("our.calendar");
        Files.writeString(file, "venue XNYS\nclosed 2026-11-25\nfreeze soon \"earnings\"\n");

        var done = run("status", "--calendars", file.toString());

        assertThat(done.end()).isEqualTo(ExitCode.REFUSED);
        assertThat(done.err().lines())
                .hasSize(2)
                .first()
                .isEqualTo(
                        "pitcrew: "
                                + file
                                + ":2:18 the line ends; wanted a reason in double quotes");
    }

    @Test
    void what_can_t_be_understood_is_said_with_what_to_write() {
        assertThat(run("status", "XNYZ").end()).isEqualTo(ExitCode.USAGE);
        assertThat(run("status", "XNYZ").err()).contains("no venue is called XNYZ", "XNYS");
        assertThat(run("sessions").err()).contains("name one venue");
        assertThat(run("sessions", "XNYS", "--from", "2026-02-02", "--to", "2026-02-01").err())
                .contains("--to is before --from");
        assertThat(run("windows", "--closed").err()).contains("--closed goes only with --clear");
        assertThat(run("windows", "--minutes", "0").end()).isEqualTo(ExitCode.USAGE);
        assertThat(run("status", "--calendars", "nowhere").end()).isEqualTo(ExitCode.FAILED);
    }

    private static JsonNode json(Done done) throws IOException {
        assertThat(done.err()).isEmpty();
        return new ObjectMapper().readTree(done.out());
    }

    private static Done run(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        var all = new String[args.length + 1];
        all[0] = "market";
        System.arraycopy(args, 0, all, 1, args.length);
        var end = Main.run(new PrintWriter(out), new PrintWriter(err), all);
        return new Done(end, out.toString(), err.toString());
    }
}
