package dev.pitcrew.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Fraction;
import dev.pitcrew.model.JudgedMetric;
import dev.pitcrew.model.JudgedMetric.Kind;
import dev.pitcrew.model.JudgedMetric.Worse;
import dev.pitcrew.model.Judging;
import dev.pitcrew.model.OnInconclusive;
import dev.pitcrew.model.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a file says that a new version is judged.
class JudgingTest {
    @TempDir private Path folder;

    private Judging read(String judge) throws IOException {
        return JudgedFile.read(folder, judge).service("api").rollout().judge().orElseThrow();
    }

    @Test
    void what_is_left_out_has_its_presets() throws IOException {
        assertThat(read("{}"))
                .isEqualTo(
                        new Judging(
                                new Judging.Source.Scraped("/metrics"),
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(30),
                                new Fraction(0.01),
                                new Fraction(0.05),
                                new OnInconclusive.Rollback(),
                                Duration.ofMinutes(30),
                                List.of(),
                                Map.of()));
    }

    @Test
    void everything_can_be_said() throws IOException {
        var judging =
                read(
                        """
                        {prometheus: {url: "http://127.0.0.1:9090", labels: "instance=\\"${instance}\\""}, past: 1h, alpha: 2%,
                              onInconclusive: promote-with-approval, metrics: {rejects: {events: rejected_total, of: orders_total, margin: "20%,0.1pp"},
                              fills: {events: filled_total, per: orders_total, worse: less}, ack: {histogram: ack_seconds}},
                              guards: {duplicates_total: 0}}""");

        assertThat(judging.source())
                .isEqualTo(
                        new Judging.Source.Prometheus(
                                "http://127.0.0.1:9090", new Template("instance=\"${instance}\"")));
        assertThat(judging.onInconclusive()).isEqualTo(new OnInconclusive.PromoteWithApproval());
        assertThat(judging.alpha()).isEqualTo(new Fraction(0.02));
        assertThat(judging.past()).isEqualTo(Duration.ofHours(1));
        assertThat(judging.metrics())
                .containsExactly(
                        new JudgedMetric(
                                "rejects",
                                Kind.SHARE,
                                "rejected_total",
                                "orders_total",
                                Worse.MORE,
                                Optional.of("20%,0.1pp")),
                        new JudgedMetric(
                                "fills",
                                Kind.RATE,
                                "filled_total",
                                "orders_total",
                                Worse.LESS,
                                Optional.empty()),
                        new JudgedMetric(
                                "ack",
                                Kind.LATENCY,
                                "ack_seconds",
                                "",
                                Worse.MORE,
                                Optional.empty()));
        assertThat(judging.guards()).containsExactly(Map.entry("duplicates_total", 0.0));
    }
}
