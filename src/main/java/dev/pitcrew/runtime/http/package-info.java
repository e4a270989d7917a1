/// How we talk to the services: hooks make them act, probes read them.
///
/// In: a hook or a probe as the system file declares it, and the address of an instance. Out: answers as values, never
/// exceptions. Read [Hooks] first, then [Probing].
@NullMarked
package dev.pitcrew.runtime.http;

import org.jspecify.annotations.NullMarked;
