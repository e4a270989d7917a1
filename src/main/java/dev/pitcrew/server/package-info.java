/// The controller's HTTP API and its console, on the loopback, and elsewhere by TLS.
///
/// In: requests of operators, each with a token, or at the console with a session. Out: status and ledger as JSON and as pages, and intents
/// for the loop. Read [Api] first, then [Acts]; [Operators] and [Grant] know who may ask for what, [Console] and [Pages] what people see.
@NullMarked
package dev.pitcrew.server;

import org.jspecify.annotations.NullMarked;
