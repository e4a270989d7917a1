package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A server that scrapes metrics and evaluates rules: a Prometheus configuration.
///
/// @param scrapeInterval the usual one, if it is said
/// @param evaluationInterval the usual one, if it is said
/// @param ruleFiles patterns of paths where it runs
/// @param alertmanagers those with a fixed address
/// @param discoversAlertmanagers whether it finds some by other means
/// @param remoteWrites where it sends samples
public record Watcher(
        String format,
        Place place,
        Optional<Located<Duration>> scrapeInterval,
        Optional<Located<Duration>> evaluationInterval,
        List<Located<String>> ruleFiles,
        List<Located<Target>> alertmanagers,
        boolean discoversAlertmanagers,
        List<Located<String>> remoteWrites)
        implements InfraFact {
    /// What Prometheus takes when nothing is said, for scrapes and for rules.
    public static final Duration INTERVAL_DEFAULT = Duration.ofMinutes(1);

    public Watcher {
        ruleFiles = List.copyOf(ruleFiles);
        alertmanagers = List.copyOf(alertmanagers);
        remoteWrites = List.copyOf(remoteWrites);
    }
}
