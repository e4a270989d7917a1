package desk.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ArbiterTest {
    private final Arbiter arbiter = new Arbiter();

    private static Quote quote(long session, long seq) {
        return new Quote(session, seq, "AAA", BigDecimal.valueOf(seq), BigDecimal.TEN, 0);
    }

    @Test
    void the_first_copy_counts_and_the_second_changes_nothing() {
        arbiter.take(quote(1, 1), 1000);
        arbiter.take(quote(1, 1), 1500);

        assertThat(arbiter.ageMillis(2000)).isEqualTo(1000);
    }

    @Test
    void what_one_line_leaves_out_the_other_fills() {
        arbiter.take(quote(1, 1), 1000);
        arbiter.take(quote(1, 3), 1000);
        arbiter.take(quote(1, 2), 1050);

        assertThat(arbiter.quotes().get("AAA").seq()).isEqualTo(3);
        assertThat(arbiter.gaps()).isZero();
    }

    @Test
    void what_both_lines_leave_out_is_a_gap_once_patience_is_over() {
        arbiter.take(quote(1, 1), 1000);
        arbiter.take(quote(1, 4), 1000);
        assertThat(arbiter.quotes().get("AAA").seq()).isEqualTo(1);

        arbiter.advance(1000 + Arbiter.PATIENCE_MILLIS);

        assertThat(arbiter.quotes().get("AAA").seq()).isEqualTo(4);
        assertThat(arbiter.gaps()).isEqualTo(1);
        assertThat(arbiter.missed()).isEqualTo(2);
    }

    @Test
    void a_venue_that_starts_again_begins_anew_and_what_is_left_of_before_is_ignored() {
        arbiter.take(quote(1, 500), 1000);
        arbiter.take(quote(2, 1), 1100);
        arbiter.take(quote(1, 501), 1200);

        assertThat(arbiter.quotes().get("AAA")).isEqualTo(quote(2, 1));
        assertThat(arbiter.gaps()).isZero();
    }
}
