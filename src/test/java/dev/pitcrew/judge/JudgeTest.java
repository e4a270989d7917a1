package dev.pitcrew.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.judge.Evidence.Counted;
import dev.pitcrew.judge.Evidence.Measured;
import dev.pitcrew.judge.Judge.Stage;
import dev.pitcrew.judge.Metric.Latency;
import dev.pitcrew.judge.Metric.Rate;
import dev.pitcrew.judge.Metric.Share;
import dev.pitcrew.judge.Metric.Worse;
import dev.pitcrew.model.Role;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Latency LATENCY = new Latency("latency", Latency.QUANTILES);
    private static final Share ERRORS = new Share("errors", Worse.MORE, Margin.OF_SHARES);

    @Test
    void three_times_the_errors_fail_and_the_sentence_says_why() {
        var judgement = judge(ERRORS, Counted.of(40, 10_000, 120, 10_000));

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judgement.sentence())
                .startsWith(
                        "errors: 120 of 10000 on the canary, 40 of 10000 on the baseline, at least")
                .contains("where a margin of 20 % or 0.1 percentage points is allowed (log E");
    }

    @Test
    void equal_errors_pass_once_there_are_enough_of_them() {
        assertThat(judge(ERRORS, Counted.of(900, 30_000, 900, 30_000)).verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(judge(ERRORS, Counted.of(9, 300, 9, 300)).verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void twice_a_tiny_share_of_errors_is_within_a_tenth_of_a_percentage_point() {
        var twice = Counted.of(100, 1_000_000, 200, 1_000_000);

        assertThat(judge(ERRORS, twice).verdict()).isEqualTo(Verdict.PASS);
        assertThat(judge(new Share("errors", Worse.MORE, Margin.of(0.2)), twice).verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void errors_where_there_were_none_before_fail() {
        assertThat(judge(ERRORS, Counted.of(0, 1_000, 50, 1_000)).verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void a_little_more_than_the_margin_fails_in_the_end() {
        assertThat(judge(ERRORS, Counted.of(100_000, 1_000_000, 130_000, 1_000_000)).verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void fewer_fills_fail_and_more_do_not() {
        var fills = new Share("fill-share", Worse.LESS, Margin.of(0.2));

        assertThat(judge(fills, Counted.of(600, 1_000, 300, 1_000)).verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(judge(fills, Counted.of(300, 1_000, 600, 1_000)).verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void a_message_rate_fails_in_both_directions() {
        var rate = new Rate("message-rate", Worse.EITHER, Margin.of(0.5));

        assertThat(judge(rate, Counted.of(5_000, 100, 1_000, 100)).verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(judge(rate, Counted.of(1_000, 100, 5_000, 100)).verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(judge(rate, Counted.of(1_000, 100, 1_010, 100)).verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void sixty_points_of_ten_against_sixty_of_twelve_fail_in_every_unit() {
        for (double unit : new double[] {1, 1e-3, 1e-6, 1e3}) {
            var trial =
                    Trial.NONE.with(
                            "latency", measured(spread(10, 60, unit), spread(12, 60, unit)));
            var judgement =
                    Judge.judge(List.of(LATENCY), trial, Rules.DEFAULT.expecting(60), Stage.OVER);

            assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        }
    }

    /// Around a middle, one percent wide.
    private static double[] spread(double middle, int size, double unit) {
        var values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = middle * (1 + 0.01 * (i - size / 2.0) / size) * unit;
        }
        return values;
    }

    @Test
    void what_other_judges_pass_on_ten_values_never_passes() {
        double[] ones = new double[10];
        Arrays.fill(ones, 1);
        double[] mostlyHundreds = {100, 100, 100, 100, 100, 100, 100, 1, 1, 1};
        double[] some = {0, .048, 0, .18, .089, 0, .098, .035, 0, 0};

        assertThat(judge(LATENCY, measured(ones, mostlyHundreds)).verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(
                        judge(LATENCY, measured(new double[6], new double[] {0, 1, 2, 1, 0, 0}))
                                .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judge(LATENCY, measured(new double[10], some)).verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void without_data_nothing_passes() {
        assertThat(judge(LATENCY, measured(new double[] {}, new double[] {})).verdict())
                .isEqualTo(Verdict.NO_DATA);
        assertThat(judge(ERRORS, Counted.of(0, 1_000, 0, 0)).verdict()).isEqualTo(Verdict.NO_DATA);
        assertThat(Judge.judge(List.of(), Trial.NONE, Rules.DEFAULT, Stage.OVER).verdict())
                .isEqualTo(Verdict.NO_DATA);
        assertThat(
                        Judge.judge(
                                        List.of(ERRORS, LATENCY),
                                        Trial.NONE.with(
                                                "errors", Counted.of(900, 30_000, 900, 30_000)),
                                        Rules.DEFAULT,
                                        Stage.OVER)
                                .verdict())
                .isEqualTo(Verdict.NO_DATA);
    }

    @Test
    void values_that_are_none_keep_a_release_from_passing() {
        double[] same = spread(10, 5_000, 1);
        var whole = measured(same, same);
        var holed = new Measured(whole.baseline(), whole.canary(), SignCount.NONE, 1, 0);

        assertThat(judge(LATENCY, whole).verdict()).isEqualTo(Verdict.PASS);
        assertThat(judge(LATENCY, holed).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void coarse_buckets_do_not_pass_and_say_that_they_are_coarse() {
        var coarse = Values.of(List.of(new Values.Bucket(0.1, 0.25, 5_000)));
        var judgement = judge(LATENCY, Measured.of(coarse, coarse));

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.metrics().getFirst().notes())
                .anyMatch(note -> note.contains("finer buckets are needed"));
    }

    @Test
    void harm_that_was_shown_stays_shown() {
        var shown = Trial.NONE.with("errors", Counted.of(10, 1_000, 60, 1_000));
        var remembered =
                shown.remembering(
                                Judge.judge(List.of(ERRORS), shown, Rules.DEFAULT, Stage.UNDERWAY))
                        .with("errors", Counted.of(900, 30_000, 800, 30_000));

        assertThat(Judge.judge(List.of(ERRORS), remembered, Rules.DEFAULT, Stage.OVER).verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void while_more_will_come_it_goes_on() {
        assertThat(
                        Judge.judge(
                                        List.of(ERRORS),
                                        Trial.NONE.with("errors", Counted.of(9, 300, 9, 300)),
                                        Rules.DEFAULT,
                                        Stage.UNDERWAY)
                                .verdict())
                .isEqualTo(Verdict.CONTINUE);
    }

    @Test
    void one_duplicate_order_id_fails_whatever_else_was_seen() {
        var trial =
                Trial.NONE
                        .with("errors", Counted.of(900, 30_000, 900, 30_000))
                        .with(new Guard("duplicate client order ids", 1, 0));
        var judgement = Judge.judge(List.of(ERRORS), trial, Rules.DEFAULT, Stage.UNDERWAY);

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judgement.sentence())
                .isEqualTo(
                        "duplicate client order ids: 1, and more than 0 are harm whatever else was counted");
    }

    @Test
    void nothing_passes_while_the_balancer_does_not_give_the_canary_its_share() {
        var equal = Trial.NONE.with("errors", Counted.of(900, 30_000, 900, 30_000));

        assertThat(verdict(equal.with(new Split(0.5, 30_000, 30_000)))).isEqualTo(Verdict.PASS);
        assertThat(verdict(equal.with(new Split(0.5, 32_000, 30_000))))
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    private static Verdict verdict(Trial trial) {
        return Judge.judge(List.of(ERRORS), trial, Rules.DEFAULT, Stage.OVER).verdict();
    }

    @Test
    void errors_in_bursts_count_once_a_burst() {
        var single = Counted.of(20, 10_000, 90, 10_000);

        assertThat(judge(ERRORS, single).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judge(ERRORS, single.withBurst(10)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judge(ERRORS, single.withBurst(10)).metrics().getFirst().notes())
                .containsExactly("events come about 10 at a time, so that many count as one");
    }

    @Test
    void a_trial_that_is_written_down_wrongly_is_refused_with_its_line() {
        assertThatThrownBy(() -> TrialText.read("trial 1\nlooks\t2\ncounted\terrors\t1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 3 of a trial's text is damaged");
    }

    @Test
    void what_sends_orders_is_judged_by_orders() {
        assertThat(BusinessMetrics.of(Role.ORDER_ENTRY))
                .extracting(line -> line.metric().name())
                .containsExactly(
                        "errors",
                        "reject-share",
                        "fill-share",
                        "cancel-replace-ratio",
                        "order-to-ack",
                        "message-rate");
        assertThat(BusinessMetrics.of(Role.STATELESS))
                .extracting(line -> line.metric().name())
                .containsExactly("errors");
    }

    @Test
    void a_margin_is_read_as_people_write_it() {
        assertThat(Margin.parse("20%")).hasValue(Margin.of(0.2));
        assertThat(Margin.parse("+0.2")).hasValue(Margin.of(0.2));
        assertThat(Margin.parse("0.1pp")).hasValue(new Margin(0, 0.001));
        assertThat(Margin.parse("20%, 0.1pp")).hasValue(new Margin(0.2, 0.001));
        assertThat(Margin.parse("a fifth")).isEmpty();
    }

    @Test
    void how_much_is_needed_is_known_beforehand() {
        var forecast = new Forecast(Rules.DEFAULT, 1);

        assertThat(forecast.eventsToPass(0.5, 0.2, 1).orElseThrow()).isBetween(1_500.0, 1_600.0);
        assertThat(forecast.eventsToPass(0.25, 0.2, 1).orElseThrow()).isBetween(2_000.0, 2_200.0);
        assertThat(forecast.eventsToPass(0.05, 0.2, 1).orElseThrow()).isBetween(9_500.0, 10_000.0);
        assertThat(forecast.eventsToPass(0.5, 0.2, 1.3)).isEmpty();
    }

    private static Judgement judge(Metric metric, Evidence evidence) {
        return Judge.judge(
                List.of(metric),
                Trial.NONE.with(metric.name(), evidence),
                Rules.DEFAULT,
                Stage.OVER);
    }

    private static Measured measured(double[] baseline, double[] canary) {
        return Measured.of(Values.of(baseline), Values.of(canary));
    }
}
