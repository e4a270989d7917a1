package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;

/// A provisioned contact point of a Grafana; whether something is sent to it, policies and alerts say.
///
/// @param place of its name
public record ContactPoint(String format, Place place, AlertRouting.Receiver receiver)
        implements InfraFact {}
