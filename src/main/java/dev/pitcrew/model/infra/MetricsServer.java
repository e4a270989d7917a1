package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;

/// Code that serves its metrics on a port of its own.
///
/// @param place of the port
public record MetricsServer(String format, Place place, int port) implements InfraFact {}
