package dev.pitcrew.judge;

import java.util.List;

/// Whether events fall into classes in given shares: the Dirichlet and multinomial e-process, two-sided.
///
/// It tests the split of the traffic, for two arms and for more: a sample ratio mismatch says that the balancer does not
/// give the canary its share, and then nothing else that was counted means what it should.
///
/// @param shares the shares under the null hypothesis, each above 0, 1 in sum
/// @param k the prior's weight, as many events as it counts for; above 0
/// @see <a href="https://arxiv.org/abs/2011.03567">Lindon and Malek 2022</a>
public record Multinomial(List<Double> shares, double k) {
    /// How much the prior weighs by default.
    public static final double WEIGHT = 10;

    private static final double ROUNDING = 1e-9;

    public Multinomial {
        shares = List.copyOf(shares);
        double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
        if (shares.size() < 2
                || !(Math.abs(sum - 1) < ROUNDING)
                || !shares.stream().allMatch(share -> share > 0)
                || !(k > 0)) {
            throw new IllegalArgumentException(
                    "at least two shares above 0 with 1 as their sum, and k above 0, got "
                            + shares
                            + " and "
                            + k);
        }
    }

    /// Whether two arms get their shares.
    ///
    /// @param canaryShare what the canary has to get, above 0 and below 1
    public static Multinomial split(double canaryShare) {
        return new Multinomial(List.of(1 - canaryShare, canaryShare), WEIGHT);
    }

    /// @param counts how often each class came up so far, in the order of the shares
    /// @return log E; 0 before the first event
    public double logE(double... counts) {
        if (counts.length != shares.size()) {
            throw new IllegalArgumentException(
                    "as many counts as shares, got " + counts.length + " for " + shares.size());
        }
        double seen = 0;
        double log = 0;
        for (int i = 0; i < counts.length; i++) { // class by class: each against all before it
            double share = shares.get(i);
            double before = shares.subList(0, i).stream().mapToDouble(Double::doubleValue).sum();
            if (i > 0) {
                log +=
                        new BetaMixture(k * share, k * before, share / (share + before))
                                .logE(counts[i], seen);
            }
            seen += counts[i];
        }
        return log;
    }

    /// Valid at every look: the smallest level at which it could be rejected.
    public double p(double... counts) {
        return Math.min(1, Math.exp(-logE(counts)));
    }
}
