package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Clouds;
import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.CloudResource.CloudKind;

/// A managed database that nobody can bring back.
final class OrdersDatabaseWithoutBackup implements Check {
    private static final Id ID =
            new Id(
                    "TRD-111",
                    "orders-database-without-backup",
                    Severity.HIGH,
                    "The managed database of a system that trades keeps no backups");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (CloudResource one : Clouds.all(subject, CloudKind.DATABASE)) {
            var why = Clouds.trades(subject, one);
            if (one.number("backupDays").orElse(1) == 0 && why.isPresent()) {
                report.finding(
                                one.setting("backupDays").orElseThrow().place(),
                                "%s keeps no backups: a wrong statement or a lost disk takes the orders and positions of all days (%s)"
                                        .formatted(Clouds.named(one), why.get()))
                        .confidence(
                                Clouds.ofOrders(subject, one)
                                        ? Confidence.HIGH
                                        : Confidence.MEDIUM);
            }
        }
    }
}
