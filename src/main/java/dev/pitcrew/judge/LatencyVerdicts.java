package dev.pitcrew.judge;

import dev.pitcrew.judge.Evidence.Measured;
import dev.pitcrew.judge.MetricVerdict.Arm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Verdicts on latencies: one a quantile, with the sign test beside the first. They share the level evenly.
///
/// @param alpha the level for FAIL of this metric
record LatencyVerdicts(Trial trial, Rules rules, double alpha, Judge.Stage stage) {
    List<MetricVerdict> of(Metric.Latency metric, @Nullable Evidence evidence) {
        var seen =
                evidence instanceof Measured measured
                        ? measured
                        : Measured.of(Values.NONE, Values.NONE);
        double level = alpha / (metric.quantiles().size() + 1);
        double limit = Math.log(1 / level);
        var baseline = QuantileComparison.Ends.of(seen.baseline());
        var canary = QuantileComparison.Ends.of(seen.canary());
        var verdicts = new ArrayList<MetricVerdict>();
        for (var quantile : metric.quantiles()) {
            boolean isFirst = verdicts.isEmpty();
            String name = metric.name() + " " + quantile.word();
            verdicts.add(
                    seen.baseline().buckets().isEmpty() || seen.canary().buckets().isEmpty()
                            ? none(name, quantile, seen, limit)
                            : one(
                                    name,
                                    quantile,
                                    seen,
                                    new QuantileComparison(
                                            QuantileTest.oneSided(
                                                    quantile.p(), rules.expected(), level),
                                            baseline,
                                            canary),
                                    level,
                                    isFirst));
        }
        return verdicts;
    }

    private static MetricVerdict none(
            String name, Metric.Quantile quantile, Measured seen, double limit) {
        String which = seen.canary().buckets().isEmpty() ? "canary" : "baseline";
        return new MetricVerdict(
                name,
                Verdict.NO_DATA,
                "quantile",
                0,
                limit,
                Double.NaN,
                0,
                Double.POSITIVE_INFINITY,
                quantile.margin(),
                new Arm(Double.NaN, (double) seen.baseline().size()),
                new Arm(Double.NaN, (double) seen.canary().size()),
                notes(seen),
                "%s: the %s has no values".formatted(name, which));
    }

    private MetricVerdict one(
            String name,
            Metric.Quantile quantile,
            Measured seen,
            QuantileComparison compared,
            double level,
            boolean hasSigns) {
        double limit = Math.log(1 / level);
        double allowed = quantile.margin().limit();
        double logE = compared.logEAbove(allowed);
        double low = compared.ratioLow(level);
        double high = compared.ratioHigh(rules.alphaPass());
        boolean isSigned = hasSigns && seen.signs().pairs() > 0;
        double signs = isSigned ? seen.signs().logE() : Double.NEGATIVE_INFINITY;
        var theirs = compared.baseline().quantile(quantile.p());
        var ours = compared.canary().quantile(quantile.p());
        long fewest = Math.min(seen.baseline().size(), seen.canary().size());
        double most = Math.max(Math.max(logE, signs), trial.peak(name));
        var verdict =
                fewest < rules.valuesMin()
                        ? Judge.open(stage)
                        : most >= limit
                                ? Verdict.FAIL
                                : high < allowed && seen.missing() == 0
                                        ? Verdict.PASS
                                        : Judge.open(stage);
        var baseline = new Arm(theirs.high(), (double) seen.baseline().size());
        var canary = new Arm(ours.high(), (double) seen.canary().size());
        var notes = new ArrayList<>(notes(seen));
        if (isSigned) {
            notes.add(
                    "sign test: of %d pairs the canary's is larger in %s (log E %s)"
                            .formatted(
                                    seen.signs().pairs(),
                                    Numbers.of(seen.signs().halfWins() / 2.0),
                                    Numbers.of(signs)));
        }
        if (theirs.low() * allowed < theirs.high()) {
            notes.add(
                    "the baseline's %s is known only as from %s to %s, which is wider than the margin: finer buckets are needed"
                            .formatted(
                                    quantile.word(),
                                    Numbers.of(theirs.low()),
                                    Numbers.of(theirs.high())));
        }
        boolean isSignFail = signs >= limit && logE < limit;
        return new MetricVerdict(
                name,
                verdict,
                isSignFail ? "sign" : "quantile",
                isSignFail ? signs : logE,
                limit,
                ours.high() / theirs.high(),
                low,
                high,
                quantile.margin(),
                baseline,
                canary,
                notes,
                sentence(
                        name,
                        quantile,
                        verdict,
                        fewest,
                        low,
                        high,
                        most,
                        limit,
                        baseline,
                        canary,
                        isSignFail));
    }

    private static List<String> notes(Measured seen) {
        var notes = new ArrayList<String>();
        if (seen.missing() > 0) {
            notes.add("%d values were none, so it can't pass".formatted(seen.missing()));
        }
        if (seen.thinned() > 0) {
            notes.add(
                    "%d values were left out: too soon after another one, or of the same order"
                            .formatted(seen.thinned()));
        }
        return notes;
    }

    private String sentence(
            String name,
            Metric.Quantile quantile,
            Verdict verdict,
            long fewest,
            double low,
            double high,
            double most,
            double limit,
            Arm baseline,
            Arm canary,
            boolean isSign) {
        String numbers =
                "%s: %s on the canary (of %s), %s on the baseline (of %s)"
                        .formatted(
                                name,
                                Numbers.of(canary.events()),
                                Numbers.of(canary.of()),
                                Numbers.of(baseline.events()),
                                Numbers.of(baseline.of()));
        String evidence = "(log E %s, limit %s)".formatted(Numbers.of(most), Numbers.of(limit));
        return numbers
                + switch (verdict) {
                    case FAIL ->
                            isSign
                                    ? ", and larger by more than %s in most pairs %s"
                                            .formatted(quantile.margin(), evidence)
                                    : ", at least %s times as long where a margin of %s is allowed %s"
                                            .formatted(
                                                    Numbers.of(low), quantile.margin(), evidence);
                    case PASS ->
                            ", at most %s times as long: within the margin of %s"
                                    .formatted(Numbers.of(high), quantile.margin());
                    default ->
                            fewest < rules.valuesMin()
                                    ? "; at least %d of each are needed"
                                            .formatted(rules.valuesMin())
                                    : ": %s to %s times as long, which neither shows harm beyond %s nor rules it out"
                                            .formatted(
                                                    Numbers.of(low),
                                                    Numbers.of(high),
                                                    quantile.margin());
                };
    }
}
