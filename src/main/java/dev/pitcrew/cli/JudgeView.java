package dev.pitcrew.cli;

import dev.pitcrew.judge.Guard;
import dev.pitcrew.judge.Judgement;
import dev.pitcrew.judge.MetricVerdict;
import dev.pitcrew.judge.Rules;
import dev.pitcrew.judge.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A judgement as it is written. A number without bound, or of nothing, is null.
///
/// @param alpha the level for FAIL, of all metrics together
record JudgeView(
        Verdict verdict,
        String sentence,
        double alpha,
        double alphaPass,
        List<Line> metrics,
        List<GuardLine> guards,
        @Nullable SplitLine split,
        List<String> notes) {
    JudgeView {
        metrics = List.copyOf(metrics);
        guards = List.copyOf(guards);
        notes = List.copyOf(notes);
    }

    /// Of one metric.
    record Line(
            String metric,
            Verdict verdict,
            String statistic,
            @Nullable Double logE,
            double limit,
            @Nullable Double ratio,
            @Nullable Double ratioLow,
            @Nullable Double ratioHigh,
            double margin,
            double marginAbsolute,
            Arm baseline,
            Arm canary,
            List<String> notes,
            String sentence) {}

    /// @param events counted events, or the sample quantile
    record Arm(@Nullable Double events, @Nullable Double of) {}

    /// A guard.
    record GuardLine(String name, @Nullable Double seen, double allowed, boolean holds) {}

    /// The check of the traffic's split.
    record SplitLine(double share, double baseline, double canary, boolean holds) {}

    static JudgeView of(Judgement judgement, Rules rules) {
        return new JudgeView(
                judgement.verdict(),
                judgement.sentence(),
                rules.alphaFail(),
                rules.alphaPass(),
                judgement.metrics().stream().map(JudgeView::line).toList(),
                judgement.guards().stream().map(JudgeView::guard).toList(),
                judgement
                        .split()
                        .map(
                                one ->
                                        new SplitLine(
                                                one.canaryShare(),
                                                one.baseline(),
                                                one.canary(),
                                                one.holds()))
                        .orElse(null),
                List.of());
    }

    JudgeView with(List<String> more) {
        return new JudgeView(verdict, sentence, alpha, alphaPass, metrics, guards, split, more);
    }

    private static Line line(MetricVerdict one) {
        return new Line(
                one.metric(),
                one.verdict(),
                one.statistic(),
                finite(one.logE()),
                one.limit(),
                finite(one.ratio()),
                finite(one.ratioLow()),
                finite(one.ratioHigh()),
                one.margin().relative(),
                one.margin().absolute(),
                arm(one.baseline()),
                arm(one.canary()),
                one.notes(),
                one.sentence());
    }

    private static Arm arm(MetricVerdict.Arm arm) {
        return new Arm(finite(arm.events()), finite(arm.of()));
    }

    private static GuardLine guard(Guard one) {
        return new GuardLine(one.name(), finite(one.seen()), one.allowed(), one.holds());
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    String text() {
        var lines = new ArrayList<String>();
        lines.add(verdict + ": " + sentence);
        for (Line one : metrics) {
            if (!sentence.equals(one.sentence())) { // of one metric alone it is said above
                lines.add("  " + one.verdict() + "  " + one.sentence());
            }
            one.notes().forEach(note -> lines.add("        " + note));
        }
        for (GuardLine one : guards) {
            lines.add(
                    "  %s  guard %s: %s seen, %s allowed"
                            .formatted(
                                    one.holds() ? "holds" : "FAIL",
                                    one.name(),
                                    one.seen(),
                                    one.allowed()));
        }
        notes.forEach(note -> lines.add("  " + note));
        return String.join("\n", lines);
    }
}
