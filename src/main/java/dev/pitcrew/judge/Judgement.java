package dev.pitcrew.judge;

import java.util.List;
import java.util.Optional;

/// What is known of a release.
///
/// @param verdict of all metrics, guards and the traffic split together
/// @param metrics each by itself
/// @param guards that were looked at
/// @param split of the traffic, when it was to be checked
/// @param sentence for a person
public record Judgement(
        Verdict verdict,
        List<MetricVerdict> metrics,
        List<Guard> guards,
        Optional<Split> split,
        String sentence) {
    public Judgement {
        metrics = List.copyOf(metrics);
        guards = List.copyOf(guards);
    }
}
