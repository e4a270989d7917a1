package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeCommandTest {
    @TempDir private Path folder;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @Test
    void more_errors_fail_in_json_with_all_their_numbers() throws IOException {
        assertThat(
                        run(
                                "counts",
                                "--baseline",
                                "40/10000",
                                "--canary",
                                "120/10000",
                                "--format",
                                "json"))
                .isEqualTo(ExitCode.REFUSED);

        var metric = json().path("metrics").path(0);
        assertThat(json().path("verdict").asText()).isEqualTo("FAIL");
        assertThat(metric.path("statistic").asText()).isEqualTo("counts, ratio and difference");
        assertThat(metric.path("logE").asDouble()).isGreaterThan(metric.path("limit").asDouble());
        assertThat(metric.path("ratioLow").asDouble()).isBetween(1.2, 3.0);
        assertThat(metric.path("ratioHigh").asDouble()).isGreaterThan(3);
        assertThat(metric.path("margin").asDouble()).isEqualTo(0.2);
        assertThat(metric.path("sentence").asText()).contains("120 of 10000 on the canary");
    }

    @Test
    void too_few_errors_decide_nothing_and_end_in_five() {
        assertThat(run("counts", "--baseline", "1/100", "--canary", "2/100"))
                .isEqualTo(ExitCode.UNDECIDED);
        assertThat(out.toString()).startsWith("INCONCLUSIVE: errors: 2 of 100 on the canary");
        assertThat(run("counts", "--baseline", "1/100", "--canary", "2/100", "--underway"))
                .isEqualTo(ExitCode.UNDECIDED);
        assertThat(out.toString()).startsWith("CONTINUE: ");
        assertThat(run("counts", "--baseline", "1/100", "--canary", "0/0"))
                .isEqualTo(ExitCode.UNDECIDED);
        assertThat(out.toString()).startsWith("NO_DATA: ");
    }

    @Test
    void slower_files_fail_and_equal_ones_pass() throws IOException {
        var old = file("old.txt", latencies(1, 20_000, 1));
        var same = file("same.txt", latencies(2, 20_000, 1));
        var slower = file("slower.txt", latencies(3, 20_000, 1.3));

        assertThat(run("latency", "--baseline", old, "--canary", same)).isEqualTo(ExitCode.OK);
        assertThat(run("latency", "--baseline", old, "--canary", slower, "--format", "json"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(json().path("metrics").findValuesAsText("metric"))
                .containsExactly("latency p50", "latency p90", "latency p99");
    }

    @Test
    void each_sentence_is_said_once_and_what_decides_is_named_first() throws IOException {
        var old = file("old.txt", latencies(1, 2_000, 1));
        var slower = file("slower.txt", latencies(3, 2_000, 1.3));
        run("latency", "--baseline", old, "--canary", slower, "--format", "json");
        var sentences = json().path("metrics").findValuesAsText("sentence");

        run("latency", "--baseline", old, "--canary", slower);

        assertThat(out.toString()).startsWith("FAIL: harm is shown by latency p50");
        assertThat(sentences)
                .hasSize(3)
                .allSatisfy(
                        one -> assertThat(out.toString().split(Pattern.quote(one), -1)).hasSize(2));
    }

    @Test
    void where_the_ratio_is_beyond_its_margin_and_the_difference_is_not_shown_that_is_said() {
        assertThat(run("counts", "--baseline", "100/100000", "--canary", "200/100000"))
                .isEqualTo(ExitCode.UNDECIDED);

        assertThat(out.toString())
                .contains(" times as many, which is beyond 20 %; it has 0.1 percentage points more")
                .contains("whether it truly has over 0.1 more is not shown")
                .contains("only what is beyond both margins is harm");
    }

    @Test
    void everything_wrong_with_the_files_is_said_at_once_and_nothing_is_on_stdout()
            throws IOException {
        var bad = file("bad.txt", List.of("1", "two"));

        assertThat(run("latency", "--baseline", bad, "--canary", "missing.txt"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains(bad + ":2:1 'two' is no number")
                .contains("missing.txt:1:1 no such file");
    }

    @Test
    void scrapes_are_judged_by_the_business_metrics_of_the_role_and_guards() throws IOException {
        var old =
                file(
                        "old.prom",
                        List.of(
                                "orders_total 30000",
                                "orders_rejected_total 600",
                                "duplicate_order_ids_total 0"));
        var canary =
                file(
                        "new.prom",
                        List.of(
                                "orders_total 30000",
                                "orders_rejected_total 600",
                                "duplicate_order_ids_total 1"));

        assertThat(
                        run(
                                "metrics",
                                "--baseline",
                                old,
                                "--canary",
                                old,
                                "--margin",
                                "40%",
                                "--format",
                                "json"))
                .isEqualTo(ExitCode.OK);
        assertThat(json().path("metrics").findValuesAsText("metric"))
                .containsExactly("reject-share");
        assertThat(run("metrics", "--baseline", old, "--canary", canary))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString()).contains("duplicate client order ids: 1");
        assertThat(
                        run(
                                "metrics",
                                "--baseline",
                                old,
                                "--canary",
                                old,
                                "--metric",
                                "rejects=orders_rejected_total/orders_total",
                                "--margin",
                                "40%"))
                .isEqualTo(ExitCode.OK);
        assertThat(run("metrics", "--baseline", old, "--canary", old, "--role", "feed"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .contains(
                        "there are: duplicate_order_ids_total, orders_rejected_total, orders_total");
    }

    @Test
    void a_plan_says_when_a_canary_cannot_decide_and_what_can() throws IOException {
        assertThat(
                        run(
                                "plan",
                                "--rate",
                                "1000",
                                "--errors",
                                "1%",
                                "--margin",
                                "20%",
                                "--share",
                                "5%",
                                "--window",
                                "3h",
                                "--format",
                                "json"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(json().path("needs").path(0).path("requests").asDouble())
                .isBetween(950_000.0, 1_010_000.0);
        assertThat(json().path("advice").asText()).contains("one with 50 % can, in about");
        assertThat(run("plan", "--rate", "10", "--errors", "1%", "--window", "30m"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString()).contains("use strategy handoff with the old version kept warm");
        assertThat(
                        run(
                                "plan",
                                "--rate",
                                "1000",
                                "--errors",
                                "1%",
                                "--share",
                                "50%",
                                "--window",
                                "6h"))
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void wrong_options_are_usage_errors() {
        assertThat(run("counts", "--baseline", "1/2")).isEqualTo(ExitCode.USAGE);
        assertThat(run("counts", "--baseline", "1/2", "--canary", "1/2", "--margin", "much"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("counts", "--baseline", "1/2", "--canary", "1/2", "--alpha", "2"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("plan", "--rate", "10")).isEqualTo(ExitCode.USAGE);
        assertThat(run("plan", "--rate", "10", "--errors", "5")).isEqualTo(ExitCode.USAGE);
    }

    private static List<String> latencies(long seed, int size, double times) {
        var random = new Random(seed);
        return DoubleStream.generate(() -> times * Math.exp(random.nextGaussian() / 2))
                .limit(size)
                .mapToObj(one -> String.format(Locale.ROOT, "%.9g", one))
                .toList();
    }

    private String file(String name, List<String> lines) throws IOException {
        var path = folder.resolve(name);
        Files.writeString(path, lines.stream().collect(Collectors.joining("\n", "", "\n")));
        return path.toString();
    }

    private JsonNode json() throws IOException {
        return new JsonMapper().readTree(out.toString());
    }

    private ExitCode run(String... args) {
        var line = new ArrayList<String>(List.of("judge"));
        line.addAll(List.of(args));
        out = new StringWriter();
        err = new StringWriter();
        return Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                line.toArray(String[]::new));
    }
}
