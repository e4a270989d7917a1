package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;

/// A line of grafana.ini.
///
/// @param place of the key
/// @param section such as `auth.anonymous`, in lower case
/// @param key in lower case
public record ConsoleSetting(
        String format, Place place, String section, String key, Located<String> value)
        implements InfraFact {}
