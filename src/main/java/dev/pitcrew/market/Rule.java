package dev.pitcrew.market;

import dev.pitcrew.market.ClockTime.Span;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// One line of a calendar: what happens on which days. Of two lines about the same day the later one holds.
///
/// @param from the first day for which it may hold
/// @param until the last one
/// @param reason in words; empty for regular hours
record Rule(Act act, DayRule days, LocalDate from, LocalDate until, String reason) {
    /// Its days in a year.
    List<LocalDate> in(int year) {
        if (from.getYear() > year || until.getYear() < year) {
            return List.of();
        }
        return days.in(year)
                .filter(day -> !day.isBefore(from) && !day.isAfter(until))
                .sorted()
                .toList();
    }

    /// A freeze by another clock; anything else as it is.
    Rule by(Optional<ZoneId> zone) {
        return act instanceof Act.Freeze(var span, _)
                ? new Rule(new Act.Freeze(span, zone), days, from, until, reason)
                : this;
    }

    sealed interface Act {
        /// @param spans at least one; what lies between two is a break
        record Hours(List<Span> spans) implements Act {
            public Hours {
                spans = List.copyOf(spans);
            }
        }

        record Closed() implements Act {}

        /// As usual, in spite of an earlier line.
        record Open() implements Act {}

        /// The session ends at this time.
        record Early(ClockTime close) implements Act {}

        /// The session begins at this time.
        record Late(ClockTime open) implements Act {}

        /// Other hours, whatever the day is otherwise.
        record Special(List<Span> spans) implements Act {
            public Special {
                spans = List.copyOf(spans);
            }
        }

        /// Nothing is traded in between: an outage, or maintenance.
        record Halt(Span span) implements Act {}

        /// No change, whatever the venue does.
        ///
        /// @param span empty: all of the day
        /// @param zone whose clock is meant; empty: the venue's
        record Freeze(Optional<Span> span, Optional<ZoneId> zone) implements Act {}
    }
}
