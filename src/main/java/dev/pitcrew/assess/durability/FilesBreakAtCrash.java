package dev.pitcrew.assess.durability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.StoreSetting;
import dev.pitcrew.model.infra.StoreSetting.StoreKind;

/// A database whose files may not be readable after a crash.
final class FilesBreakAtCrash implements Check {
    private static final Id ID =
            new Id(
                    "DUR-001",
                    "files-break-at-crash",
                    Severity.CRITICAL,
                    "A database is set up so that a crash of the host may leave it unreadable");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (StoreSetting one : Stores.inFiles(subject, StoreKind.POSTGRESQL)) {
            if (one.key().matches("fsync|full_page_writes") && one.isOff()) {
                var finding =
                        report.finding(
                                one.place(),
                                "with %s = %s a crash of the host may leave tables and indexes that nobody can read"
                                        .formatted(one.key(), one.value().value()));
                Stores.container(subject, one)
                        .ifPresent(
                                store ->
                                        finding.about(store)
                                                .also(store.place(), "runs with this file"));
            }
        }
    }
}
