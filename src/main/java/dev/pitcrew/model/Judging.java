package dev.pitcrew.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How a new version of a service is judged while it is watched.
///
/// @param source where its numbers are read
/// @param every how often they are read
/// @param past how much of the old version's past is the baseline where both can't run side by side
/// @param alpha in so many of harmless releases, at most, harm is claimed: of all metrics and steps together
/// @param alphaPass so often, at most, a metric passes that is worse than its margin
/// @param onInconclusive what becomes of a version of which nothing could be shown
/// @param answerLimit how long a person who is asked may take
/// @param metrics what is compared; empty: what the service's role says, as far as it can be read
/// @param guards counters of what must not happen, each with how often it may
public record Judging(
        Source source,
        Duration every,
        Duration past,
        Fraction alpha,
        Fraction alphaPass,
        OnInconclusive onInconclusive,
        Duration answerLimit,
        List<JudgedMetric> metrics,
        Map<String, Double> guards) {
    /// Where an instance's counters and histograms are read.
    public sealed interface Source {
        /// From the instance itself, in Prometheus text.
        ///
        /// @param path of its port `http`
        record Scraped(String path) implements Source {}

        /// From a Prometheus server, which has them from the instance.
        ///
        /// @param url of the server, without a path
        /// @param labels those of the instance's series, such as `instance="${instance}"`
        record Prometheus(String url, Template labels) implements Source {}
    }

    public Judging {
        if (!every.isPositive() || !past.isPositive() || !answerLimit.isPositive()) {
            throw new IllegalArgumentException("every, past and answerLimit need to be above zero");
        }
        if (!(alpha.value() > 0 && alpha.value() < 1)
                || !(alphaPass.value() > 0 && alphaPass.value() < 1)) {
            throw new IllegalArgumentException("levels lie between 0 and 1");
        }
        metrics = List.copyOf(metrics);
        guards = Words.inOrder(guards);
    }
}
