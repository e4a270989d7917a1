package dev.pitcrew.model;

/// A fact that a probe reads from an instance.
public enum ProbeName {
    /// Whether it can work: by HTTP, status 200.
    READY,
    /// Whether it may still send.
    ACTIVE,
    /// The highest activation token it remembers.
    TOKEN,
    /// Hex SHA-256 of the version it runs.
    DIGEST,
    /// Hex SHA-256 of the configuration it has read.
    CONFIGURATION,
    /// Hex SHA-256 of the flags it has read.
    FLAGS,
    /// Orders sent that the venue has not answered.
    UNANSWERED,
    /// Orders of unknown fate.
    IN_DOUBT,
    OPEN_ORDERS,
    /// Whether the kill latch is set.
    KILLED,
    /// Whether it is logged on at its venue.
    SESSION,
    /// Milliseconds since the last market data.
    FEED_AGE,
    /// Requests since it started.
    REQUESTS,
    /// Of those, how many it failed.
    ERRORS,
    /// Of those, how many were slow.
    SLOW,
    /// Orders since it started that were refused because their ClOrdID was used before.
    DUPLICATES,
    /// Open orders by the venue's own mass status, asked for this answer. Only a kill asks, because venues count such questions.
    VENUE_OPEN_ORDERS,
    /// When the venue took its last order, ISO-8601, by the drop copy. Only a kill asks.
    LAST_ACCEPTED,
    /// The number of the next FIX message to the venue. Only the start of the day asks.
    SEQUENCE_OUT,
    /// The number that is expected next from the venue. Only the start of the day asks.
    SEQUENCE_IN;

    /// Whether it is read all the time, and not only when a kill or the start of the day wants to know.
    public boolean isRoutine() {
        return switch (this) {
            case VENUE_OPEN_ORDERS, LAST_ACCEPTED, SEQUENCE_OUT, SEQUENCE_IN -> false;
            default -> true;
        };
    }

    /// As the system file spells it: `inDoubt`.
    public String key() {
        return Words.key(this);
    }
}
