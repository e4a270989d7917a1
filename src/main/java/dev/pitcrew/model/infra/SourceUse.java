package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;

/// A data source that something asks.
///
/// @param name its uid or its name, as it is written
/// @param type such as `prometheus`; empty when it isn't said
public record SourceUse(Place place, String name, String type) {
    /// Whether Grafana has it by itself, or a variable of the dashboard says which one is meant.
    public boolean isBuiltIn() {
        return name.isEmpty()
                || name.matches("-- .* --|grafana|__expr__|-100|default|__LBAC.*")
                || type.matches("datasource|grafana|__expr__|dashboard|mixed");
    }
}
