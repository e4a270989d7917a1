package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.StoreSetting;
import dev.pitcrew.model.infra.StoreSetting.StoreKind;
import java.util.Optional;

/// A record is safe, says the broker, when one copy of it is.
final class AcknowledgedByOneCopy implements Check {
    private static final Id ID =
            new Id(
                    "TRD-117",
                    "acknowledged-by-one-copy",
                    Severity.MEDIUM,
                    "A broker of a system that trades acknowledges records that only one of several copies has");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var why = OrderPath.of(subject);
        if (why.isEmpty()) {
            return;
        }
        for (StoreSetting one : subject.all(StoreSetting.class)) {
            boolean isOne =
                    one.kind() == StoreKind.KAFKA
                            && one.key().equals("min.insync.replicas")
                            && one.value().value().equals("1");
            copies(subject, one)
                    .filter(_ -> isOne && !Paths.isTest(one.place()))
                    .ifPresent(
                            copies ->
                                    report.finding(
                                                    one.value().place(),
                                                    "of %s copies one is enough to acknowledge: when its broker dies before the others have the record, an order that was acknowledged is gone (%s)"
                                                            .formatted(
                                                                    copies.value().value(),
                                                                    why.get()))
                                            .also(
                                                    copies.value().place(),
                                                    "so many copies there are"));
        }
    }

    /// How many copies of each topic the same file asks for, if several.
    private static Optional<StoreSetting> copies(Subject subject, StoreSetting setting) {
        return subject.all(StoreSetting.class).stream()
                .filter(one -> one.place().file().equals(setting.place().file()))
                .filter(one -> one.key().equals("default.replication.factor"))
                .filter(one -> one.value().value().matches("[2-9]"))
                .findFirst();
    }
}
