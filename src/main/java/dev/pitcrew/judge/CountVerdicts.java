package dev.pitcrew.judge;

import dev.pitcrew.judge.Evidence.Counted;
import dev.pitcrew.judge.Metric.Worse;
import dev.pitcrew.judge.MetricVerdict.Arm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Verdicts on shares and rates.
///
/// @param alpha the level for FAIL of this metric
record CountVerdicts(Trial trial, Rules rules, double alpha, Judge.Stage stage) {
    // With two margins either one lets a release pass, so they share the level.
    static final double RATIO_PART = 0.75;

    /// What one direction says.
    private record Side(double logE, double ratio, double low, double high, boolean isWithin) {}

    MetricVerdict of(
            String name, Worse worse, Margin margin, boolean isShare, @Nullable Evidence evidence) {
        var seen =
                evidence instanceof Counted counted
                        ? counted
                        : new Counted(Counts.NONE, 0, 0, 1, 0);
        var total = seen.counts().total();
        var baseline = new Arm(total.baseline(), seen.baselineAll());
        var canary = new Arm(total.canary(), seen.canaryAll());
        double level = worse == Worse.EITHER ? alpha / 2 : alpha;
        double limit = Math.log(1 / level);
        if (seen.baselineAll() == 0 || seen.canaryAll() == 0) {
            String which = seen.canaryAll() == 0 ? "canary" : "baseline";
            String why = "%s: the %s has nothing to count by yet".formatted(name, which);
            return new MetricVerdict(
                    name,
                    Verdict.NO_DATA,
                    "counts",
                    0,
                    limit,
                    Double.NaN,
                    0,
                    Double.POSITIVE_INFINITY,
                    margin,
                    baseline,
                    canary,
                    List.of(),
                    why);
        }
        Side side = sides(seen, worse, margin, isShare, level);
        double most = Math.max(side.logE, trial.peak(name));
        var verdict =
                most >= limit
                        ? Verdict.FAIL
                        : side.isWithin && seen.missing() == 0 ? Verdict.PASS : Judge.open(stage);
        return new MetricVerdict(
                name,
                verdict,
                isShare && margin.hasAbsolute() ? "counts, ratio and difference" : "counts, ratio",
                side.logE,
                limit,
                side.ratio,
                side.low,
                side.high,
                margin,
                baseline,
                canary,
                notes(seen),
                sentence(
                        name, worse, isShare, verdict, side, margin, baseline, canary, most,
                        limit));
    }

    private Side sides(Counted seen, Worse worse, Margin margin, boolean isShare, double level) {
        return switch (worse) {
            case MORE -> side(seen, margin, isShare, level);
            case LESS -> side(fewer(seen), margin, isShare, level);
            case EITHER -> {
                Side up = side(seen, margin, false, level);
                Side down = side(fewer(seen), margin, false, level);
                // Told as more of it; how much less there may be is in the other side's bound.
                yield new Side(
                        Math.max(up.logE, down.logE),
                        up.ratio,
                        Math.max(up.low, down.high == 0 ? 0 : 1 / down.high),
                        up.high,
                        up.isWithin && down.isWithin);
            }
        };
    }

    /// The arms changed for each other: that the canary has less is that the baseline has more.
    private static Counted fewer(Counted seen) {
        return new Counted(
                seen.counts().swapped(),
                /* baselineAll= */ seen.canaryAll(),
                /* canaryAll= */ seen.baselineAll(),
                seen.burst(),
                seen.missing());
    }

