package dev.pitcrew.judge;

import java.util.List;

/// What two versions are compared by.
public sealed interface Metric {
    /// As the verdict calls it.
    String name();

    /// Which way it gets worse.
    enum Worse {
        /// Errors, rejects.
        MORE,
        /// Fills.
        LESS,
        /// Message rates: a version that suddenly says less is as suspicious as one that says more.
        EITHER
    }

    /// A part of all: of requests that fail, of orders that are rejected.
    ///
    /// @param margin by how much its rate may be worse
    record Share(String name, Worse worse, Margin margin) implements Metric {}

    /// Events for the time or the traffic that an arm had.
    ///
    /// @param margin relative
    record Rate(String name, Worse worse, Margin margin) implements Metric {}

    /// Times that had better be short: of requests, from order to acknowledgement, since the last tick.
    ///
    /// @param quantiles which of them are compared, at least one
    record Latency(String name, List<Quantile> quantiles) implements Metric {
        /// The defaults: p50 +5 %, p90 +10 %, p99 +15 %.
        public static final List<Quantile> QUANTILES =
                List.of(
                        new Quantile(0.5, Margin.of(0.05)),
                        new Quantile(0.9, Margin.of(0.1)),
                        new Quantile(0.99, Margin.of(0.15)));

        public Latency {
            quantiles = List.copyOf(quantiles);
            if (quantiles.isEmpty()) {
                throw new IllegalArgumentException(
                        "a latency is compared by at least one quantile");
            }
        }

        /// The same margin for every quantile.
        public Latency with(Margin margin) {
            return new Latency(
                    name, quantiles.stream().map(one -> new Quantile(one.p(), margin)).toList());
        }
    }

    /// A quantile and its margin.
    ///
    /// @param p above 0 and below 1
    /// @param margin relative
    record Quantile(double p, Margin margin) {
        public Quantile {
            if (!(p > 0 && p < 1)) {
                throw new IllegalArgumentException("a quantile lies between 0 and 1, got " + p);
            }
        }

        String word() {
            return "p" + Numbers.of(p * 100);
        }
    }
}
