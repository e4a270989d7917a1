package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.JudgeEvent.JudgingBegun;
import dev.pitcrew.deploy.JudgeEvent.Looked;
import dev.pitcrew.deploy.JudgeEvent.Reading;
import dev.pitcrew.deploy.VerdictPicture.Evidence;
import dev.pitcrew.deploy.VerdictPicture.Point;
import dev.pitcrew.model.Fraction;
import dev.pitcrew.model.JudgedMetric;
import dev.pitcrew.model.Judging;
import dev.pitcrew.model.OnInconclusive;
import dev.pitcrew.model.Service;
import dev.pitcrew.simulation.TestingServices;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A verdict's picture is made of what the ledger has, and of nothing else.
class VerdictPictureTest {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final String COURSE = "r4/forward";

    private static Service service() {
        var ack =
                new JudgedMetric(
                        "ack",
                        JudgedMetric.Kind.LATENCY,
                        "ack_seconds",
                        "",
                        JudgedMetric.Worse.MORE,
                        Optional.empty());
        return Variants.judged(
                TestingServices.quotes(),
                new Judging(
                        new Judging.Source.Scraped("/metrics"),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(30),
                        new Fraction(0.01),
                        new Fraction(0.05),
                        new OnInconclusive.Rollback(),
                        Duration.ofMinutes(1),
                        List.of(ack),
                        Map.of()));
    }

    private static List<Tally> histogram(String instance, double half, double all) {
        var series = "ack_seconds_bucket{instance=\"" + instance + "\",le=\"%s\"}";
        return List.of(
                new Tally(series.formatted("0.1"), half),
                new Tally(series.formatted("0.2"), all),
                new Tally(series.formatted("+Inf"), all));
    }

    private static List<Tally> both(List<Tally> one, List<Tally> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    private static Looked look(int second, double logE, String sentence, List<Tally> tallies) {
        return new Looked(
                START.plusSeconds(second),
                "quotes",
                COURSE,
                3,
                sentence.isEmpty() ? "CONTINUE" : "FAIL",
                sentence,
                List.of(new Reading("ack p99", logE, 6, 100, 50)),
                tallies);
    }

    private static final JudgingBegun BEGUN =
            new JudgingBegun(
                    START,
                    "quotes",
                    COURSE,
                    3,
                    List.of("quotes-1"),
                    both(histogram("quotes-1", 10, 20), histogram("quotes-2", 0, 0)));

    @Test
    void evidence_grows_from_look_to_look_and_both_distributions_are_those_of_the_last() {
        var end = both(histogram("quotes-1", 60, 120), histogram("quotes-2", 20, 80));

        var pictures =
                VerdictPicture.of(
                        service(),
                        List.of(BEGUN, look(1, 0.5, "", List.of()), look(3, 7, "too slow", end)));

        assertThat(pictures)
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.verdict()).isEqualTo("FAIL");
                            assertThat(one.sentence()).isEqualTo("too slow");
                            assertThat(one.evidence())
                                    .containsExactly(
                                            new Evidence(
                                                    "ack p99",
                                                    6,
                                                    List.of(new Point(1, 0.5), new Point(3, 7))));
                            var spread = one.spreads().getFirst();
                            assertThat(spread.baseline().values()).isEqualTo(100);
                            assertThat(spread.baseline().points())
                                    .containsExactly(new Point(0.1, 0.5), new Point(0.2, 1));
                            assertThat(spread.canary().values()).isEqualTo(80);
                            assertThat(spread.canary().points())
                                    .containsExactly(new Point(0.1, 0.25), new Point(0.2, 1));
                            assertThat(spread.canary().halfWidth())
                                    .isBetween(spread.baseline().halfWidth(), 1.0);
                        });
    }

    @Test
    void while_nothing_is_decided_there_is_a_line_and_no_distribution() {
        var pictures = VerdictPicture.of(service(), List.of(BEGUN, look(1, 0.5, "", List.of())));

        assertThat(pictures).singleElement().satisfies(one -> assertThat(one.spreads()).isEmpty());
    }

    @Test
    void what_was_not_judged_has_no_picture() {
        assertThat(VerdictPicture.of(service(), List.of())).isEmpty();
        assertThat(VerdictPicture.of(service(), List.of(BEGUN))).isEmpty();
    }
}
