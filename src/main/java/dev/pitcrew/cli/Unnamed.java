package dev.pitcrew.cli;

/// Which environment a verb takes when nobody names one, where the system file has more than one and one of them is live. Where none is
/// live, it is always the first.
enum Unnamed {
    /// None: acting on the wrong one costs money.
    REFUSED,
    /// The one that runs here, when exactly one does: a kill must not wait for a name, and looking harms nobody.
    RUNNING
}
