package dev.pitcrew.market;

import java.time.LocalDate;

/// A phase that goes with the open or the close of every session.
///
/// @param minutes how long
/// @param from the first day for whose session it holds
/// @param until the last one
record Around(Phase phase, int minutes, Edge edge, LocalDate from, LocalDate until) {
    enum Edge {
        BEFORE_OPEN,
        BEFORE_CLOSE,
        AFTER_CLOSE
    }

    boolean isFor(LocalDate date) {
        return !date.isBefore(from) && !date.isAfter(until);
    }
}
