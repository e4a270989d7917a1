/// Where a ledger is kept, and who else remembers it: files, SQLite, PostgreSQL, witnesses.
///
/// In: the ports of [dev.pitcrew.ledger]. Out: their adapters for the real world. Read [SqliteStore] first, then
/// [PostgresStore] with its [PostgresLease], then [WitnessServer].
@NullMarked
package dev.pitcrew.runtime.ledger;

import org.jspecify.annotations.NullMarked;