    private Side side(Counted seen, Margin margin, boolean isShare, double level) {
        var counts = seen.counts().thinned(seen.burst());
        var ratio = new RateRatio(counts, priorShare(counts));
        double logE = ratio.logEAbove(margin.limit());
        boolean isDifference = isShare && margin.hasAbsolute();
        double high = ratio.high(isDifference ? rules.alphaPass() * RATIO_PART : rules.alphaPass());
        boolean isWithin = high < margin.limit();
        if (isDifference) {
            var difference = difference(seen, counts.total());
            if (logE >= Math.log(1 / level)) { // harm beyond one margin is none within the other
                logE = Math.min(logE, difference.logEAbove(margin.absolute()));
            }
            double rest = rules.alphaPass() * (1 - RATIO_PART);
            isWithin |= difference.logEBelow(margin.absolute()) >= Math.log(1 / rest);
        }
        return new Side(logE, ratio.point(), ratio.low(level), high, isWithin);
    }

    private static ShareDifference difference(Counted seen, Counts.Pair total) {
        return new ShareDifference(
                total.baseline(),
                Math.max(total.baseline(), seen.baselineAll() / seen.burst()),
                total.canary(),
                Math.max(total.canary(), seen.canaryAll() / seen.burst()));
    }

    private double priorShare(Counts counts) {
        return rules.share() > 0 ? rules.share() : counts.phases().lastKey();
    }

    private static List<String> notes(Counted seen) {
        var notes = new ArrayList<String>();
        if (seen.burst() > 1) {
            notes.add(
                    "events come about %s at a time, so that many count as one"
                            .formatted(Numbers.of(seen.burst())));
        }
        if (seen.missing() > 0) {
            notes.add(
                    "%d scrapes or rows said nothing, so it can't pass".formatted(seen.missing()));
        }
        if (seen.counts().phases().size() > 1) {
            notes.add(
                    "the canary's share changed %d times, which is accounted for"
                            .formatted(seen.counts().phases().size() - 1));
        }
        return notes;
    }

    private static String sentence(
            String name,
            Worse worse,
            boolean isShare,
            Verdict verdict,
            Side side,
            Margin margin,
            Arm baseline,
            Arm canary,
            double most,
            double limit) {
        String numbers =
                "%s: %s of %s on the canary, %s of %s on the baseline"
                        .formatted(
                                name,
                                Numbers.of(canary.events()),
                                Numbers.of(canary.of()),
                                Numbers.of(baseline.events()),
                                Numbers.of(baseline.of()));
        String than = worse == Worse.LESS ? "as few" : "as many";
        return numbers
                + switch (verdict) {
                    case FAIL ->
                            ", at least %s times %s where a margin of %s is allowed (log E %s, limit %s)"
                                    .formatted(
                                            Numbers.of(side.low),
                                            than,
                                            margin,
                                            Numbers.of(most),
                                            Numbers.of(limit));
                    case PASS ->
                            ", at most %s times %s: within the margin of %s"
                                    .formatted(Numbers.of(side.high), than, margin);
                    default ->
                            isShare
                                            && margin.hasAbsolute()
                                            && margin.relative() > 0
                                            && side.low > margin.limit()
                                    ? ": %s to %s times %s, which is beyond %s %%"
                                                    .formatted(
                                                            Numbers.of(side.low),
                                                            Numbers.of(side.high),
                                                            than,
                                                            Numbers.of(100 * margin.relative()))
                                            + difference(worse, margin, baseline, canary)
                                            + ", and only what is beyond both margins is harm"
                                    : ": %s to %s times %s, which neither shows harm beyond %s nor rules it out"
                                                    .formatted(
                                                            Numbers.of(side.low),
                                                            Numbers.of(side.high),
                                                            than,
                                                            margin)
                                            + (isShare && margin.hasAbsolute()
                                                    ? difference(worse, margin, baseline, canary)
                                                    : "");
                };
    }

    private static String difference(Worse worse, Margin margin, Arm baseline, Arm canary) {
        double points = 100 * (canary.events() / canary.of() - baseline.events() / baseline.of());
        return "; it has %s percentage points %s, and whether it truly has over %s %s is not shown"
                .formatted(
                        Numbers.of(Math.abs(points)),
                        points < 0 ? "less" : "more",
                        Numbers.of(100 * margin.absolute()),
                        worse == Worse.LESS ? "less" : "more");
    }
}
