package dev.pitcrew.cli;

import dev.pitcrew.judge.BusinessMetrics;
import dev.pitcrew.judge.Judge;
import dev.pitcrew.judge.Margin;
import dev.pitcrew.judge.Rules;
import dev.pitcrew.model.Role;
import dev.pitcrew.model.Words;
import dev.pitcrew.runtime.http.PrometheusServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pitcrew judge latency|counts|metrics|plan`: the judge by itself, so that people can try it on their own past releases.
@Command(
        description = {
            "latency: files with one value a line, CSV with a column value and maybe time and key, or HdrHistogram logs.",
            "counts: errors of requests, as ERRORS/REQUESTS, or CSV with a column error and maybe key.",
            "metrics: scrapes of Prometheus text, one of one instance in each file, in the order of time; or --prometheus.",
            "plan: how much has to be seen until a verdict can be expected, at your own rates; says when a canary can't decide.",
            "It needs no system file. Verdicts and exit codes: PASS 0, FAIL 1, CONTINUE, INCONCLUSIVE and NO_DATA 5. Files that can't be used: 3, with all that is wrong on stderr. docs/judge.md says what the numbers mean."
        })
final class JudgeCommand implements Callable<ExitCode> {
    enum Act {
        LATENCY,
        COUNTS,
        METRICS,
        PLAN
    }

    private static final long STEPS = 1_000; // a server answers at most 11,000 of them
    private static final Duration STEP_MIN = Duration.ofSeconds(1);
    private static final Duration ASKING_LIMIT = Duration.ofSeconds(30);

    @Spec private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "latency|counts|metrics|plan",
            description = "What to judge from, as above.")
    private Act act = Act.PLAN;

    @Option(
            names = "--baseline",
            arity = "1..*",
            paramLabel = "WHAT",
            description = "The old version's: files, or ERRORS/REQUESTS.")
    private List<String> baseline = new ArrayList<>();

    @Option(
            names = "--canary",
            arity = "1..*",
            paramLabel = "WHAT",
            description = "The new version's, likewise.")
    private List<String> canary = new ArrayList<>();

    @Option(
            names = "--margin",
            paramLabel = "MARGIN",
            description =
                    "How much worse does no harm: such as 20%%, 0.2, 0.1pp (percentage points, of shares), or 20%%,0.1pp for the larger of both. Else errors 20%%,0.1pp; latencies p50 5%%, p90 10%%, p99 15%%; others docs/judge.md has.")
    private @Nullable String margin;

    @Option(
            names = "--alpha",
            paramLabel = "LEVEL",
            defaultValue = "0.01",
            description =
                    "How often harm may be claimed of a release that did none, of all metrics together; else ${DEFAULT-VALUE}.")
    private double alpha = 0.01;

    @Option(
            names = "--alpha-pass",
            paramLabel = "LEVEL",
            defaultValue = "0.05",
            description =
                    "How often a metric may pass that is worse than its margin; else ${DEFAULT-VALUE}.")
    private double alphaPass = 0.05;

    @Option(
            names = "--underway",
            description = "More data will come: CONTINUE in place of INCONCLUSIVE.")
    private boolean isUnderway;

    @Option(
            names = "--expected",
            paramLabel = "N",
            description =
                    "With latency and metrics: how many values the canary is expected to have in the end; else as many as it has.")
    private @Nullable Double expected;

    @Option(
            names = "--thin",
            converter = TimeOption.class,
            paramLabel = "TIME",
            description =
                    "With latency: one value in so much time, by the column time, since values close together are alike; else all.")
    private Duration thin = Duration.ZERO;

    @Option(
            names = "--share",
            paramLabel = "SHARE",
            description =
                    "With counts and metrics: the share of the traffic that the canary was meant to get, such as 5%%, to be checked. With plan: the share to plan with; else 5%%.")
    private @Nullable String share;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "order-entry",
            description =
                    "With metrics: by which business metrics it is judged; else ${DEFAULT-VALUE}.")
    private String role = "order-entry";

    @Option(
            names = "--metric",
            paramLabel = "NAME=SERIES[/SERIES]",
            description =
                    "With metrics: judge by this one in place of the role's: A/B is the part A of B, a name alone is a histogram or gauge of a latency. Once for each; SERIES may have labels.")
    private List<String> metrics = new ArrayList<>();

    @Option(
            names = "--prometheus",
            paramLabel = "URL",
            description =
                    "With metrics: ask this Prometheus server in place of files; --baseline and --canary are then labels, such as 'version=\"2\"'.")
    private @Nullable String prometheus;

    @Option(
            names = "--from",
            paramLabel = "INSTANT",
            description = "With --prometheus: since when it counts, such as 2026-11-25T14:30:00Z.")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "INSTANT",
            description = "With --prometheus: until when; else now.")
    private @Nullable Instant to;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "With plan: requests or orders a minute, of both versions together.")
    private @Nullable Double rate;

    @Option(
            names = "--errors",
            paramLabel = "SHARE",
            description = "With plan: the share of them that fails today, such as 0.2%%.")
    private @Nullable String errors;

    @Option(
            names = "--sample",
            paramLabel = "FILE",
            description = "With plan: latencies of today, as for latency.")
    private @Nullable Path sample;

    @Option(
            names = "--window",
            converter = TimeOption.class,
            paramLabel = "TIME",
            description =
                    "With plan: how long the canary may take. Exit code 1 when it can't decide in it.")
    private @Nullable Duration window;

    @Option(
            names = "--session",
            converter = TimeOption.class,
            paramLabel = "TIME",
            defaultValue = "390m",
            description = "With plan: how long a trading session is; else ${DEFAULT-VALUE}.")
    private Duration session = Duration.ofMinutes(390);

    @Mixin private FormOption form = new FormOption();

    @Override
    public ExitCode call() {
        try {
            return act == Act.PLAN ? plan() : judge();
        } catch (Refused no) { // 1 is a verdict here, so that no script takes a missing file for
            // harm
            spec.commandLine().getErr().println("pitcrew: " + no.sentence());
            return ExitCode.FAILED;
        }
    }

    private ExitCode judge() {
        if (baseline.isEmpty() || canary.isEmpty()) {
            throw new UsageError(
                    "name both, --baseline and --canary; `pitcrew judge --help` shows how");
        }
        var view = new JudgeInputs(baseline, canary, chosenMargin(), rules(), stage());
        var result =
                switch (act) {
                    case LATENCY -> view.latency(thin, number(expected));
                    case COUNTS -> view.counts(share(share));
                    case METRICS -> prometheus == null ? scraped(view) : asked(view, prometheus);
                    case PLAN -> throw new IllegalStateException("a plan judges nothing");
                };
        show(result, result.text());
        return switch (result.verdict()) {
            case PASS -> ExitCode.OK;
            case FAIL -> ExitCode.REFUSED;
            case CONTINUE, INCONCLUSIVE, NO_DATA -> ExitCode.UNDECIDED;
        };
    }

    private JudgeView scraped(JudgeInputs view) {
        return view.metrics(BusinessMetrics.of(role()), metrics, number(expected), share(share));
    }

    private JudgeView asked(JudgeInputs view, String url) {
        if (from == null) {
            throw new UsageError("--prometheus needs --from, such as 2026-11-25T14:30:00Z");
        }
        var until = to == null ? Instant.now() : to;
        if (!from.isBefore(until)) {
            throw new UsageError("--from lies before --to, got " + from + " and " + until);
        }
        var time = Duration.between(from, until);
        var even = Duration.ofSeconds(time.dividedBy(STEPS).toSeconds());
        return view.metrics(
                new PrometheusServer(url, ASKING_LIMIT),
                from,
                until,
                even.compareTo(STEP_MIN) > 0 ? even : STEP_MIN,
                BusinessMetrics.of(role()),
                metrics,
                number(expected),
                share(share));
    }

    private ExitCode plan() {
        if (rate == null || !(rate > 0) || (errors == null && sample == null)) {
            throw new UsageError(
                    "a plan needs --rate, above zero, and --errors or --sample; `pitcrew judge --help` shows how");
        }
        double errorShare = errors == null ? 0 : share(errors).orElse(0);
        double canaryShare = share == null ? 0.05 : share(share).orElseThrow();
        var plan =
                JudgePlan.of(
                        rules(),
                        chosenMargin(),
                        rate,
                        canaryShare,
                        errorShare,
                        sample,
                        window,
                        session);
        show(plan, plan.text());
        return plan.decides() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private Rules rules() {
        if (!(alpha > 0 && alpha < 1 && alphaPass > 0 && alphaPass < 1)) {
            throw new UsageError(
                    "--alpha and --alpha-pass lie between 0 and 1, got "
                            + alpha
                            + " and "
                            + alphaPass);
        }
        return new Rules(alpha, alphaPass, 20_000, 50, 0);
    }

    private Judge.Stage stage() {
        return isUnderway ? Judge.Stage.UNDERWAY : Judge.Stage.OVER;
    }

    private @Nullable Margin chosenMargin() {
        if (margin == null) {
            return null;
        }
        return Margin.parse(margin)
                .orElseThrow(
                        () ->
                                new UsageError(
                                        "--margin is such as 20%, 0.2, 0.1pp or 20%,0.1pp, got '"
                                                + margin
                                                + "'"));
    }

    private Role role() {
        for (Role one : Role.values()) {
            if (Words.of(one).equals(role)) {
                return one;
            }
        }
        throw new UsageError(
                "--role is one of "
                        + Arrays.stream(Role.values())
                                .map(Words::of)
                                .collect(Collectors.joining(", "))
                        + ", got '"
                        + role
                        + "'");
    }

    private static OptionalDouble number(@Nullable Double given) {
        return given == null ? OptionalDouble.empty() : OptionalDouble.of(given);
    }

    /// A share such as `5%` or `0.05`, inside (0, 1).
    private static OptionalDouble share(@Nullable String text) {
        if (text == null) {
            return OptionalDouble.empty();
        }
        String word = text.strip().toLowerCase(Locale.ROOT);
        try {
            double value =
                    word.endsWith("%")
                            ? Double.parseDouble(word.substring(0, word.length() - 1)) / 100
                            : Double.parseDouble(word);
            if (value > 0 && value < 1) {
                return OptionalDouble.of(value);
            }
        } catch (NumberFormatException _) { // said below
        }
        throw new UsageError(
                "a share lies between 0 and 100 %, such as 5% or 0.05, got '" + text + "'");
    }

    private void show(Object result, String text) {
        var out = spec.commandLine().getOut();
        out.println(form.isJson() ? DeskCommand.json(result) : text);
        out.flush();
    }
}
