package dev.pitcrew.assess.durability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Backups;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.StoreSetting;
import dev.pitcrew.model.infra.StoreSetting.StoreKind;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A database of orders with neither archive nor replica nor backup.
final class NoWayBack implements Check {
    private static final Id ID =
            new Id(
                    "DUR-004",
                    "no-way-back-for-orders",
                    Severity.MEDIUM,
                    "The database of a system that trades switches its archive off, and nothing here backs it up");
    private static final Pattern BACKUP =
            Pattern.compile(
                    "(?i).*(pg_dump|pg_basebackup|pgbackrest|wal-?[ge]\\b|barman|pg_probackup|backup|restic|velero|pg_receivewal|litestream|replica|standby|patroni|repmgr|snapshot).*");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var trades = Stores.trades(subject);
        if (trades.isEmpty() || isBackedUp(subject)) {
            return;
        }
        for (StoreSetting one : Stores.inFiles(subject, StoreKind.POSTGRESQL)) {
            boolean isOff =
                    (one.key().equals("archive_mode") && one.isOff())
                            || (one.key().equals("wal_level")
                                    && one.value().value().equalsIgnoreCase("minimal"));
            if (isOff) {
                report.finding(
                                one.place(),
                                "%s = %s, and no backup is made here: when the disk is lost, the orders of %s are"
                                        .formatted(one.key(), one.value().value(), trades.get()))
                        .confidence(Confidence.LOW);
            }
        }
    }

    private static boolean isBackedUp(Subject subject) {
        var containers = subject.all(Container.class).stream().flatMap(NoWayBack::words);
        return Stream.concat(Backups.run(subject), containers)
                .anyMatch(text -> text.length() < 4000 && BACKUP.matcher(text).matches());
    }

    private static Stream<String> words(Container one) {
        return Stream.of(
                        Stream.of(one.name()),
                        one.image().stream().map(Located::value),
                        one.command().stream().map(Located::value),
                        one.environment().stream().map(Container.EnvVariable::name))
                .flatMap(all -> all);
    }
}
