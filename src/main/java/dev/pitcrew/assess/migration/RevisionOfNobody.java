package dev.pitcrew.assess.migration;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Revision;
import java.util.List;
import java.util.stream.Collectors;

/// A revision that was renamed, squashed or never committed, and one that still follows it.
final class RevisionOfNobody implements Check {
    private static final Id ID =
            new Id(
                    "MIG-008",
                    "revision-of-nobody",
                    Severity.HIGH,
                    "A revision of the schema follows one that is not in the repository, so no upgrade runs");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (List<Revision> series : Revisions.series(subject)) {
            var ids = series.stream().map(Revision::id).collect(Collectors.toSet());
            boolean isBegun = series.stream().anyMatch(one -> one.parents().isEmpty());
            for (Revision one : series) {
                for (Located<String> parent : one.parents()) {
                    if (isBegun && ids.stream().noneMatch(id -> id.startsWith(parent.value()))) {
                        report.finding(
                                parent.place(),
                                "%s follows %s, which is not in %s: Alembic can't load the series and refuses every upgrade"
                                        .formatted(one.id(), parent.value(), one.series()));
                    }
                }
            }
        }
    }
}
