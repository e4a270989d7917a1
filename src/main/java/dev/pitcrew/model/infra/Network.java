package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;

/// A network that containers join.
///
/// @param format such as `compose`
/// @param unit what it belongs to, as [Container] says it
/// @param name as its file calls it
/// @param place of its name
/// @param isExternal whether it is made elsewhere, so that others are on it
/// @param isInternal whether nothing outside can be reached from it
public record Network(
        String format,
        String unit,
        String name,
        Place place,
        boolean isExternal,
        boolean isInternal)
        implements InfraFact {}
