package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;
import java.util.List;

/// A dashboard of a Grafana.
///
/// @param place of its title, or where it begins
/// @param sources each that it asks once, with the first place
/// @param variables names that people choose values for, such as `DS_PROMETHEUS`
/// @param panels those that ask a Prometheus
public record Dashboard(
        String format,
        Place place,
        String title,
        List<SourceUse> sources,
        List<String> variables,
        List<Panel> panels)
        implements InfraFact {
    public Dashboard {
        sources = List.copyOf(sources);
        variables = List.copyOf(variables);
        panels = List.copyOf(panels);
    }

    /// One picture of it.
    ///
    /// @param queries those that could be read
    public record Panel(Place place, String title, List<Query> queries) {
        public Panel {
            queries = List.copyOf(queries);
        }
    }
}
