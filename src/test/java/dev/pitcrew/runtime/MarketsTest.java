package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Gates;
import dev.pitcrew.market.Calendars;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarketsTest {
    private static final Instant EVENING = Instant.parse("2026-11-25T22:00:00Z"); // Wednesday
    private static final Instant HOLIDAY = Instant.parse("2026-11-26T16:00:00Z"); // Thanksgiving
    private static final Instant SESSION = Instant.parse("2026-11-25T16:00:00Z");

    @TempDir private Path folder;

    @Test
    void it_counts_the_venues_that_stand_against_a_change() throws IOException {
        var markets = markets("{venues: [XNYS, XLON]}");

        assertThat(markets.problem()).isEmpty();
        assertThat(markets.measure(SESSION).number()).isEqualTo(2);
        assertThat(markets.measure(HOLIDAY).number()).isEqualTo(1);
        assertThat(markets.measure(EVENING).number()).isZero();
        assertThat(markets.measure(EVENING).detail())
                .contains("XNYS post, opens 2026-11-27T14:30:00Z", "(calendar ");
    }

    @Test
    void the_evidence_that_the_ledger_gets_has_phase_what_comes_next_and_the_calendar()
            throws IOException {
        var system = system("{venues: [XNYS]}");
        var environment = system.environment("demo");
        var markets = Markets.of(system, environment).orElseThrow();
        var gate =
                Gates.beforeChange(system, environment, system.service("web"), true).stream()
                        .filter(one -> one.name().equals("market"))
                        .findFirst()
                        .orElseThrow();
        var version = Calendars.builtIn().calendar("XNYS").orElseThrow().version().hex();

        var open = gate.judge(new Observed<>(markets.measure(SESSION), SESSION), SESSION);
        var closed = gate.judge(new Observed<>(markets.measure(EVENING), EVENING), EVENING);

        assertThat(open.passed()).isFalse();
        assertThat(closed.passed()).isTrue();
        assertThat(closed.sentence())
                .isEqualTo(
                        "market 0 venues in the way (at most 0 venues in the way, by the calendars, 22:00:00Z): XNYS post, opens 2026-11-27T14:30:00Z, closes 2026-11-27T18:00:00Z (calendar %s)"
                                .formatted(version.substring(0, 12)));
    }

    @Test
    void in_session_is_allowed_where_the_system_file_says_so() throws IOException {
        assertThat(markets("{venues: [XNYS], sessions: allow}").measure(SESSION).number()).isZero();
        assertThat(
                        markets("{venues: [XNYS], sessions: allow, clear: 2h}")
                                .measure(SESSION)
                                .number())
                .isEqualTo(1);
    }

    @Test
    void a_file_that_changes_is_read_again_and_a_bad_one_shuts_the_gate() throws IOException {
        var file = folder.resolve("our.calendar");
        Files.writeString(file, "venue XNYS\n");
        var markets = markets("{venues: [XNYS], calendars: our.calendar}");
        assertThat(markets.measure(EVENING).number()).isZero();

        Files.writeString(file, "venue XNYS\nfreeze 2026-11-25 \"earnings\"\n");
        markets.refresh();
        assertThat(markets.measure(EVENING).number()).isEqualTo(1);
        assertThat(markets.measure(EVENING).detail()).contains("frozen until", "earnings");

        Files.writeString(file, "venue XNYS\nfreeze 2026-11-25\n");
        markets.refresh();
        assertThat(markets.measure(HOLIDAY).number()).isEqualTo(1);
        assertThat(markets.measure(HOLIDAY).detail())
                .isEqualTo(file + ":2:18 the line ends; wanted a reason in double quotes");

        Files.delete(file);
        markets.refresh();
        assertThat(markets.measure(HOLIDAY).detail()).contains("can't be read");

        Files.writeString(file, "venue XNYS\n");
        markets.refresh();
        assertThat(markets.measure(HOLIDAY).number()).isZero();
    }

    @Test
    void a_venue_that_no_calendar_has_is_a_problem() throws IOException {
        assertThat(markets("{venues: [XNYZ]}").problem())
                .hasValueSatisfying(
                        text -> assertThat(text).startsWith("no venue is called XNYZ; known are "));
    }

    @Test
    void an_environment_without_such_a_gate_has_no_markets() {
        var system = TestingSystem.in(folder, List.of());

        assertThat(Markets.of(system, system.environments().getFirst())).isEmpty();
    }

    @Test
    void a_service_whose_venues_name_segments_goes_by_these_in_place_of_the_environments()
            throws IOException {
        var system = system("{venues: [XNYS, XLON], clear: 20m}");
        var environment = system.environment("demo");
        var tokyo = Markets.of(system, environment, system.service("tokyo")).orElseThrow();

        assertThat(Markets.of(system, environment, system.service("web"))).isEmpty();
        assertThat(tokyo.measure(SESSION).number()).isZero();
        assertThat(tokyo.measure(SESSION).detail()).startsWith("XTKS closed, opens ");
        assertThat(tokyo.measure(Instant.parse("2026-11-25T23:41:00Z")).number()).isEqualTo(1);
    }

    private Markets markets(String gate) throws IOException {
        var system = system(gate);
        return Markets.of(system, system.environment("demo")).orElseThrow();
    }

    private TradingSystem system(String gate) throws IOException {
        var file = folder.resolve("pitcrew.yaml");
        Files.writeString(
                file,
                """
                system: small
                services:
                  web: {role: stateless, command: ["true"]}
                  tokyo: {role: other, command: ["true"], venues: [tse], rollout: {strategy: stop-start}}
                venues:
                  tse: {protocol: FIX.4.4, address: "127.0.0.1:1", session: {sender: A, target: B}, segments: [XTKS]}
                environments:
                  demo:
                    kind: demo
                    approval: none
                    gates: {market: %s}
                """
                        .formatted(gate));
        return ((Read.Good<TradingSystem>) SystemFile.read(file)).document();
    }
}
