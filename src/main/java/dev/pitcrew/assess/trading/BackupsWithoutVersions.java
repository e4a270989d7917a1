package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Clouds;
import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.CloudResource.CloudKind;

/// Whoever can write a backup can wipe it.
final class BackupsWithoutVersions implements Check {
    private static final Id ID =
            new Id(
                    "TRD-116",
                    "backups-without-versions",
                    Severity.MEDIUM,
                    "A bucket that holds backups or the audit trail keeps no earlier versions");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (CloudResource one : Clouds.all(subject, CloudKind.BUCKET)) {
            boolean isKept =
                    (one.name() + " " + one.titles())
                            .matches("(?i).*(backup|audit|ledger|archive|journal|wal[-_]).*");
            one.where("isVersioned", "false")
                    .filter(_ -> isKept && Clouds.trades(subject, one).isPresent())
                    .ifPresent(
                            place ->
                                    report.finding(
                                            place,
                                            "%s keeps no earlier versions: a script that writes an empty backup, or a stolen key, leaves nothing to go back to"
                                                    .formatted(Clouds.named(one))));
        }
    }
}
