package dev.pitcrew.judge.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.judge.Counts;
import dev.pitcrew.judge.Evidence.Counted;
import dev.pitcrew.judge.Values;
import dev.pitcrew.judge.Values.Bucket;
import dev.pitcrew.model.Read;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.Test;

/// Files as people have them.
class InputsTest {
    @Test
    void one_value_a_line_with_comments_and_values_that_are_none() {
        var read = samples("# micros\n3\n1.5\n\nNaN\n1e3\n", Duration.ZERO);

        assertThat(read)
                .isEqualTo(new Read.Good<>(new Samples(List.of(Values.of(1.5, 3, 1000)), 1, 0)));
    }

    @Test
    void all_that_is_wrong_with_a_file_is_said_at_once() {
        var read = samples("3\nfast\n-2\n7 ms\n", Duration.ZERO);

        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Bad.class,
                        bad ->
                                assertThat(bad.problems().toString())
                                        .contains(
                                                "a.txt:2:1 'fast' is no number; write one value a line")
                                        .contains(
                                                "a.txt:3:1 -2 is below zero, which no latency is; look at the clocks")
                                        .contains("a.txt:4:1 '7 ms' is no number"));
    }

    @Test
    void one_value_an_order_and_one_in_a_hundred_milliseconds() {
        String text = "time,key,value\n0.00,a,1\n0.01,a,9\n0.05,b,2\n0.10,c,3\n";

        assertThat(samples(text, Duration.ZERO))
                .isEqualTo(new Read.Good<>(new Samples(List.of(Values.of(1, 2, 3)), 0, 1)));
        assertThat(samples(text, Duration.ofMillis(100)))
                .isEqualTo(new Read.Good<>(new Samples(List.of(Values.of(1, 3)), 0, 2)));
    }

    @Test
    void a_log_of_histograms() {
        var out = new ByteArrayOutputStream();
        var writer = new HistogramLogWriter(out);
        writer.outputLogFormatVersion();
        writer.outputLegend();
        for (int interval = 0; interval < 2; interval++) {
            var histogram = new Histogram(3);
            histogram.recordValue(1_000);
            histogram.recordValueWithCount(50_000, 3);
            histogram.setStartTimeStamp(1_000L * interval);
            histogram.setEndTimeStamp(1_000L * interval + 999);
            writer.outputIntervalHistogram(histogram);
        }
        writer.close();

        var read = Samples.read("a.hlog", out.toByteArray(), Duration.ZERO);

        assertThat(good(read).looks()).hasSize(2);
        assertThat(good(read).all().size()).isEqualTo(8);
        assertThat(good(read).all().buckets())
                .containsExactly(new Bucket(1_000, 1_000, 2), new Bucket(49_984, 50_015, 6));
    }

    @Test
    void a_damaged_log_is_refused_with_its_interval() {
        var text =
                "#[Histogram log format version 1.3]\n\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n0.1,1.0,2.0,HISTFAAAAEV42pNpmSzM\n";
        var read = Samples.read("a.hlog", text.getBytes(StandardCharsets.UTF_8), Duration.ZERO);

        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Bad.class,
                        bad ->
                                assertThat(bad.problems().toString())
                                        .contains(
                                                "interval 1 of the HdrHistogram log can't be read"));
    }

    @Test
    void errors_of_one_order_count_once() {
        String text = "key,error\na,0\na,1\na,1\nb,0\nc,false\n";

        assertThat(Outcomes.read("e.csv", text)).isEqualTo(new Read.Good<>(new Outcomes(1, 3, 2)));
        assertThat(Outcomes.parse("--canary", "3/40"))
                .isEqualTo(new Read.Good<>(new Outcomes(3, 40, 0)));
        assertThat(Outcomes.parse("--canary", "41/40")).isInstanceOf(Read.Bad.class);
        assertThat(Outcomes.parse("--canary", "many")).isInstanceOf(Read.Bad.class);
    }

    @Test
    void a_counter_that_starts_again_counts_from_zero_and_keeps_the_canary_from_passing() {
        var steady = List.of(scrape("e 0\nr 0"), scrape("e 1\nr 100"), scrape("e 2\nr 200"));
        var restarted = List.of(scrape("e 5\nr 50"), scrape("e 7\nr 150"), scrape("e 1\nr 50"));

        assertThat(new Comparison(steady, restarted).counted("e", "r"))
                .isEqualTo(new Counted(Counts.of(1 / 3.0, 1, 1).and(.5, 2, 1), 200, 150, 1, 2));
    }

    @Test
    void a_scrape_that_is_missing_is_bridged() {
        var whole = List.of(scrape("e 0\nr 0"), scrape("e 2\nr 200"));
        var holed = List.of(scrape("e 0\nr 0"), scrape("# nothing"), scrape("e 3\nr 200"));

        assertThat(new Comparison(whole, holed).counted("e", "r"))
                .isEqualTo(new Counted(Counts.of(.5, 3, 2), 200, 200, 1, 0));
    }

    @Test
    void of_a_single_scrape_all_counts_and_instances_are_added_up() {
        var two =
                scrape(
                        "r{instance=\"a\"} 10\nr{instance=\"b\",code=\"200\"} 20 1700000000000\ne 1");

        assertThat(new Comparison(List.of(two), List.of(two)).counted("e", "r"))
                .isEqualTo(new Counted(Counts.of(.5, 1, 1), 30, 30, 1, 0));
        assertThat(new Comparison(List.of(two), List.of(two)).counted("e", "r{code=\"200\"}"))
                .isEqualTo(new Counted(Counts.of(.5, 1, 1), 20, 20, 1, 0));
    }

    @Test
    void what_never_had_an_error_has_none_and_what_had_no_request_has_no_data() {
        var quiet = List.of(scrape("r 100"));
        var silent = List.of(scrape("other 1"));

        assertThat(new Comparison(quiet, quiet).counted("e", "r"))
                .isEqualTo(new Counted(Counts.of(.5, 0, 0), 100, 100, 1, 0));
        assertThat(new Comparison(quiet, silent).counted("e", "r"))
                .isEqualTo(new Counted(Counts.NONE, 100, 0, 1, 0));
    }

    @Test
    void a_classic_histogram_is_values_between_the_ends_of_its_buckets() {
        var one =
                scrape(
                        """
                        # TYPE ack_seconds histogram
                        ack_seconds_bucket{le="0.1"} 3
                        ack_seconds_bucket{le="0.25"} 10
                        ack_seconds_bucket{le="+Inf"} 11
                        ack_seconds_sum 2.5
                        ack_seconds_count 11
                        """);

        assertThat(new Comparison(List.of(one), List.of(one)).measured("ack_seconds", 1).canary())
                .isEqualTo(
                        new Values(
                                List.of(
                                        new Bucket(0, .1, 3),
                                        new Bucket(.1, .25, 7),
                                        new Bucket(.25, Double.POSITIVE_INFINITY, 1))));
    }

    @Test
    void text_that_is_no_scrape_is_refused_with_its_line() {
        var read = Scrape.read("a.prom", "r 1\nr 1\n<html>\nx{a=b} 1\ny NaN\n");

        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Bad.class,
                        bad ->
                                assertThat(bad.problems().toString())
                                        .contains("a.prom:2:1 'r 1' is there twice")
                                        .contains("a.prom:3:1 '<html>' is no Prometheus text")
                                        .contains("a.prom:4:1")
                                        .doesNotContain("a.prom:5:1"));
    }

    @Test
    void errors_that_come_ten_at_a_time_are_seen_to() {
        var even = Collections.nCopies(40, 100.0);
        var single = IntStream.range(0, 40).mapToObj(i -> (double) (i % 3)).toList();
        var other = IntStream.range(0, 40).mapToObj(i -> (double) ((i + 1) % 3)).toList();
        var bursts = new ArrayList<Double>();
        var others = new ArrayList<Double>();
        for (int i = 0; i < 40; i++) {
            bursts.add(i % 4 == 0 ? 10.0 : 0);
            others.add(i % 4 == 2 ? 10.0 : 0);
        }

        assertThat(Comparison.burst(single, other, even, even)).isEqualTo(1);
        assertThat(Comparison.burst(bursts, others, even, even)).isBetween(9.0, 12.0);
    }

    private static Scrape scrape(String text) {
        return good(Scrape.read("a.prom", text));
    }

    private static Read<Samples> samples(String text, Duration thinning) {
        return Samples.read("a.txt", text.getBytes(StandardCharsets.UTF_8), thinning);
    }

    private static <T> T good(Read<T> read) {
        return switch (read) {
            case Read.Good<T>(var document) -> document;
            case Read.Bad<T>(var problems) -> throw new AssertionError(problems.toString());
        };
    }
}
