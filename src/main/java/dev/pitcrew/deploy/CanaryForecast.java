package dev.pitcrew.deploy;

import dev.pitcrew.deploy.Gate.Measure;
import dev.pitcrew.judge.BusinessMetrics.Line;
import dev.pitcrew.judge.Forecast;
import dev.pitcrew.judge.Metric.Latency;
import dev.pitcrew.judge.Metric.Rate;
import dev.pitcrew.judge.Metric.Share;
import dev.pitcrew.judge.Rules;
import dev.pitcrew.judge.input.Comparison;
import dev.pitcrew.judge.input.Scrape;
import dev.pitcrew.model.Canary;
import dev.pitcrew.model.Judging;
import dev.pitcrew.model.Service;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// How long a canary of a version that changes nothing would take to a PASS, at the desk's own rates, and what could decide sooner. Pure.
///
/// @param lines by what it is judged
/// @param counted what all instances together have counted in some time
/// @param minutes how long that was
public record CanaryForecast(
        Judging judging, List<Line> lines, Comparison counted, double minutes) {
    private static final double[] SHARES = {0.1, 0.25, 0.5};
    private static final double NEVER = 525_600; // a year of minutes
    private static final long ENDS_MAX = 200; // of a histogram; more are forecast from fewer

    /// @param grown by how much the counters of its instances grew, all together
    /// @param span in how long
    public static CanaryForecast of(Judging judging, Service service, Scrape grown, Duration span) {
        var counted = new Comparison(List.of(), List.of(grown));
        var lines =
                Compared.lines(judging, service).stream()
                        .filter(one -> counted.has(one.events()))
                        .filter(one -> one.of().isEmpty() || counted.has(one.of()))
                        .toList();
        return new CanaryForecast(judging, lines, counted, span.toMillis() / 60_000.0);
    }

    /// Minutes until its slowest share passes, and what could decide in the time that each share has.
    public Measure measure(Service service) {
        var shares =
                service.rollout().canary().map(Canary::shares).orElse(List.of()).stream()
                        .mapToDouble(one -> one.value())
                        .filter(one -> one > 0 && one < 1)
                        .sorted()
                        .toArray();
        double limit = limit(service);
        double needed = 0;
        double worst = 1;
        for (double share : shares) {
            double needs = minutes(share);
            if (needs > needed) {
                needed = needs;
                worst = share;
            }
        }
        return new Measure(
                needed,
                "the rates of its instances",
                needed <= limit ? "" : advice(service, worst, limit));
    }

    /// How many minutes each share has.
    static double limit(Service service) {
        return service.rollout().bake().multipliedBy(3).toSeconds() / 60.0;
    }

    private String advice(Service service, double share, double limit) {
        for (double more : SHARES) {
            double minutes = more > share ? minutes(more) : NEVER;
            if (minutes <= limit) {
                return String.format(
                        Locale.ROOT,
                        "a canary of %s %% can't decide in %s minutes; one of %s %% can, in about %.0f",
                        text(share * 100),
                        text(limit),
                        text(more * 100),
                        Math.ceil(minutes));
            }
        }
        return "no canary can decide in %s minutes; use strategy %s with the old version kept warm, or shadow"
                .formatted(
                        text(limit), service.singleActive().isPresent() ? "handoff" : "blue-green");
    }

    private static String text(double number) {
        return String.format(Locale.ROOT, "%.4g", number)
                .replaceAll("(\\.\\d*?)0+$", "$1")
                .replaceAll("\\.$", "");
    }

    private double minutes(double share) {
        var rules =
                new Rules(
                        judging.alpha().value(),
                        judging.alphaPass().value(),
                        Rules.DEFAULT.expected(),
                        Rules.DEFAULT.valuesMin(),
                        share);
        var forecast = new Forecast(rules, Math.max(1, lines.size()));
        double most = lines.isEmpty() ? NEVER : 0;
        for (var line : lines) {
            most = Math.max(most, Math.min(NEVER, minutes(forecast, line, share)));
        }
        return most;
    }

    private double minutes(Forecast forecast, Line line, double share) {
        double events = counted.seenOnCanary(line.events());
        double of = line.of().isEmpty() ? events : counted.seenOnCanary(line.of());
        return switch (line.metric()) {
            case Share metric ->
                    of > 0
                            ? over(
                                    forecast.requestsToPass(
                                            share,
                                            Math.clamp(Math.max(events, 1) / of, 1e-9, 0.5),
                                            metric.margin()),
                                    of)
                            : NEVER;
            case Rate metric ->
                    events > 0
                            ? over(
                                    forecast.eventsToPass(share, metric.margin().relative(), 1),
                                    events)
                            : NEVER;
            case Latency metric -> latency(forecast, metric, line, share);
        };
    }

    private double latency(Forecast forecast, Latency metric, Line line, double share) {
        var sample = counted.measured(line.events(), 1).canary();
        if (sample.size() == 0) {
            return NEVER;
        }
        var coarse = sample.buckets().size() > ENDS_MAX ? sample.coarse() : sample;
        double most = 0;
        for (var quantile : metric.quantiles()) {
            most =
                    Math.max(
                            most,
                            over(
                                    forecast.valuesToPass(share, quantile, coarse),
                                    (double) sample.size()));
        }
        return most;
    }

    private double over(OptionalDouble needed, double seen) {
        return needed.isPresent() ? needed.getAsDouble() * minutes / seen : NEVER;
    }
}
