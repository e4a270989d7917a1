package dev.pitcrew.judge;

import java.util.ArrayList;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;

/// How much has to be seen until a verdict can be expected: what one asks before a rollout, so that none is begun that can't
/// be decided. Computed from what comes on average; half of all rollouts take longer, some much longer.
///
/// @param rules how sure the verdict has to be
/// @param metrics among how many metrics the level for FAIL is shared, at least 1
public record Forecast(Rules rules, int metrics) {
    private static final double MOST = 1e12;
    private static final double PRECISION = 1e-3;

    public Forecast {
        if (metrics < 1) {
            throw new IllegalArgumentException("at least one metric, got " + metrics);
        }
    }

    /// Events of both arms until it is shown that nothing got worse by more than the margin.
    ///
    /// @param canaryShare of the traffic, above 0 and below 1
    /// @param margin relative, above 0
    /// @param ratio of the canary's rate and the baseline's, below 1 + margin; 1 for a release that changes nothing
    /// @return so many; empty when it is never
    public OptionalDouble eventsToPass(double canaryShare, double margin, double ratio) {
        return least(
                events ->
                        new RateRatio(expected(canaryShare, ratio, events), canaryShare)
                                        .high(rules.alphaPass())
                                < 1 + margin);
    }

    private static Counts expected(double share, double ratio, double events) {
        double canary = share * ratio / (share * ratio + 1 - share);
        return Counts.of(share, events * canary, events * (1 - canary));
    }

    /// Requests of both arms until a share of failures passes, when nothing got worse.
    ///
    /// @param canaryShare of the traffic, above 0 and below 1
    /// @param errors the share of failures, above 0 and below 1
    /// @return so many; empty when it is never
    public OptionalDouble requestsToPass(double canaryShare, double errors, Margin margin) {
        if (!margin.hasAbsolute()) {
            return times(eventsToPass(canaryShare, margin.relative(), 1), 1 / errors);
        }
        var byRatio =
                withPass(CountVerdicts.RATIO_PART).eventsToPass(canaryShare, margin.relative(), 1);
        double limit = -Math.log(rules.alphaPass() * (1 - CountVerdicts.RATIO_PART));
        double theirs = 1 - canaryShare;
        var byDifference =
                least(
                        requests ->
                                new ShareDifference(
                                                        requests * theirs * errors,
                                                        requests * theirs,
                                                        requests * canaryShare * errors,
                                                        requests * canaryShare)
                                                .logEBelow(margin.absolute())
                                        >= limit);
        var requests = times(byRatio, 1 / errors);
        return requests.isPresent() && byDifference.isPresent()
                ? OptionalDouble.of(Math.min(requests.getAsDouble(), byDifference.getAsDouble()))
                : requests.isPresent() ? requests : byDifference;
    }

    /// Requests of both arms until harm is shown.
    ///
    /// @param canaryShare of the traffic, above 0 and below 1
    /// @param errors the share of failures today, above 0 and below 1
    /// @param ratio how many times as often the canary fails
    /// @return so many; empty when it is never
    public OptionalDouble requestsToFail(
            double canaryShare, double errors, Margin margin, double ratio) {
        double theirs = 1 - canaryShare;
        double limit = Math.log(metrics / rules.alphaFail());
        double bad = Math.min(1, errors * ratio);
        return least(
                requests ->
                        new RateRatio(
                                                        Counts.of(
                                                                canaryShare,
                                                                requests * canaryShare * bad,
                                                                requests * theirs * errors),
                                                        canaryShare)
                                                .logEAbove(margin.limit())
                                        >= limit
                                && (!margin.hasAbsolute()
                                        || new ShareDifference(
                                                                requests * theirs * errors,
                                                                requests * theirs,
                                                                requests * canaryShare * bad,
                                                                requests * canaryShare)
                                                        .logEAbove(margin.absolute())
                                                >= limit));
    }

    private Forecast withPass(double part) {
        return new Forecast(
                new Rules(
                        rules.alphaFail(),
                        rules.alphaPass() * part,
                        rules.expected(),
                        rules.valuesMin(),
                        rules.share()),
                metrics);
    }

    private static OptionalDouble times(OptionalDouble number, double factor) {
        return number.isPresent()
                ? OptionalDouble.of(Math.ceil(number.getAsDouble() * factor))
                : number;
    }

    /// Values of both arms until a latency quantile is shown to be within its margin, when nothing got slower.
    ///
    /// @param canaryShare of the traffic
    /// @param quantile with its margin
    /// @param sample how the latency is distributed today; not empty
    /// @return so many; empty when it is never
    public OptionalDouble valuesToPass(
            double canaryShare, Metric.Quantile quantile, Values sample) {
        // Tuned as it will be, whatever number comes out here.
        var test = QuantileTest.oneSided(quantile.p(), rules.expected(), rules.alphaFail());
        return least(
                values -> {
                    var canary = resized(sample, values * canaryShare);
                    var baseline = resized(sample, values * (1 - canaryShare));
                    return canary.size() >= rules.valuesMin()
                            && baseline.size() >= rules.valuesMin()
                            && test.ratioHigh(baseline, canary, rules.alphaPass())
                                    < quantile.margin().limit();
                });
    }

    /// The same distribution with another number of values.
    private static Values resized(Values sample, double size) {
        var steps = Steps.highs(sample);
        var buckets = new ArrayList<Values.Bucket>();
        long before = 0;
        double total = steps.size();
        for (int i = 0; i < steps.count(); i++) {
            long now = Math.round(steps.upTo(i) / total * size);
            if (now > before) {
                buckets.add(new Values.Bucket(steps.at(i), steps.at(i), now - before));
            }
            before = now;
        }
        return new Values(buckets);
    }

    /// The smallest number from which on it holds: doubled until it does, and then halved in between.
    private static OptionalDouble least(DoublePredicate holds) {
        double high = 1;
        while (!holds.test(high)) {
            high *= 2;
            if (high > MOST) {
                return OptionalDouble.empty();
            }
        }
        double low = high / 2;
        while (high - low > Math.max(0.5, PRECISION * high)) {
            double middle = (low + high) / 2;
            if (holds.test(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return OptionalDouble.of(Math.ceil(high));
    }
}
