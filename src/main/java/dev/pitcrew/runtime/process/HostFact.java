package dev.pitcrew.runtime.process;

/// A number about the host, or why there is none.
public sealed interface HostFact {
    /// @param value in the unit that the question names
    /// @param source who measured it
    record Known(long value, String source) implements HostFact {}

    /// Nobody can say. For a gate this means no.
    record Unknown(String why) implements HostFact {}
}
