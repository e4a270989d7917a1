package dev.pitcrew.cli;

/// Which system file a verb takes when none is named.
enum WithoutFile {
    /// The one in the working folder.
    HERE,
    /// The one in the working folder; the example where there is none.
    HERE_OR_EXAMPLE,
    /// The example, whatever lies in the working folder.
    EXAMPLE
}
