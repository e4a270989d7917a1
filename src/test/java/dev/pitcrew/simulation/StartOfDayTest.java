package dev.pitcrew.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.OpenCheck;
import dev.pitcrew.deploy.OpenFacts;
import dev.pitcrew.deploy.OpenRow;
import dev.pitcrew.deploy.OpenRow.Answer;
import dev.pitcrew.deploy.Sights;
import dev.pitcrew.market.Calendar;
import dev.pitcrew.market.Calendars;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.SequenceNumbers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whether the day may begin, row by row, on the desk of the simulation. It is a Monday, in New York half an hour before the open.
class StartOfDayTest extends Scenario {
    private static final Calendar NEW_YORK = calendar("XNYS");
    private static final SequenceNumbers NUMBERS = new SequenceNumbers(812, 640);
    private static final String VENUES =
            """
            venues:
              simx: {protocol: FIX.4.4, address: '127.0.0.1:1', session: {sender: DESK1, target: SIMX}, sequence: SEQUENCE}
            """;
    private static final String PROBES =
            """
                  sequenceOut: {http: /status, pointer: /out}
                  sequenceIn: {http: /status, pointer: /in}
            """;
    private static final String FILE =
            CAREFUL.replace("services:\n", VENUES + "services:\n")
                            .replace(
                                    "role: order-entry\n",
                                    "role: order-entry\n    venues: [simx]\n")
                            .replace("      unanswered:", PROBES + "      unanswered:")
                    + "    opening: {backups: {orders: {file: '${dir}/backups', within: 26h}}, without: [feed]}\n";

    @BeforeEach
    void all_is_well() throws IOException {
        play("continues");
    }

    private void play(String sequence) throws IOException {
        playOn(FILE.replace("SEQUENCE", sequence));
        for (var gate : List.of("feed", "clock", "witnessed", "killTested")) {
            measures(gate, 1);
        }
        measures("disk", 1e9);
        desk.system.services().forEach(one -> first(one.name()));
    }

    @Test
    void where_all_is_well_every_row_is_yes_and_has_its_numbers() {
        var rows = startOfDay(all(NUMBERS, Map.of(), Duration.ofHours(3)));

        assertThat(rows).allSatisfy(one -> assertThat(one.answer()).isEqualTo(Answer.YES));
        assertThat(OpenCheck.isReady(rows)).isTrue();
        assertThat(rows)
                .contains(
                        yes("uniform", "gateway", "2 of 2 run 1 and are ready"),
                        yes("uniform", "quotes", "8 of 8 run 1 and are ready"),
                        yes("active", "gateway", "gateway-1 alone, token 1 of 1; 1 other instance"),
                        yes("sequence", "gateway", "next out 812, next in 640"),
                        yes(
                                "calendar",
                                "XNYS",
                                "2026-11-23, open 2026-11-23T14:30:00Z to 2026-11-23T21:00:00Z"),
                        yes("clock", "", "clock 1 ms (at most 50 ms, by a scenario)"),
                        yes("kill", "gateway", "killTested 1 days (at most 7 days, by the ledger)"),
                        yes("backup", "orders", "3 h old (at most 26 h)"),
                        yes("overrides", "", "0 open"),
                        yes("emergencies", "", "0 to be re-assessed"));
    }

    @Test
    void what_nobody_measures_is_no() {
        for (var gate : List.of("clock", "witnessed", "disk")) {
            measuresNothing(gate);
        }

        var rows = startOfDay(OpenFacts.UNKNOWN);

        assertThat(rows)
                .filteredOn(one -> one.answer() == Answer.NO)
                .extracting(OpenRow::name)
                .containsExactly(
                        "sequence", "kill", "calendar", "clock", "witness", "disk", "backup");
        assertThat(OpenCheck.isReady(rows)).isFalse();
        assertThat(OpenCheck.sentence(rows))
                .startsWith("not ready: sequence gateway: unknown: the active instance");
    }

    @Test
    void what_the_file_does_without_is_shown_and_does_not_count() {
        measures("feed", 30_000);

        var rows = startOfDay(all(NUMBERS, Map.of(), Duration.ofHours(3)));

        assertThat(row(rows, "feed").answer()).isEqualTo(Answer.WAIVED);
        assertThat(row(rows, "feed").says()).contains("feed 30000 ms");
        assertThat(OpenCheck.isReady(rows)).isTrue();
    }

    @Test
    void one_instance_of_another_build_makes_the_fleet_mixed() {
        says("quotes-5", runs("power-peg-digest", ""));

        var row = startOfDay("uniform").get(1);

        assertThat(row.answer()).isEqualTo(Answer.NO);
        assertThat(row.says())
                .startsWith("7 of 8 run 1 and are ready: quotes-5 runs binary power-pe");
    }

