package dev.pitcrew.judge.input;

import dev.pitcrew.judge.Counts;
import dev.pitcrew.judge.Evidence.Counted;
import dev.pitcrew.judge.Evidence.Measured;
import dev.pitcrew.judge.Values;
import dev.pitcrew.judge.input.Scrape.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What the scrapes of two arms say of a metric.
///
/// @param baseline of all its instances, each instance's in the order of time
/// @param canary likewise
public record Comparison(List<Scrape> baseline, List<Scrape> canary) {
    private static final int INTERVALS_FOR_BURSTS = 10;
    private static final double STEP = 0.25; // of log odds: shares this close are one weight
    private static final double SURE = 3; // standard deviations

    public Comparison {
        baseline = List.copyOf(baseline);
        canary = List.copyOf(canary);
    }

    /// Whether either arm says something of it.
    ///
    /// @param selector `name` or `name{label="value"}`, of a counter, a gauge or a histogram
    public boolean has(String selector) {
        var wanted = Scrape.selector(selector);
        return Stream.concat(baseline.stream(), canary.stream()).anyMatch(one -> one.has(wanted));
    }

    /// The names of all that is there, sorted.
    public List<String> names() {
        return Stream.concat(baseline.stream(), canary.stream())
                .flatMap(one -> one.values().keySet().stream())
                .map(Series::name)
                .distinct()
                .sorted()
                .toList();
    }

    /// Events for each unit of something else that is counted, or for the time.
    ///
    /// @param events a counter
    /// @param of another one; empty for the time, in scrapes and instances
    public Counted counted(String events, String of) {
        var theirs = Increases.of(baseline, Scrape.selector(events));
        var ours = Increases.of(canary, Scrape.selector(events));
        var theirAll = of.isEmpty() ? theirs : Increases.of(baseline, Scrape.selector(of));
        var ourAll = of.isEmpty() ? ours : Increases.of(canary, Scrape.selector(of));
        var theirExposure = of.isEmpty() ? theirs.exposure() : theirAll.intervals();
        var ourExposure = of.isEmpty() ? ours.exposure() : ourAll.intervals();
        // A counter of failures may appear with the first one: its silence is zero, while nothing
        // at all is no data.
        double theirSum = theirAll.isSeen() ? sum(theirExposure) : 0;
        double ourSum = ourAll.isSeen() ? sum(ourExposure) : 0;
        // What a canary counted between the last scrape and its death is lost, so it can't pass.
        long lost = ours.restarts() + (of.isEmpty() ? 0 : ourAll.restarts());
        if (theirSum == 0 || ourSum == 0) {
            return new Counted(Counts.NONE, theirSum, ourSum, 1, lost);
        }
        boolean isPaired = theirs.intervals().size() == ours.intervals().size();
        var counts =
                isPaired
                        ? byShare(theirs.intervals(), ours.intervals(), theirExposure, ourExposure)
                        : Counts.of(ourSum / (theirSum + ourSum), ours.total(), theirs.total());
        double burst =
                isPaired
                        ? burst(theirs.intervals(), ours.intervals(), theirExposure, ourExposure)
                        : 1;
        return new Counted(counts, theirSum, ourSum, burst, lost);
    }

    private static double sum(List<Double> all) {
        return all.stream().mapToDouble(Double::doubleValue).sum();
    }

    /// Intervals in which the canary had about the same share are one weight, at their common share.
    private static Counts byShare(
            List<Double> theirs, List<Double> ours, List<Double> theirAll, List<Double> ourAll) {
        var groups = new TreeMap<Long, double[]>();
        for (int i = 0; i < ours.size(); i++) {
            if (theirAll.get(i) > 0 && ourAll.get(i) > 0) {
                long step = Math.round(Math.log(ourAll.get(i) / theirAll.get(i)) / STEP);
                double[] sums = groups.computeIfAbsent(step, _ -> new double[4]);
                sums[0] += ours.get(i);
                sums[1] += theirs.get(i);
                sums[2] += ourAll.get(i);
                sums[3] += theirAll.get(i);
            }
        }
        var counts = Counts.NONE;
        for (double[] one : groups.values()) {
            counts = counts.and(one[2] / (one[2] + one[3]), one[0], one[1]);
        }
        return counts;
    }

    /// How many events come together: by how much more than single events would the canary's part of them varies from interval
    /// to interval, when it surely does. What the rate of both arms does over the day makes no difference.
    static double burst(
            List<Double> theirs, List<Double> ours, List<Double> theirAll, List<Double> ourAll) {
        int[] used =
                IntStream.range(0, ours.size())
                        .filter(
                                i ->
                                        theirAll.get(i) > 0
                                                && ourAll.get(i) > 0
                                                && ours.get(i) + theirs.get(i) > 0)
                        .toArray();
        double ourSum = IntStream.of(used).mapToDouble(ours::get).sum();
        double theirSum = IntStream.of(used).mapToDouble(theirs::get).sum();
        if (used.length < INTERVALS_FOR_BURSTS || ourSum == 0 || theirSum == 0) {
            return 1;
        }
        double expected = IntStream.of(used).mapToDouble(i -> ourAll.get(i)).sum();
        double all = IntStream.of(used).mapToDouble(i -> theirAll.get(i)).sum();
        double ratio = ourSum / theirSum * all / expected;
        double square = 0;
        for (int i : used) {
            double odds = ratio * ourAll.get(i) / theirAll.get(i);
            double part = odds / (1 + odds);
            double events = ours.get(i) + theirs.get(i);
            double miss = ours.get(i) - events * part;
            square += miss * miss / (events * part * (1 - part));
        }
        int freedom = used.length - 1;
        double factor = square / freedom;
        return factor > 1 + SURE * Math.sqrt(2.0 / freedom) ? factor : 1;
    }

    /// Values of a classic histogram; of a gauge one value a scrape.
    ///
    /// @param selector without the endings `_bucket` and the like
    /// @param limit 1 + the margin of the sign test, for gauges
    public Measured measured(String selector, double limit) {
        var wanted = Scrape.selector(selector);
        var theirs = Increases.buckets(baseline, wanted);
        var ours = Increases.buckets(canary, wanted);
        if (!theirs.isEmpty() || !ours.isEmpty()) {
            return Measured.of(values(theirs), values(ours));
        }
        return Samples.compared(gauges(baseline, wanted), gauges(canary, wanted), limit);
    }

    private static Values values(Map<Double, Long> buckets) {
        var all = new ArrayList<Values.Bucket>();
        double low = 0;
        for (Map.Entry<Double, Long> one : buckets.entrySet()) {
            if (one.getValue() > 0) {
                all.add(new Values.Bucket(low, Math.max(low, one.getKey()), one.getValue()));
            }
            low = Math.max(low, one.getKey());
        }
        return Values.of(all);
    }

    private static Samples gauges(List<Scrape> scrapes, Series wanted) {
        var looks = new ArrayList<Values>();
        for (Scrape scrape : scrapes) {
            var values =
                    scrape.values().entrySet().stream()
                            .filter(one -> wanted.matches(one.getKey()))
                            .mapToDouble(Map.Entry::getValue)
                            .filter(one -> one >= 0 && Double.isFinite(one))
                            .toArray();
            if (values.length > 0) {
                looks.add(Values.of(values));
            }
        }
        return new Samples(looks, 0, 0);
    }

    /// The growth of a counter on the canary, for a guard; not a number when the canary says nothing of it.
    ///
    /// @param selector of a counter
    public double seenOnCanary(String selector) {
        var ours = Increases.of(canary, Scrape.selector(selector));
        return ours.isSeen() ? ours.total() : Double.NaN;
    }
}
