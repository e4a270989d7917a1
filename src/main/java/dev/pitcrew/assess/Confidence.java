package dev.pitcrew.assess;

/// How sure it is that a finding is right.
public enum Confidence {
    /// The files say so.
    HIGH,
    /// It follows from a name, an image or a usual default.
    MEDIUM,
    /// It may be otherwise where the files can't tell.
    LOW
}
