package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.util.List;
import java.util.Optional;

/// What only alerts of a Grafana say, beside the [AlertRule] that they are as well.
///
/// @param rule the same alert, as any alert
/// @param noData what it becomes when its query gives nothing: `NoData`, `OK`, `Alerting`, …; empty: nothing is said, and people are told
/// @param receiver the contact point that it goes to past all policies, if it says one
/// @param sources the data sources that it asks
/// @param isPaused whether it is not evaluated
public record GrafanaAlert(
        AlertRule rule,
        Optional<Located<String>> noData,
        Optional<Located<String>> receiver,
        List<SourceUse> sources,
        boolean isPaused)
        implements InfraFact {
    public GrafanaAlert {
        sources = List.copyOf(sources);
    }

    @Override
    public Place place() {
        return rule.place();
    }

    @Override
    public String format() {
        return rule.format();
    }
}
