package dev.pitcrew.model;

/// What keeps an instance from sending once another has taken over.
public enum Fence {
    /// The venue takes one logon.
    SESSION,
    /// The order gateway refuses older tokens.
    GATEWAY,
    /// The host confirms that the process is dead.
    PROCESS,
    /// The store takes conditional writes only. It keeps the books right, but stops no order on its way to the venue.
    STORE;

    /// Whether this fence alone keeps a second sender out.
    public boolean isEnough() {
        return this != STORE;
    }

    /// Whether an instance that gave up its place lives on behind it.
    public boolean letsLive() {
        return this == SESSION || this == GATEWAY;
    }
}
