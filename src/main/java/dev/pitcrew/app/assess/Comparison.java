package dev.pitcrew.app.assess;

import dev.pitcrew.app.assess.Baseline.Earlier;
import dev.pitcrew.assess.Family;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// A run held against an earlier one.
///
/// @param against the earlier one, for people
/// @param fresh what only this one found
/// @param still what both found, the worst first
/// @param gone what only the earlier one found
public record Comparison(
        String against, List<Finding> fresh, List<Finding> still, List<Earlier> gone) {
    public Comparison {
        fresh = List.copyOf(fresh);
        still = List.copyOf(still);
        gone = List.copyOf(gone);
    }

    /// How many of one kind are new, gone, and still there.
    ///
    /// @param name a severity, or the title of a family
    public record Row(String name, int fresh, int gone, int still) {
        private boolean isEmpty() {
            return fresh + gone + still == 0;
        }
    }

    /// One row for each severity of which there is something, the worst first.
    public List<Row> bySeverity() {
        var rows = new ArrayList<Row>();
        for (Severity severity : Severity.values()) {
            rows.add(
                    row(
                            severity.name().toLowerCase(Locale.ROOT),
                            one -> one.severity() == severity,
                            one -> one.severity() == severity));
        }
        return filled(rows);
    }

    /// One row for each family of which there is something.
    public List<Row> byFamily() {
        var rows = new ArrayList<Row>();
        for (Family family : Family.values()) {
            rows.add(
                    row(
                            family.title(),
                            one -> one.check().family() == family,
                            one -> one.code().startsWith(family.prefix() + "-")));
        }
        return filled(rows);
    }

    private Row row(String name, Predicate<Finding> isOfIt, Predicate<Earlier> wasOfIt) {
        return new Row(
                name,
                Math.toIntExact(fresh.stream().filter(isOfIt).count()),
                Math.toIntExact(gone.stream().filter(wasOfIt).count()),
                Math.toIntExact(still.stream().filter(isOfIt).count()));
    }

    private static List<Row> filled(List<Row> rows) {
        return rows.stream().filter(row -> !row.isEmpty()).toList();
    }

    /// All of it in one line.
    public String summary() {
        return "Against %s: %d new, %d gone, %d still there"
                .formatted(against, fresh.size(), gone.size(), still.size());
    }
}
