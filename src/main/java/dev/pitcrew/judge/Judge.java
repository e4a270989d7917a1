package dev.pitcrew.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Says what is known of a release. Pure: the same trial gives the same judgement, whatever the order in which things came.
///
/// Every number is valid at every look: one may judge after each event, and stop when one likes.
public final class Judge {
    private Judge() {}

    /// Whether more data will come.
    public enum Stage {
        /// More will: what is not shown yet is [Verdict#CONTINUE].
        UNDERWAY,
        /// The time is over: it is [Verdict#INCONCLUSIVE].
        OVER
    }

    /// @param metrics by which the release is judged; the level is shared among them evenly
    /// @param trial what was seen
    /// @param rules how sure it has to be
    /// @param stage whether more will come
    public static Judgement judge(List<Metric> metrics, Trial trial, Rules rules, Stage stage) {
        double alpha = rules.alphaFail() / Math.max(1, metrics.size());
        var verdicts =
                metrics.stream().flatMap(one -> of(one, trial, rules, alpha, stage)).toList();
        var guards = List.copyOf(trial.guards().values());
        var overall = overall(verdicts, guards, trial, stage);
        return new Judgement(
                overall,
                verdicts,
                guards,
                trial.split(),
                sentence(overall, verdicts, guards, trial));
    }

    private static Stream<MetricVerdict> of(
            Metric metric, Trial trial, Rules rules, double alpha, Stage stage) {
        var evidence = trial.evidence().get(metric.name());
        return switch (metric) {
            case Metric.Share share ->
                    Stream.of(
                            new CountVerdicts(trial, rules, alpha, stage)
                                    .of(
                                            share.name(),
                                            share.worse(),
                                            share.margin(),
                                            true,
                                            evidence));
            case Metric.Rate rate ->
                    Stream.of(
                            new CountVerdicts(trial, rules, alpha, stage)
                                    .of(rate.name(), rate.worse(), rate.margin(), false, evidence));
            case Metric.Latency latency ->
                    new LatencyVerdicts(trial, rules, alpha, stage).of(latency, evidence).stream();
        };
    }

    /// Harm first; then what is not known; a pass only when nothing is left open.
    private static Verdict overall(
            List<MetricVerdict> metrics, List<Guard> guards, Trial trial, Stage stage) {
        if (guards.stream().anyMatch(Guard::isBroken) || has(metrics, Verdict.FAIL)) {
            return Verdict.FAIL;
        }
        if (metrics.stream().allMatch(one -> one.verdict() == Verdict.NO_DATA)) {
            return Verdict.NO_DATA;
        }
        if (stage == Stage.OVER && has(metrics, Verdict.NO_DATA)) {
            return Verdict.NO_DATA;
        }
        boolean isPassed =
                metrics.stream().allMatch(one -> one.verdict() == Verdict.PASS)
                        && guards.stream().allMatch(Guard::holds)
                        && trial.split().stream().allMatch(Split::holds);
        return isPassed ? Verdict.PASS : open(stage);
    }

    static Verdict open(Stage stage) {
        return stage == Stage.OVER ? Verdict.INCONCLUSIVE : Verdict.CONTINUE;
    }

    private static boolean has(List<MetricVerdict> metrics, Verdict verdict) {
        return metrics.stream().anyMatch(one -> one.verdict() == verdict);
    }

    private static String sentence(
            Verdict overall, List<MetricVerdict> metrics, List<Guard> guards, Trial trial) {
        var why = new ArrayList<String>();
        if (overall == Verdict.FAIL) {
            guards.stream().filter(Guard::isBroken).map(Guard::sentence).forEach(why::add);
        } else {
            guards.stream().filter(one -> !one.holds()).map(Guard::sentence).forEach(why::add);
            trial.split().filter(one -> !one.holds()).map(Split::sentence).ifPresent(why::add);
        }
        metrics.stream()
                .filter(one -> overall == Verdict.PASS || one.verdict() != Verdict.PASS)
                .filter(one -> overall != Verdict.FAIL || one.verdict() == Verdict.FAIL)
                .filter(one -> overall != Verdict.NO_DATA || one.verdict() == Verdict.NO_DATA)
                .map(MetricVerdict::sentence)
                .forEach(why::add);
        return why.isEmpty() ? "there is nothing to judge by" : String.join("; ", why);
    }
}
