package dev.pitcrew.judge.input;

import dev.pitcrew.judge.input.Scrape.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// By how much the counters of one arm grew from scrape to scrape.
///
/// A counter that is smaller than before started again, and counts from zero. A scrape that is missing is bridged by the
/// next one. Of a single scrape all counts, since the instance started.
///
/// @param intervals all series together, in the order of time
/// @param instances how many instances were seen in each interval; at least 1
/// @param restarts how often a counter started again
/// @param gaps how many scrapes said nothing of it
/// @param isSeen whether any did
record Increases(
        List<Double> intervals, List<Integer> instances, long restarts, long gaps, boolean isSeen) {
    private static final String INSTANCE = "instance";

    static Increases of(List<Scrape> scrapes, Series wanted) {
        var last = new HashMap<Series, Double>();
        var intervals = new ArrayList<Double>();
        var instances = new ArrayList<Integer>();
        long restarts = 0;
        long gaps = 0;
        boolean isSeen = false;
        for (int i = 0; i < scrapes.size(); i++) {
            boolean isFirst = i == 0 && scrapes.size() > 1;
            double grown = 0;
            var seenBy = new HashSet<String>();
            boolean isHere = false;
            boolean hasRestarted = false;
            for (Map.Entry<Series, Double> one : scrapes.get(i).values().entrySet()) {
                if (!wanted.matches(one.getKey())) {
                    continue;
                }
                isHere = true;
                seenBy.add(one.getKey().labels().getOrDefault(INSTANCE, ""));
                double before = last.getOrDefault(one.getKey(), 0.0);
                hasRestarted |= one.getValue() < before;
                grown += one.getValue() < before ? one.getValue() : one.getValue() - before;
                last.put(one.getKey(), one.getValue());
            }
            gaps += isHere ? 0 : 1;
            restarts += hasRestarted ? 1 : 0;
            isSeen |= isHere;
            if (!isFirst) {
                intervals.add(grown);
                instances.add(Math.max(1, seenBy.size()));
            }
        }
        return new Increases(intervals, instances, restarts, gaps, isSeen);
    }

    /// Of a classic histogram: how many values came into each bucket, by its upper end; not the sums that Prometheus writes.
    static Map<Double, Long> buckets(List<Scrape> scrapes, Series histogram) {
        var name = new Series(histogram.name() + "_bucket", histogram.labels());
        var upTo = new TreeMap<Double, Double>();
        var ends = new HashMap<String, Double>();
        for (Scrape scrape : scrapes) {
            for (Series one : scrape.values().keySet()) {
                if (name.matches(one)) {
                    String end = one.labels().getOrDefault("le", "");
                    Table.number(end).ifPresent(number -> ends.put(end, number));
                }
            }
        }
        ends.forEach(
                (end, number) -> {
                    var labels = new TreeMap<>(histogram.labels());
                    labels.put("le", end);
                    var grown = of(scrapes, new Series(name.name(), labels));
                    upTo.merge(number, grown.total(), Double::sum);
                });
        var counts = new TreeMap<Double, Long>();
        double before = 0;
        for (Map.Entry<Double, Double> one : upTo.entrySet()) {
            counts.put(one.getKey(), Math.max(0, Math.round(one.getValue() - before)));
            before = Math.max(before, one.getValue());
        }
        return counts;
    }

    double total() {
        return intervals.stream().mapToDouble(Double::doubleValue).sum();
    }

    /// How long all instances were watched, in scrapes.
    List<Double> exposure() {
        return instances.stream().map(Integer::doubleValue).toList();
    }
}
