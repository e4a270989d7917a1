package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;

/// A value that a chart's template puts in as it is, and that the chart's values don't have.
///
/// @param place in the template
/// @param path such as `image.tag`
/// @param beside the mapping in the values in which it should stand
public record MissingValue(Place place, String path, Place beside) implements InfraFact {
    @Override
    public String format() {
        return "helm";
    }
}
