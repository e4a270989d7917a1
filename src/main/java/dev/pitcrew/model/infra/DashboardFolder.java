package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;

/// A folder from which a Grafana loads dashboards by itself.
///
/// @param place of the path
/// @param path where Grafana runs
public record DashboardFolder(String format, Place place, String path) implements InfraFact {}
