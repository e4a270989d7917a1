package dev.pitcrew.assess.migration;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Revision;
import java.util.List;

/// Two branches were merged, and their revisions were not.
final class SeveralHeads implements Check {
    private static final Id ID =
            new Id(
                    "MIG-007",
                    "several-heads",
                    Severity.HIGH,
                    "Two revisions of the schema follow the same one, so the next upgrade refuses to run");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (List<Revision> series : Revisions.series(subject)) {
            var heads = Revisions.heads(series);
            if (heads.size() < 2 || series.stream().anyMatch(Revision::isBranch)) {
                continue;
            }
            var finding =
                    report.finding(
                            heads.getFirst().place(),
                            "%d revisions in %s are followed by none (%s): 'alembic upgrade head' stops with an error, and what waits for it does not start"
                                    .formatted(
                                            heads.size(),
                                            heads.getFirst().series(),
                                            String.join(
                                                    ", ",
                                                    heads.stream()
                                                            .limit(4)
                                                            .map(Revision::id)
                                                            .toList())));
            heads.stream()
                    .skip(1)
                    .limit(4)
                    .forEach(one -> finding.also(one.place(), "another one that none follows"));
        }
    }
}
