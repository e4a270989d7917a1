package dev.pitcrew.model;

import java.util.Optional;

/// What of a request decides where it goes.
///
/// @param key names whom it is from, or what it is about; the same key is on the same side of a canary, whichever balancer it comes to
/// @param order names the order that it is about, such as `gateway-3.17`: the owner's name, a dot, and the owner's own number. It goes to the
///     owner for as long as that lives. Empty where each instance can change any order
public record Sticky(Part key, Optional<Part> order) {
    /// A part of a request.
    public sealed interface Part {
        /// The value of a header.
        record Header(String name) implements Part {}

        /// The value of a query parameter.
        record Query(String name) implements Part {}
    }
}
