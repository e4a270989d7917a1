package dev.pitcrew.model;

import java.util.List;

/// A change that gives the new version a part of the traffic first.
///
/// @param shares of clients, each above the one before; after the last comes everybody
/// @param limits how limits and positions hold while two versions run
public record Canary(List<Fraction> shares, Limits limits) {
    public Canary {
        shares = List.copyOf(shares);
        var before = 0.0;
        for (var share : shares) {
            if (share.value() <= before || share.value() >= 1) {
                throw new IllegalArgumentException(
                        "shares grow from above 0%% to below 100%%, got %s after %s"
                                .formatted(share.value(), before));
            }
            before = share.value();
        }
        if (shares.isEmpty()) {
            throw new IllegalArgumentException("a canary needs at least one share");
        }
    }

    /// How limits and positions hold while two versions run.
    public enum Limits {
        /// It holds neither.
        NONE,
        /// All instances, old and new, take from one account.
        SHARED,
        /// Each instance takes the part that is its share of the traffic.
        SCALED,
        /// Each process counts for itself, so that two versions together may use twice as much.
        PER_PROCESS
    }
}
