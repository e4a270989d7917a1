package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;

/// A name and its value, on an alert, a rule, a setting of a proxy.
///
/// @param place of the value
public record Label(String name, String value, Place place) {}
