package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Gate.Measure;
import dev.pitcrew.deploy.Gate.Sense;
import dev.pitcrew.model.Observed;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:01.25Z");
    private static final Gate CLOCK =
            new Gate("clock", Sense.AT_MOST, 50, "ms", Duration.ofSeconds(10));

    @Test
    void evidence_says_what_was_measured_when_and_by_what() {
        var evidence = CLOCK.judge(new Observed<>(new Measure(3, "chronyc tracking"), NOON), NOON);

        assertThat(evidence.passed()).isTrue();
        assertThat(evidence.sentence())
                .isEqualTo("clock 3 ms (at most 50 ms, by chronyc tracking, 12:00:01Z)");
        assertThat(evidence.brief()).isEqualTo("clock 3 ms (at most 50 ms, by chronyc tracking)");
    }

    @Test
    void a_number_tells_what_it_is_made_of() {
        var gate = new Gate("reconciliation", Sense.AT_MOST, 0, "", Duration.ofSeconds(10));
        var measure = new Measure(1, "one and two", "AAA open 3 and 2, position 5 and 5");

        assertThat(gate.judge(new Observed<>(measure, NOON), NOON).sentence())
                .isEqualTo(
                        "reconciliation 1 (at most 0, by one and two, 12:00:01Z): AAA open 3 and 2, position 5 and 5");
    }

    @Test
    void what_was_measured_too_long_ago_is_unknown_and_says_when_that_was() {
        var evidence =
                CLOCK.judge(
                        new Observed<>(new Measure(3, "chronyc tracking"), NOON),
                        NOON.plusSeconds(11));

        assertThat(evidence.passed()).isFalse();
        assertThat(evidence.sentence())
                .isEqualTo("clock is unknown (at most 50 ms, last measured 12:00:01Z)");
    }

    @Test
    void what_was_never_measured_does_not_pass() {
        var evidence = CLOCK.judge(Observed.unknown(), NOON);

        assertThat(evidence.passed()).isFalse();
        assertThat(evidence.sentence())
                .isEqualTo("clock is unknown (at most 50 ms, never measured)");
    }

    @Test
    void a_small_number_keeps_its_digits() {
        var gate = new Gate("killTested", Sense.AT_MOST, 5.0 / 1440, "days", CLOCK.maxAge());

        assertThat(gate.judge(Observed.unknown(), NOON).sentence())
                .isEqualTo("killTested is unknown (at most 0.00347 days, never measured)");
    }

    @Test
    void a_floor_passes_from_the_limit_on() {
        var gate = new Gate("disk", Sense.AT_LEAST, 100, "bytes", CLOCK.maxAge());

        assertThat(gate.judge(new Observed<>(new Measure(100, "df"), NOON), NOON).passed())
                .isTrue();
        assertThat(gate.judge(new Observed<>(new Measure(99, "df"), NOON), NOON).passed())
                .isFalse();
    }
}
