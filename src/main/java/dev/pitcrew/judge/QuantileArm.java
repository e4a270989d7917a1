package dev.pitcrew.judge;

import java.util.Arrays;

/// One arm of a quantile test. What is asked of it more than once is computed once.
final class QuantileArm {
    private final Steps steps;
    private final QuantileMixture mixture;
    private final double[] few;
    private final double[] many;

    QuantileArm(Steps steps, QuantileMixture mixture) {
        this.steps = steps;
        this.mixture = mixture;
        few = new double[steps.count() + 1];
        many = new double[steps.count() + 1];
        Arrays.fill(few, Double.NaN);
        Arrays.fill(many, Double.NaN);
    }

    Steps steps() {
        return steps;
    }

    int count() {
        return steps.count();
    }

    /// Against its quantile lying at or below a value that so many steps lie at or below.
    double tooFew(int upTo) {
        if (Double.isNaN(few[upTo])) {
            few[upTo] = mixture.tooFew((double) steps.first(upTo));
        }
        return few[upTo];
    }

    /// Against its quantile lying at or above a value that so many steps lie below.
    double tooMany(int before) {
        if (Double.isNaN(many[before])) {
            many[before] = mixture.tooMany((double) steps.first(before));
        }
        return many[before];
    }
}
