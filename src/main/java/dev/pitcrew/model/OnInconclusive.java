package dev.pitcrew.model;

/// What becomes of a new version of which the judge could show neither harm nor its absence in the time that it had. Of one that gave
/// nothing to judge from there is no choice: it goes back.
public enum OnInconclusive {
    /// It stays, since no harm was shown.
    KEEP,
    /// The old version serves again.
    BACK,
    /// A person decides, and when nobody does in time, the old version serves again.
    ASK
}
