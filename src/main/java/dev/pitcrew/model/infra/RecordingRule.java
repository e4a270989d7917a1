package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;
import java.util.Optional;

/// A rule that keeps the answer of a query under a name.
///
/// @param place of its name
/// @param name of the series that it makes
/// @param group the name of its group
/// @param query what it asks; empty when that could not be read
public record RecordingRule(
        String format, Place place, String name, String group, Optional<Query> query)
        implements InfraFact {}
