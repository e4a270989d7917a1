package dev.pitcrew.assess.durability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.StoreSetting;
import dev.pitcrew.model.infra.StoreSetting.StoreKind;
import java.util.Locale;

/// A Redis that throws orders away to make room.
final class OrdersEvicted implements Check {
    private static final Id ID =
            new Id(
                    "DUR-005",
                    "orders-evicted-for-room",
                    Severity.HIGH,
                    "A Redis that holds a queue of the order path throws any key away when it is full");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container store : subject.all(Container.class)) {
            if (StoreSetting.kind(store).filter(StoreKind.REDIS::equals).isEmpty()) {
                continue;
            }
            var use = Stores.queueOfOrders(subject, store);
            for (StoreSetting one : Stores.of(subject, store)) {
                boolean isEvicting =
                        one.key().equals("maxmemory-policy")
                                && one.value()
                                        .value()
                                        .toLowerCase(Locale.ROOT)
                                        .startsWith("allkeys-");
                if (isEvicting && use.isPresent()) {
                    report.finding(
                                    one.place(),
                                    "%s holds what %s points at, and with %s drops it without a word when memory is full"
                                            .formatted(
                                                    store.name(),
                                                    use.get().variable(),
                                                    one.value().value()))
                            .also(use.get().place(), "a service of the order path uses it")
                            .about(store);
                }
            }
        }
    }
}
