package dev.pitcrew.model;

import java.time.Duration;
import java.util.Map;

/// A new version that runs on the same inputs as the active one, whose orders are recorded and never sent.
///
/// @param env what of its environment differs, above all where it sends its orders: to a recorder
/// @param limit it is compared so long at most
/// @param then what follows once it has passed
public record Shadow(Map<String, Template> env, Duration limit, Then then) {
    public Shadow {
        env = Words.inOrder(env);
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("a shadow needs a limit above zero");
        }
        if (env.isEmpty()) {
            throw new IllegalArgumentException("a shadow needs to send its orders elsewhere");
        }
    }

    /// What follows.
    public enum Then {
        /// It becomes the active one.
        HANDOFF,
        /// Nothing: it was only tried.
        NOTHING
    }
}
