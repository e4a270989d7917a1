package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.time.Duration;
import java.util.List;

/// What is scraped together.
///
/// @param place of its name
/// @param name the label `job` of its series
/// @param interval its own, or the watcher's usual one
/// @param path such as `/metrics`
/// @param targets those with a fixed address; of a probe the address of the prober is not among them
/// @param discoveries how others are found, such as `kubernetes`
/// @param isProbe whether the targets are asked by a prober, such as the blackbox exporter, and not scraped themselves
public record ScrapeJob(
        String format,
        Place place,
        String name,
        Located<Duration> interval,
        String path,
        List<Located<Target>> targets,
        List<String> discoveries,
        boolean isProbe)
        implements InfraFact {
    public ScrapeJob {
        targets = List.copyOf(targets);
        discoveries = List.copyOf(discoveries);
    }
}
