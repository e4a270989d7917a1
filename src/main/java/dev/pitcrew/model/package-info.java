/// The words of the house: what a trading system is made of, and the records that travel between the rooms.
///
/// In: nothing. Out: types that every other package speaks with. Read [TradingSystem] first, then [Decider].
@NullMarked
package dev.pitcrew.model;

import org.jspecify.annotations.NullMarked;
