package dev.pitcrew.judge;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// All that was seen of a release: the state of its judgement. It grows with the number of metrics and weights, not with the
/// number of events; [TrialText] writes it down, so that a controller that starts again goes on where it was.
///
/// @param evidence by the metric's name
/// @param peaks the most that ever spoke for harm, by the name that the verdict has for it: harm that was shown once stays shown
/// @param guards by name, each as bad as it was seen
/// @param split of the traffic, when it is checked
/// @param looks how often something was added
public record Trial(
        SortedMap<String, Evidence> evidence,
        SortedMap<String, Double> peaks,
        SortedMap<String, Guard> guards,
        Optional<Split> split,
        long looks) {
    /// Nothing seen yet.
    public static final Trial NONE =
            new Trial(
                    Collections.emptySortedMap(),
                    Collections.emptySortedMap(),
                    Collections.emptySortedMap(),
                    Optional.empty(),
                    0);

    public Trial {
        evidence = Collections.unmodifiableSortedMap(new TreeMap<>(evidence));
        peaks = Collections.unmodifiableSortedMap(new TreeMap<>(peaks));
        guards = Collections.unmodifiableSortedMap(new TreeMap<>(guards));
    }

    /// With what a look brought of a metric.
    public Trial with(String metric, Evidence more) {
        var all = new TreeMap<>(evidence);
        all.merge(metric, more, Evidence::and);
        return new Trial(all, peaks, guards, split, looks + 1);
    }

    /// With a guard that was looked at; the worse of the two when it was before.
    public Trial with(Guard guard) {
        var all = new TreeMap<>(guards);
        all.merge(
                guard.name(),
                guard,
                (before, now) -> !before.holds() || now.seen() <= before.seen() ? before : now);
        return new Trial(evidence, peaks, all, split, looks);
    }

    /// With the split of the traffic so far.
    public Trial with(Split seen) {
        return new Trial(evidence, peaks, guards, Optional.of(seen), looks);
    }

    /// With what was concluded, so that harm that was shown stays shown.
    public Trial remembering(Judgement judgement) {
        var all = new TreeMap<>(peaks);
        judgement.metrics().forEach(one -> all.merge(one.metric(), one.logE(), Math::max));
        return new Trial(evidence, all, guards, split, looks);
    }

    double peak(String metric) {
        return peaks.getOrDefault(metric, Double.NEGATIVE_INFINITY);
    }
}
