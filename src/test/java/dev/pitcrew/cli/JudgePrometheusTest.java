package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.http.TestingPrometheus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `pitcrew judge metrics --prometheus` against a real server.
@Tag("real")
class JudgePrometheusTest {
    @TempDir private Path folder;
    private final AtomicLong looks = new AtomicLong();
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    /// So many orders at each look, of which a part is rejected, all acknowledged in a millisecond.
    private String metrics(long rejects) {
        long orders = 10_000 * looks.get();
        return """
                orders_total %d
                orders_rejected_total %d
                order_ack_seconds_bucket{le="0.001"} %d
                order_ack_seconds_bucket{le="0.0011"} %d
                order_ack_seconds_bucket{le="+Inf"} %d
                """
                .formatted(orders, rejects * looks.get(), 0, orders, orders);
    }

    @Test
    void two_versions_are_judged_by_what_a_server_has_scraped() throws Exception {
        var start = Instant.now().minusSeconds(1);
        try (var prometheus =
                TestingPrometheus.in(folder)
                        .with("gateway-1", "1", () -> metrics(100))
                        .with("gateway-2", "2", () -> metrics(100))
                        .with("gateway-3", "3", () -> metrics(600))
                        .start()) {
            Awaiting.until(
                    "numbers that differ at two steps",
                    Duration.ofSeconds(40),
                    () -> {
                        looks.incrementAndGet();
                        return judged(prometheus, "3", start) == ExitCode.REFUSED;
                    },
                    () -> out + " " + err);

            assertThat(json().path("sentence").asText()).startsWith("reject-share: ");
            assertThat(judged(prometheus, "2", start)).isNotEqualTo(ExitCode.REFUSED);
            assertThat(json().path("metrics").findValuesAsText("metric"))
                    .contains("reject-share", "order-to-ack p99");
        }
    }

    @Test
    void what_can_not_be_asked_or_has_nothing_is_said() {
        assertThat(run("--prometheus", "http://127.0.0.1:1", "--from", "2026-11-25T14:30:00Z"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("http://127.0.0.1:1:1:1 it can't be asked");
        assertThat(run("--prometheus", "http://127.0.0.1:1")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--prometheus needs --from");
    }

    private ExitCode judged(TestingPrometheus prometheus, String version, Instant from) {
        return run(
                "version=\"" + version + "\"",
                "--prometheus",
                prometheus.url(),
                "--from",
                from.toString(),
                "--format",
                "json");
    }

    private ExitCode run(String canary, String... args) {
        if (canary.startsWith("--")) {
            var all = new ArrayList<>(List.of(canary));
            all.addAll(List.of(args));
            return run("version=\"2\"", all.toArray(String[]::new));
        }
        var line =
                new ArrayList<>(
                        List.of("judge", "metrics", "--baseline", "version=\"1\"", "--canary"));
        line.add(canary);
        line.addAll(List.of(args));
        out = new StringWriter();
        err = new StringWriter();
        return Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                line.toArray(String[]::new));
    }

    private JsonNode json() throws IOException {
        return new JsonMapper().readTree(out.toString());
    }
}
