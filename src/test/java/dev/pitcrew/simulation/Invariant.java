package dev.pitcrew.simulation;

/// What must hold in every run, whatever goes wrong.
enum Invariant {
    /// At most one instance of a single-active service may send.
    ONE_ACTIVE,
    /// What serves is not ended by us, and what we leave is never under the minimum.
    CAPACITY,
    /// A shadow is never told to send.
    SHADOWS_SEND_NOTHING,
    /// A share of clients only grows while a rollout goes forward, so nobody is sent to and fro.
    SHARES_GROW,
    /// A version known to have failed never serves, unless it was approved again.
    FAILED_NEVER_SERVES,
    /// An effect comes after its entry, but for those that only reduce risk.
    ENTRY_BEFORE_EFFECT,
    /// Tokens only grow.
    TOKENS_GROW,
    /// The time of entries never goes back, whatever the host's clock does.
    TIME_GROWS,
    /// Rollouts and mends write a bounded number of entries.
    ENTRIES_BOUNDED,
    /// Each rollout and each mend ends.
    EVERYTHING_ENDS,
    /// Whoever is stuck says in what, why, and what a person has to do.
    STUCK_BY_NAME,
    /// Whoever is stuck sends nothing until a person has looked.
    HALTED_IS_SILENT,
    /// A rollout that turned back leaves the old version everywhere.
    WAY_BACK_IS_WHOLE,
    /// In the end the approved version serves, in the number asked for.
    SERVED_AS_APPROVED,
    /// Each acknowledged order is sent once at most, and has one fate in the end.
    ONE_FATE,
    /// Each request is answered, and what was held goes to somebody who takes it.
    HELD_ARE_DELIVERED,
    /// The journal replays to the state that was decided on.
    REPLAYS,
    /// Deciders are deterministic and quiet.
    LAWFUL;

    void require(boolean condition, String message, Object... parts) {
        if (!condition) {
            throw new InvariantBroken(this, message.formatted(parts));
        }
    }
}
