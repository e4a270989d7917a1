package dev.pitcrew.judge;

/// Whether the canary gets the share of the traffic that it is meant to have. Where it does not, nothing passes: clients may
/// have moved away from it because it is bad.
///
/// @param canaryShare what it is meant to get, above 0 and below 1
/// @param baseline requests, orders or clients that went to the baseline; at least 0
/// @param canary those that went to the canary
public record Split(double canaryShare, double baseline, double canary) {
    static final double ALPHA = 0.01;

    /// @return log E for another share than that
    public double logE() {
        return Multinomial.split(canaryShare).logE(baseline, canary);
    }

    /// Whether nothing speaks against the share that was meant.
    public boolean holds() {
        return logE() < Math.log(1 / ALPHA);
    }

    String sentence() {
        double seen = baseline + canary == 0 ? canaryShare : canary / (baseline + canary);
        return "traffic split: the canary got %s where %s were meant (log E %s of %s); %s"
                .formatted(
                        Numbers.percent(seen),
                        Numbers.percent(canaryShare),
                        Numbers.of(logE()),
                        Numbers.of(Math.log(1 / ALPHA)),
                        holds()
                                ? "nothing speaks against it"
                                : "so nothing passes until the balancer is looked at");
    }
}
