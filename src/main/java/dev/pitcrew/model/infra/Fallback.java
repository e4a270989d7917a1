package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;

/// What a container gets when nobody says otherwise: the default of a variable that its file leaves open, as in `${DRY_RUN:-false}`.
///
/// @param format such as `compose`
/// @param unit what the container is part of
/// @param container its name
/// @param place of the value
/// @param variable as the container sees it
/// @param source the variable that may say otherwise
/// @param value the default
public record Fallback(
        String format,
        String unit,
        String container,
        Place place,
        String variable,
        String source,
        String value)
        implements InfraFact {}
