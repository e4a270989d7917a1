package dev.pitcrew.model;

/// Who takes over when the active instance fails, once its fence is confirmed and open orders are reconciled.
public enum OnFailure {
    /// The warm standby.
    STANDBY,
    /// A new instance of the same version.
    RESTART,
    /// Nobody, until a person says so.
    PERSON
}
