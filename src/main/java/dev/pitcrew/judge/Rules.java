package dev.pitcrew.judge;

/// How sure a verdict has to be.
///
/// @param alphaFail in so many of equal releases, at most, harm is claimed at any look: of all metrics together
/// @param alphaPass so often, at most, a metric passes that is worse than its margin
/// @param expected how many values the canary is expected to have in the end, at least 1; where the quantile tests are
///     sharpest follows from it, and it has to be fixed before anything is seen
/// @param valuesMin with fewer values of an arm no latency is judged
/// @param share the largest share of the traffic that the canary will have, as it was planned; 0 for the largest that was seen,
///     which is the same where there is but one
public record Rules(
        double alphaFail, double alphaPass, double expected, long valuesMin, double share) {
    /// 1 % and 5 %, with 20,000 values expected and at least 50 needed.
    public static final Rules DEFAULT = new Rules(0.01, 0.05, 20_000, 50, 0);

    public Rules {
        if (!(alphaFail > 0 && alphaFail < 1 && alphaPass > 0 && alphaPass < 1 && expected >= 1)
                || !(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "levels lie between 0 and 1, and at least one value is expected, got "
                            + alphaFail
                            + ", "
                            + alphaPass
                            + " and "
                            + expected);
        }
    }

    /// The same with another level for FAIL.
    public Rules withAlpha(double alpha) {
        return new Rules(alpha, alphaPass, expected, valuesMin, share);
    }

    /// The same for another number of values.
    public Rules expecting(double values) {
        return new Rules(alphaFail, alphaPass, Math.max(1, values), valuesMin, share);
    }
}
