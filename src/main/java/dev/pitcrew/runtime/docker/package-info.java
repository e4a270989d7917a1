/// Docker Engine, over its API (1.41 and later).
///
/// In: specifications of containers. Out: what the engine says of containers and images, within a deadline or not at all: an engine that
/// hangs delays nobody and confirms nothing. Read `Engine` first.
@NullMarked
package dev.pitcrew.runtime.docker;

import org.jspecify.annotations.NullMarked;
