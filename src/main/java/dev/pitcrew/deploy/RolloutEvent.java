package dev.pitcrew.deploy;

import java.time.Instant;

/// What happens to a rollout besides the steps of its courses.
public sealed interface RolloutEvent extends Event {
    /// Which rollout, such as `r7`.
    String rollout();

    /// Somebody asked for it.
    ///
    /// @param by the operator
    /// @param reason why, in the operator's words; may be empty
    record Planned(Instant at, String service, String rollout, Plan plan, String by, String reason)
            implements RolloutEvent {}

    /// An operator agreed to exactly what the hash stands for.
    ///
    /// @param emergency whether one person took it on himself, to be re-assessed by another
    record Approved(
            Instant at, String service, String rollout, String by, String hash, boolean emergency)
            implements RolloutEvent {}

    /// It began.
    ///
    /// @param course its way there
    /// @param mark how it was approved: `two people`, `single operator`, `emergency`, `none`
    /// @param evidence what the gates of its approval said; empty when there were none
    record Started(
            Instant at, String service, String rollout, Course course, String mark, String evidence)
            implements RolloutEvent {}

    /// An operator wants it to end.
    record AbortAsked(Instant at, String service, String rollout, String by, String reason)
            implements RolloutEvent {}

    /// An operator was asked, since the judge could show nothing, and wants to keep it.
    record Kept(Instant at, String service, String rollout, String by, String reason)
            implements RolloutEvent {}

    /// It goes back.
    ///
    /// @param course its way back
    /// @param outcome what it will be once it is back
    record TurnedBack(
            Instant at,
            String service,
            String rollout,
            Course course,
            Outcome outcome,
            String reason)
            implements RolloutEvent {}

    /// It is over.
    ///
    /// @param next what a person has to do; empty unless it is stuck
    record Finished(
            Instant at, String service, String rollout, Outcome outcome, String reason, String next)
            implements RolloutEvent {}

    /// How a rollout ended.
    enum Outcome {
        /// The new version serves.
        DONE,
        /// A gate stayed shut, or the old version or the balancer did not do its part; that says nothing about the new version, and the old
        /// one serves.
        GATED,
        /// The new version was never trusted with anything, and the old one serves.
        REFUSED,
        /// The new version served and did not keep its objectives; the old one serves again.
        ROLLED_BACK,
        /// An operator ended it, and the old one serves.
        ABORTED,
        /// The new version ran in shadow and was like the active one; nothing else was asked for, and the old one serves.
        SHADOWED,
        /// It can't go on and it can't go back; a person is needed.
        STUCK
    }
}
