package dev.pitcrew.judge;

/// How much speaks against a value being the quantile of one arm, by how many of the arm's values lie below it. Both numbers are
/// logarithms of e-values.
sealed interface QuantileMixture {
    /// Against the quantile lying at the value or below it: the fewer lie up to it, the more.
    ///
    /// @param upTo so many lie at or below the value
    double tooFew(double upTo);

    /// Against the quantile lying at the value or above it: the more lie below it, the more.
    ///
    /// @param before so many lie below the value
    double tooMany(double before);

    /// A prior on one side of p: on fewer values below for the one question, on more for the other. A tenth is not bet, so that what speaks
    /// the other way in one arm can hide little of what the other arm says.
    ///
    /// @param above the prior, for more than p
    /// @param below the same for values that lie above, more than 1 - p
    /// @param abovePrior what is taken away for the prior
    /// @param belowPrior likewise
    record OneSided(
            BetaMixture above, BetaMixture below, double size, double abovePrior, double belowPrior)
            implements QuantileMixture {
        private static final double LOG_BET = Math.log(0.9);
        private static final double LOG_KEPT = Math.log(0.1);

        static OneSided of(BetaMixture mixture, double size) {
            var below = new BetaMixture(mixture.b(), mixture.a(), 1 - mixture.p());
            return new OneSided(mixture, below, size, mixture.priorAbove(), below.priorAbove());
        }

        @Override
        public double tooFew(double upTo) {
            return some(below.logAbove(size - upTo, upTo) - belowPrior);
        }

        @Override
        public double tooMany(double before) {
            return some(above.logAbove(before, size - before) - abovePrior);
        }

        private static double some(double logE) {
            return Logs.add(LOG_BET + logE, LOG_KEPT);
        }
    }

    /// A prior on both sides, as published; on the side that is not asked about the least counts.
    ///
    /// @param middle where the least speaks against the value
    /// @param least so much
    record TwoSided(BetaMixture mixture, double size, double prior, double middle, double least)
            implements QuantileMixture {
        private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
        private static final double NEAR = 1e-4; // of a value; the function is flat there

        static TwoSided of(BetaMixture mixture, double size) {
            var whole = new TwoSided(mixture, size, mixture.prior(), 0, 0);
            double middle = whole.lowest();
            return new TwoSided(mixture, size, whole.prior, middle, whole.against(middle));
        }

        @Override
        public double tooFew(double upTo) {
            return upTo >= middle ? least : against(upTo);
        }

        @Override
        public double tooMany(double before) {
            return before <= middle ? least : against(before);
        }

        private double against(double below) {
            return mixture.log(below, size - below) - prior;
        }

        /// Where a convex function is least, by golden sections.
        private double lowest() {
            double guess = mixture.p() * (size - 1) + 0.5;
            double low = Math.max(0, guess - 2);
            double high = Math.min(size, guess + 2);
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            double atLeft = against(left);
            double atRight = against(right);
            while (high - low > NEAR) {
                if (atLeft < atRight) {
                    high = right;
                    right = left;
                    atRight = atLeft;
                    left = high - GOLDEN * (high - low);
                    atLeft = against(left);
                } else {
                    low = left;
                    left = right;
                    atLeft = atRight;
                    right = low + GOLDEN * (high - low);
                    atRight = against(right);
                }
            }
            return (low + high) / 2;
        }
    }
}
