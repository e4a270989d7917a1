package dev.pitcrew.model;

/// What a service does in the system.
public enum Role {
    /// Holds a venue's order session.
    ORDER_ENTRY,
    /// Decides what to trade.
    STRATEGY,
    /// Takes market data in.
    FEED,
    /// Records executions from the venue's own copy.
    DROP_COPY,
    /// Keeps nothing, so any number of instances may run.
    STATELESS,
    OTHER
}
