/// Use cases that cross rooms.
///
/// In: a system as its file describes it, and what runs of it. Out: what was done, as records that every face shows
/// alike. Read [Kill] first: it needs neither controller nor ledger. Then [DeskStatus].
@NullMarked
package dev.pitcrew.app;

import org.jspecify.annotations.NullMarked;
