package dev.pitcrew.model;

import java.time.Instant;

/// What becomes of a new version of which the judge could show neither harm nor its absence in the time that it had. Of one that gave
/// nothing to judge from there is no choice: it goes back.
public sealed interface OnInconclusive {
    /// The old version serves again.
    record Rollback() implements OnInconclusive {}

    /// A person decides, and when nobody does in time, the old version serves again.
    record PromoteWithApproval() implements OnInconclusive {}

    /// It is watched further, at the share that it has; what is still open then goes back.
    record HoldUntil(Instant until) implements OnInconclusive {}

    /// It stays, since no harm was shown.
    record Keep() implements OnInconclusive {}
}
