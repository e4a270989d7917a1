package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a rule asks, taken apart as far as checks need it.
///
/// @param text as it is written
/// @param place where it begins
/// @param selectors the series that it reads, from left to right
/// @param comparisons from left to right
/// @param keeps the labels that its outermost aggregation leaves; empty when it is not known which are left
/// @param isAlways whether it is true at all times, such as `vector(1)`
public record Query(
        String text,
        Place place,
        List<Selector> selectors,
        List<Comparison> comparisons,
        Optional<List<String>> keeps,
        boolean isAlways) {
    public Query {
        selectors = List.copyOf(selectors);
        comparisons = List.copyOf(comparisons);
        keeps = keeps.map(List::copyOf);
    }

    /// The metrics that it names.
    public List<String> metrics() {
        return selectors.stream()
                .map(Selector::metric)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /// Series that are read.
    ///
    /// @param metric empty when no single one is named
    /// @param range how far back it reads, if it is a range
    /// @param within functions and aggregations around it, the innermost first
    public record Selector(
            Place place,
            String metric,
            List<Matcher> matchers,
            Optional<Located<Duration>> range,
            List<String> within) {
        public Selector {
            matchers = List.copyOf(matchers);
            within = List.copyOf(within);
        }

        /// Whether a function of one of these names is around it.
        public boolean isWithin(String... functions) {
            return within.stream().anyMatch(List.of(functions)::contains);
        }
    }

    /// A condition on a label.
    ///
    /// @param operator `=`, `!=`, `=~` or `!~`
    public record Matcher(Place place, String label, String operator, String value) {}

    /// A comparison.
    ///
    /// @param place of the operator
    /// @param number the constant on one side, if there is one
    /// @param bare the series on the other side, when they are compared as they are or only aggregated
    public record Comparison(
            Place place, String operator, Optional<Double> number, Optional<Selector> bare) {}
}
