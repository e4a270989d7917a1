package dev.pitcrew.judge;

import java.util.Arrays;
import java.util.Random;

/// How often a canary's value was larger than the baseline's that it was paired with: the state of the sign test, which
/// finds a shift of everything soonest.
///
/// @param halfWins twice the pairs in which the canary's was larger, and once those of equals
/// @param pairs how many
public record SignCount(long halfWins, long pairs) {
    /// No pair yet.
    public static final SignCount NONE = new SignCount(0, 0);

    private static final double V_OPT = 250;
    private static final double ALPHA_OPT = 0.05;
    private static final BetaMixture MIXTURE = BetaMixture.tuned(0.5, V_OPT, 2 * ALPHA_OPT);
    private static final double ROUNDING = 1e-12;

    public SignCount {
        if (pairs < 0 || halfWins < 0 || halfWins > 2 * pairs) {
            throw new IllegalArgumentException(
                    "at most all pairs are won, got %d halves of %d".formatted(halfWins, pairs));
        }
    }

    /// With the pairs of a look. Which value meets which is drawn from the seed and from nothing else, so the order in which
    /// they came within the look makes no difference; those that find no partner are left out.
    ///
    /// @param baseline what the look brought of it
    /// @param canary what the look brought of it
    /// @param limit the canary's values are divided by it: 1 + the margin
    /// @param seed another one for each look
    public SignCount and(Values baseline, Values canary, double limit, long seed) {
        var random = new Random(seed);
        double[] ours = shuffled(canary, true, random);
        double[] theirs = shuffled(baseline, false, random);
        int fresh = Math.min(ours.length, theirs.length);
        long halves = 0;
        for (int i = 0; i < fresh; i++) {
            double wanted = theirs[i] * limit;
            boolean isEqual = Math.abs(ours[i] - wanted) <= ROUNDING * wanted;
            halves += isEqual ? 1 : ours[i] > wanted ? 2 : 0;
        }
        return and(new SignCount(halves, fresh));
    }

    /// Of these and other pairs together.
    public SignCount and(SignCount other) {
        return new SignCount(halfWins + other.halfWins, pairs + other.pairs);
    }

    /// One-sided: whether the canary's are larger more often than not.
    public double logE() {
        return MIXTURE.logEAbove(halfWins / 2.0, pairs - halfWins / 2.0);
    }

    /// Values that are known between two ends count for the canary's sake: its own at the low end, the other's at the high one.
    private static double[] shuffled(Values values, boolean isLow, Random random) {
        var all = new double[Math.toIntExact(values.size())];
        int filled = 0;
        for (Values.Bucket one : values.buckets()) {
            Arrays.fill(all, filled, filled + (int) one.count(), isLow ? one.low() : one.high());
            filled += (int) one.count();
        }
        Arrays.sort(all);
        for (int i = all.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            double swapped = all[i];
            all[i] = all[other];
            all[other] = swapped;
        }
        return all;
    }
}
