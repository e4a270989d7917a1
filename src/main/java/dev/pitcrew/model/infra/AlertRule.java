package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A rule that raises an alert.
///
/// @param place of its name
/// @param group the name of its group
/// @param interval of the group's evaluation, if the group says its own
/// @param query what it asks; empty when that could not be read
/// @param hold how long the query must stay true, if it is said
/// @param labels that it gives the alert
/// @param annotations texts for people
public record AlertRule(
        String format,
        Place place,
        String name,
        String group,
        Optional<Located<Duration>> interval,
        Optional<Query> query,
        Optional<Located<Duration>> hold,
        List<Label> labels,
        List<Label> annotations)
        implements InfraFact {
    public AlertRule {
        labels = List.copyOf(labels);
        annotations = List.copyOf(annotations);
    }

    /// Whether a Grafana evaluates it, rather than a Prometheus.
    public boolean isOfGrafana() {
        return format.equals("grafana");
    }

    /// The value of a label that it gives.
    public Optional<Label> label(String of) {
        return labels.stream().filter(one -> one.name().equals(of)).findFirst();
    }
}
