/// When venues trade, and when a trading system may be changed.
///
/// In: calendar files, ours under `src/main/resources` and an operator's own, and a moment. Out: phases, sessions, windows for changes and
/// what stands against a change. Pure: nothing here knows what time it is, and the past that is asked about may be any. A calendar says
/// through which day it knows; after that its answer is UNKNOWN, which means no.
///
/// The way: text -> [VenueRules] ([CalendarFile]) -> [TradingSession]s -> [Calendar]. Read [Calendars] first.
@NullMarked
package dev.pitcrew.market;

import org.jspecify.annotations.NullMarked;
