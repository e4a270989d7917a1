package dev.pitcrew.read.cloud;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.util.Optional;

/// What the files say of one attribute.
sealed interface Answer {
    /// They say it.
    record Said(Located<String> value) implements Answer {}

    /// They say nothing, so the provider's own value is taken.
    record Nothing() implements Answer {}

    /// Something decides it that isn't in the files.
    record Unknown(Place place) implements Answer {}

    /// The text, if they say it.
    default Optional<Located<String>> said() {
        return this instanceof Said one ? Optional.of(one.value()) : Optional.empty();
    }
}
