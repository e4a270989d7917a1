package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;

/// A line of an environment file: a name and its value.
///
/// @param format `env`
/// @param place of the name
/// @param value without its quotes
public record Setting(String format, String name, Place place, Located<String> value)
        implements InfraFact {}
