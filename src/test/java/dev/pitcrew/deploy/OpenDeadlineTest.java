package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.market.Calendar;
import dev.pitcrew.market.Calendars;
import dev.pitcrew.model.Opening;
import dev.pitcrew.model.Opening.AtTime;
import dev.pitcrew.model.Opening.BeforeOpen;
import dev.pitcrew.model.Opening.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// When the controller asks for a start of day by itself. New York opens at 14:30 UTC in November.
class OpenDeadlineTest {
    private static final List<Calendar> NEW_YORK =
            List.of(Calendars.builtIn().calendar("XNYS").orElseThrow());
    private static final Deadline BEFORE = new BeforeOpen("XNYS", Duration.ofMinutes(30));
    private static final Deadline NINE =
            new AtTime(LocalTime.of(9, 0), ZoneId.of("America/New_York"));

    @Test
    void it_is_due_from_the_deadline_on_until_it_was_asked_for() {
        var deadline = Instant.parse("2026-11-25T14:00:00Z");

        assertThat(due(BEFORE, "2026-11-25T13:59:59Z")).isEmpty();
        assertThat(due(BEFORE, "2026-11-25T14:00:00Z")).contains(deadline);
        assertThat(due(BEFORE, "2026-11-25T16:00:00Z")).contains(deadline);
        assertThat(
                        OpenDeadline.due(
                                opening(BEFORE),
                                NEW_YORK,
                                deadline,
                                Instant.parse("2026-11-25T16:00:00Z")))
                .isEmpty();
    }

    @Test
    void a_controller_that_slept_through_the_day_asks_no_more() {
        assertThat(due(BEFORE, "2026-11-25T21:59:59Z")).isPresent();
        assertThat(due(BEFORE, "2026-11-25T22:00:00Z")).isEmpty();
    }

    @Test
    void a_holiday_and_a_weekend_have_no_deadline() {
        assertThat(due(BEFORE, "2026-11-26T15:00:00Z")).isEmpty(); // Thanksgiving
        assertThat(due(NINE, "2026-11-26T15:00:00Z")).isEmpty();
        assertThat(due(NINE, "2026-11-28T15:00:00Z")).isEmpty(); // a Saturday
        assertThat(due(NINE, "2026-11-27T14:00:00Z"))
                .contains(Instant.parse("2026-11-27T14:00:00Z"));
    }

    @Test
    void without_a_calendar_a_time_of_day_counts_on_every_day() {
        assertThat(
                        OpenDeadline.due(
                                opening(NINE),
                                List.of(),
                                Instant.MIN,
                                Instant.parse("2026-11-28T15:00:00Z")))
                .contains(Instant.parse("2026-11-28T14:00:00Z"));
    }

    @Test
    void a_day_that_no_calendar_knows_is_asked_for_all_the_same() {
        assertThat(due(NINE, "2099-06-01T14:00:00Z")).isPresent();
        assertThat(due(BEFORE, "2099-06-01T01:00:00Z"))
                .contains(Instant.parse("2099-06-01T00:00:00Z"));
    }

    @Test
    void where_no_deadline_is_named_none_is_due() {
        assertThat(
                        OpenDeadline.due(
                                Opening.NONE,
                                NEW_YORK,
                                Instant.MIN,
                                Instant.parse("2026-11-25T14:00:00Z")))
                .isEmpty();
    }

    private static Optional<Instant> due(Deadline by, String now) {
        return OpenDeadline.due(opening(by), NEW_YORK, Instant.MIN, Instant.parse(now));
    }

    private static Opening opening(Deadline by) {
        return new Opening(Optional.of(by), List.of(), List.of(), Set.of());
    }
}
