package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;
import java.util.List;

/// A metric that code of the repository exports.
///
/// @param name as it is scraped, without the endings of histograms; a counter ends in `_total`
/// @param isSure whether the code declares it, or only names it
public record ExportedMetric(String format, Place place, String name, Kind kind, boolean isSure)
        implements InfraFact {
    private static final List<String> ENDINGS =
            List.of("_bucket", "_count", "_sum", "_created", "_max", "_total", "_info");

    /// Whether a series of this name may be one of it.
    public boolean answers(String series) {
        return name.equals(series)
                || ENDINGS.stream()
                        .anyMatch(
                                ending ->
                                        series.equals(name + ending)
                                                || name.equals(series + ending));
    }

    /// What kind of metric.
    public enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM,
        SUMMARY,
        UNKNOWN
    }
}