    @Test
    void numbers_that_went_back_are_no_where_the_venue_goes_on() {
        var before = Map.of("gateway", new SequenceNumbers(900, 700));

        var row = row(startOfDay(all(NUMBERS, before, Duration.ZERO)), "sequence");

        assertThat(row.answer()).isEqualTo(Answer.NO);
        assertThat(row.says())
                .isEqualTo(
                        "next out 812, next in 640: they went back from next out 900, next in 700, and the venue goes on");
    }

    @Test
    void numbers_that_went_back_are_right_where_the_venue_begins_anew_and_high_ones_are_not()
            throws IOException {
        play("resets");
        var before = Map.of("gateway", new SequenceNumbers(90_000, 70_000));

        assertThat(row(startOfDay(all(NUMBERS, before, Duration.ZERO)), "sequence").answer())
                .isEqualTo(Answer.YES);
        var high = new SequenceNumbers(90_001, 3);
        assertThat(row(startOfDay(all(high, before, Duration.ZERO)), "sequence").says())
                .endsWith(
                        "the venue begins with 1 before each day, and more than 1000 is no beginning");
    }

    @Test
    void numbers_that_no_session_was_logged_on_with_are_no() {
        says("gateway-1", Sights::loggedOut);

        assertThat(row(startOfDay(all(NUMBERS, Map.of(), Duration.ZERO)), "sequence").says())
                .endsWith("the venue has not taken them: no session is logged on");
    }

    @Test
    void an_old_backup_is_no() {
        var row = row(startOfDay(all(NUMBERS, Map.of(), Duration.ofHours(27))), "backup");

        assertThat(row)
                .isEqualTo(
                        new OpenRow(
                                "backup",
                                "orders",
                                Answer.NO,
                                "27 h old (at most 26 h)",
                                "make one"));
    }

    @Test
    void what_is_killed_or_underway_is_no() {
        desk.deploy("quotes", "2");
        desk.ask((_, now) -> List.of(new DeskEvent.Killed(now, "gateway", "simon", "", false, "")));
        desk.run(Duration.ofSeconds(1));

        assertThat(startOfDay("stuck").getFirst().says()).isEqualTo("it is killed");
        assertThat(startOfDay("changes").get(1))
                .extracting(OpenRow::answer, OpenRow::says)
                .containsExactly(Answer.NO, "r4 to 2 is underway");
    }

    @Test
    void what_is_in_the_way_of_the_controller_is_no() {
        var more = all(NUMBERS, Map.of(), Duration.ZERO);
        var rows =
                startOfDay(
                        new OpenFacts(
                                more.venues(),
                                Optional.of("venues.calendar:3 is no calendar"),
                                more.sequences(),
                                more.backups(),
                                more.before(),
                                more.killTested(),
                                List.of("the ledger's disk is full")));

        assertThat(row(rows, "controller").says()).isEqualTo("the ledger's disk is full");
        assertThat(row(rows, "calendar").says()).isEqualTo("venues.calendar:3 is no calendar");
    }

    @Test
    void numbers_that_were_not_read_now_are_kept_for_the_next_time() {
        var environment = desk.system.environments().getFirst();
        var before = Map.of("gateway", NUMBERS);
        var more = all(NUMBERS, before, Duration.ZERO);
        var unread =
                new OpenFacts(
                        more.venues(),
                        Optional.empty(),
                        Map.of("gateway", Observed.unknown()),
                        more.backups(),
                        before,
                        more.killTested(),
                        List.of());

        var event =
                new OpenCheck(desk.system, environment, desk.desk(), desk.facts(), unread)
                        .event(desk.now(), "anna");

        assertThat(event.sequences()).isEqualTo(before);
        assertThat(event.ready()).isFalse();
    }

    private static OpenRow yes(String name, String about, String says) {
        return new OpenRow(name, about, Answer.YES, says, "");
    }

    private static OpenRow row(List<OpenRow> rows, String name) {
        return rows.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    private OpenFacts all(
            SequenceNumbers numbers, Map<String, SequenceNumbers> before, Duration backup) {
        Instant now = desk.facts().at();
        return new OpenFacts(
                List.of(NEW_YORK),
                Optional.empty(),
                Map.of("gateway", new Observed<>(numbers, now)),
                Map.of("orders", new Observed<>(backup, now)),
                before,
                Map.of("gateway", now.minus(Duration.ofDays(1))),
                List.of());
    }

    private static Calendar calendar(String name) {
        return Calendars.builtIn().calendar(name).orElseThrow();
    }
}
