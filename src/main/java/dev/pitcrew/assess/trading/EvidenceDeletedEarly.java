package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.Migration;
import dev.pitcrew.model.infra.SchemaChange;
import dev.pitcrew.model.infra.SchemaChange.Kind;

/// What a regulator asks for years later is deleted by its age.
final class EvidenceDeletedEarly implements Check {
    private static final Id ID =
            new Id(
                    "TRD-090",
                    "evidence-deleted-early",
                    Severity.HIGH,
                    "Audit rows or orders are deleted before the five years that regulators ask for are over");
    private static final int DAYS = 5 * 365;

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Migration migration : subject.all(Migration.class)) {
            if (Paths.isTest(migration.place())) {
                continue;
            }
            for (SchemaChange one : migration.changes()) {
                boolean isEvidence =
                        one.table()
                                .matches(
                                        "(.*_)?(audit|audit_logs?|audit_events|audit_trail|order_events|order_history|orders|fills|executions)");
                if (one.kind() == Kind.DELETE
                        && isEvidence
                        && one.keptDays().filter(days -> days < DAYS).isPresent()) {
                    report.finding(
                                    one.place(),
                                    "rows of %s are deleted after %d days"
                                            .formatted(one.table(), one.keptDays().get()))
                            .confidence(Confidence.MEDIUM);
                }
            }
        }
    }
}
