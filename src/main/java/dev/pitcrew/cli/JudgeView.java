package dev.pitcrew.cli;

import dev.pitcrew.judge.Guard;
import dev.pitcrew.judge.Judgement;
import dev.pitcrew.judge.MetricVerdict;
import dev.pitcrew.judge.Rules;
import dev.pitcrew.judge.Verdict;
import java.math.BigDecimal;
import java.math.MathContext;
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
        if (metrics.size() == 1 && sentence.equals(metrics.getFirst().sentence())) {
            lines.add(verdict + ": " + sentence);
            metrics.getFirst().notes().forEach(note -> lines.add("        " + note));
        } else {
            lines.add(verdict + ": " + brief());
            for (Line one : metrics) {
                lines.add("  " + one.verdict() + "  " + one.sentence());
                one.notes().forEach(note -> lines.add("        " + note));
            }
        }
        for (GuardLine one : guards) {
            lines.add(
                    "  %s  guard %s: %s seen, %s allowed"
                            .formatted(
                                    one.holds() ? "holds" : "FAIL",
                                    one.name(),
                                    one.seen() == null ? "nothing" : number(one.seen()),
                                    number(one.allowed())));
        }
        if (split != null && !split.holds()) {
            lines.add(
                    "  the canary was meant to get %s %% of the traffic, and got %s of %s"
                            .formatted(
                                    number(split.share() * 100),
                                    number(split.canary()),
                                    number(split.canary() + split.baseline())));
        }
        notes.forEach(note -> lines.add("  " + note));
        return String.join("\n", lines);
    }

    private static String number(double value) {
        return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
    }

    /// What it comes from, by name; each has its own sentence below.
    private String brief() {
        if (verdict == Verdict.PASS) {
            return "%d of %d are within their margins".formatted(metrics.size(), metrics.size());
        }
        var why = new ArrayList<String>();
        guards.stream().filter(one -> !one.holds()).map(GuardLine::name).forEach(why::add);
        if (split != null && !split.holds() && verdict != Verdict.FAIL) {
            why.add("the split of the traffic");
        }
        metrics.stream()
                .filter(one -> one.verdict() != Verdict.PASS)
                .filter(one -> verdict != Verdict.FAIL || one.verdict() == Verdict.FAIL)
                .map(Line::metric)
                .forEach(why::add);
        return switch (verdict) {
            case FAIL -> "harm is shown by " + String.join(", ", why);
            case NO_DATA -> "nothing to judge from: " + String.join(", ", why);
            default -> "nothing is shown of " + String.join(", ", why);
        };
    }
}
