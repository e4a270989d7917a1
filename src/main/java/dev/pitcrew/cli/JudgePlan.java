package dev.pitcrew.cli;

import dev.pitcrew.judge.Detection;
import dev.pitcrew.judge.Detection.Harm;
import dev.pitcrew.judge.Forecast;
import dev.pitcrew.judge.Margin;
import dev.pitcrew.judge.Metric.Latency;
import dev.pitcrew.judge.Metric.Quantile;
import dev.pitcrew.judge.Rules;
import dev.pitcrew.judge.Values;
import dev.pitcrew.judge.input.Samples;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How long a verdict takes at a desk's own rates, and whether a canary can come to one in its window.
///
/// @param share of the traffic that the canary gets
/// @param rate requests a minute, of both versions
/// @param decides whether a release that changes nothing can be shown to in the window; true without one
/// @param windowMinutes null when none was named
/// @param needs what is needed, at this share
/// @param advice what to do
record JudgePlan(
        double share,
        double rate,
        boolean decides,
        @Nullable Double windowMinutes,
        List<Need> needs,
        String advice) {
    private static final Harm SLOW = new Harm(0.05, 5, 0);
    private static final int LOOK = 50; // values of the canary from look to look
    private static final int RUNS = 20;
    private static final double[] SHARES = {0.05, 0.1, 0.25, 0.5};
    private static final double[] HARM = {1.5, 2, 3, 5};

    JudgePlan {
        needs = List.copyOf(needs);
    }

    /// @param to the verdict: PASS of a release that changes nothing, or FAIL of one that does
    /// @param of which metric, and by how much it is worse
    /// @param requests of both versions; null when it is never
    /// @param minutes of trading
    /// @param sessions of trading
    record Need(
            String to,
            String of,
            @Nullable Double requests,
            @Nullable Double minutes,
            @Nullable Double sessions) {
        String text() {
            return requests == null || minutes == null || sessions == null
                    ? "%-5s %-40s never".formatted(to, of)
                    : String.format(
                            Locale.ROOT,
                            "%-5s %-40s %12.0f requests  %10.1f minutes  %8.2f sessions",
                            to,
                            of,
                            requests,
                            minutes,
                            sessions);
        }
    }

    /// What is asked about.
    private record Desk(
            Rules rules,
            @Nullable Margin margin,
            double rate,
            double errors,
            @Nullable Values sample,
            Duration session) {
        Margin ofErrors() {
            return margin == null ? Margin.OF_SHARES : margin;
        }

        int metrics() {
            return (errors > 0 ? 1 : 0) + (sample == null ? 0 : 1);
        }

        Need need(String to, String of, OptionalDouble requests) {
            if (requests.isEmpty()) {
                return new Need(to, of, null, null, null);
            }
            double minutes = requests.getAsDouble() / rate;
            return new Need(
                    to,
                    of,
                    requests.getAsDouble(),
                    minutes,
                    minutes / (session.toMillis() / 60_000.0));
        }

        List<Need> toPass(double share) {
            var forecast = new Forecast(rules, metrics());
            var needs = new ArrayList<Need>();
            if (errors > 0) {
                needs.add(
                        need(
                                "PASS",
                                "errors unchanged, margin " + ofErrors(),
                                forecast.requestsToPass(share, errors, ofErrors())));
            }
            if (sample != null) {
                var latency = new Latency("latency", Latency.QUANTILES);
                for (Quantile one : (margin == null ? latency : latency.with(margin)).quantiles()) {
                    needs.add(
                            need(
                                    "PASS",
                                    "latency p%s unchanged, margin %s"
                                            .formatted(percent(one.p()), one.margin()),
                                    forecast.valuesToPass(share, one, sample)));
                }
            }
            return needs;
        }

        List<Need> toFail(double share) {
            var needs = new ArrayList<Need>();
            for (double ratio : HARM) {
                if (errors > 0 && errors * ratio < 1) {
                    needs.add(
                            need(
                                    "FAIL",
                                    "errors x" + ratio,
                                    new Forecast(rules, metrics())
                                            .requestsToFail(share, errors, ofErrors(), ratio)));
                }
            }
            if (sample != null) {
                needs.add(
                        need(
                                "FAIL",
                                "latency, %s %% of requests x%s"
                                        .formatted(
                                                percent(SLOW.part()), percent(SLOW.times() / 100)),
                                found(share, sample)));
            }
            return needs;
        }

        /// What half of the releases take in which some requests are slower, as the judge itself finds in a simulation.
        private OptionalDouble found(double share, Values today) {
            var latency = new Latency("latency", Latency.QUANTILES);
            long median =
                    Detection.of(
                                    margin == null ? latency : latency.with(margin),
                                    today.coarse(),
                                    share,
                                    SLOW,
                                    rules.withAlpha(rules.alphaFail() / metrics()),
                                    LOOK,
                                    RUNS)
                            .median();
            return median == Long.MAX_VALUE
                    ? OptionalDouble.empty()
                    : OptionalDouble.of((double) median);
        }

        /// Minutes until all of it passes; infinite when it never does.
        double minutes(double share) {
            double most = 0;
            for (Need one : toPass(share)) {
                Double minutes = one.minutes();
                most = Math.max(most, minutes == null ? Double.POSITIVE_INFINITY : minutes);
            }
            return most;
        }
    }

    static JudgePlan of(
            Rules rules,
            @Nullable Margin margin,
            double rate,
            double share,
            double errors,
            @Nullable Path sample,
            @Nullable Duration window,
            Duration session) {
        var desk =
                new Desk(
                        rules, margin, rate, errors, sample == null ? null : read(sample), session);
        var needs = new ArrayList<>(desk.toPass(share));
        needs.addAll(desk.toFail(share));
        double limit = window == null ? Double.POSITIVE_INFINITY : window.toMillis() / 60_000.0;
        double takes = desk.minutes(share);
        boolean decides = takes <= limit && takes < Double.POSITIVE_INFINITY;
        return new JudgePlan(
                share,
                rate,
                decides,
                window == null ? null : limit,
                needs,
                decides
                        ? "a canary with %s %% of the traffic can decide in it"
                                .formatted(percent(share))
                        : advice(desk, share, limit));
    }

    private static String advice(Desk desk, double share, double limit) {
        for (double more : SHARES) {
            double minutes = more > share ? desk.minutes(more) : Double.POSITIVE_INFINITY;
            if (minutes <= limit && minutes < Double.POSITIVE_INFINITY) {
                return String.format(
                        Locale.ROOT,
                        "a canary with %s %% of the traffic can't decide in the window; one with %s %% can, in about %.0f minutes",
                        percent(share),
                        percent(more),
                        minutes);
            }
        }
        return "no canary can decide in the window: use strategy handoff with the old version kept warm, or run the new one in shadow on all of the traffic";
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(share * 100)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static Values read(Path sample) {
        try {
            var read = Samples.read(sample.toString(), Files.readAllBytes(sample), Duration.ZERO);
            return switch (read) {
                case Read.Good<Samples>(var samples) when samples.all().size() > 0 -> samples.all();
                case Read.Good<Samples> _ ->
                        throw new Refused(sample + " has no values", "write one a line");
                case Read.Bad<Samples>(var problems) ->
                        throw new Refused(
                                problems.stream()
                                        .map(Problem::toString)
                                        .collect(Collectors.joining("\n")),
                                "");
            };
        } catch (IOException e) {
            throw new Refused(sample + " can't be read", String.valueOf(e.getMessage()));
        }
    }

    String text() {
        var lines = new ArrayList<String>();
        needs.forEach(one -> lines.add(one.text()));
        lines.add(advice);
        return String.join("\n", lines);
    }
}
