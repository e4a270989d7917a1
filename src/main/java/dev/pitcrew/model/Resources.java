package dev.pitcrew.model;

import java.util.Optional;

/// What one instance may use.
///
/// @param memory its limit; absent: none
public record Resources(Optional<ByteSize> memory) {}
