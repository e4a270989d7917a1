/// The controller's HTTP API, on the loopback only.
///
/// In: requests of operators, each with a token. Out: status and ledger as JSON, and intents for the loop. Read [Api] first, then
/// [Acts]; [Operators] knows who may ask.
@NullMarked
package dev.pitcrew.server;

import org.jspecify.annotations.NullMarked;
