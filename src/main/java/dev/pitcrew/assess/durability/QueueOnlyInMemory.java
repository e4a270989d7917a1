package dev.pitcrew.assess.durability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.StoreSetting;
import dev.pitcrew.model.infra.StoreSetting.StoreKind;
import java.util.List;
import java.util.Optional;

/// Orders wait in a Redis that forgets them when it stops.
final class QueueOnlyInMemory implements Check {
    private static final Id ID =
            new Id(
                    "DUR-003",
                    "order-queue-only-in-memory",
                    Severity.HIGH,
                    "A queue of the order path lives in a Redis without an append-only file");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container store : subject.all(Container.class)) {
            if (StoreSetting.kind(store).filter(StoreKind.REDIS::equals).isEmpty()
                    || isSetUpElsewhere(store)) {
                continue;
            }
            var settings = Stores.of(subject, store);
            boolean isKept =
                    settings.stream().anyMatch(one -> one.key().equals("appendonly") && !isNo(one));
            var never = never(settings);
            var use =
                    Stores.queueOfOrders(subject, store)
                            .or(
                                    () ->
                                            never.isPresent()
                                                    ? Stores.stateOfOrders(subject, store)
                                                    : Optional.empty());
            if (isKept || use.isEmpty() || (settings.isEmpty() && hasConfiguration(store))) {
                continue;
            }
            report.finding(
                            never.orElse(store.place()),
                            never.isPresent()
                                    ? "%s holds what %s points at, and is told never to write it to disk"
                                            .formatted(store.name(), use.get().variable())
                                    : "%s holds what %s points at, and loses all of it since the last snapshot when it stops"
                                            .formatted(store.name(), use.get().variable()))
                    .also(use.get().place(), "a service of the order path uses it")
                    .confidence(
                            never.isPresent() && Stores.isQueue(use.get())
                                    ? Confidence.HIGH
                                    : Confidence.MEDIUM)
                    .about(store);
        }
    }

    private static boolean isNo(StoreSetting one) {
        return one.value().value().equalsIgnoreCase("no");
    }

    /// Images that bring their own way to say so.
    private static boolean isSetUpElsewhere(Container store) {
        return store.build().isPresent()
                || store.environment().stream()
                        .anyMatch(
                                one ->
                                        one.name()
                                                .matches(
                                                        "(REDIS|VALKEY|KEYDB)_.*(AOF|ARGS|EXTRA_FLAGS).*"))
                || store.image().filter(one -> one.value().contains("bitnami")).isPresent();
    }

    private static boolean hasConfiguration(Container store) {
        return store.command().stream().anyMatch(one -> one.value().contains(".conf"))
                || store.mounts().stream().anyMatch(one -> one.target().contains("conf"));
    }

    private static Optional<Place> never(List<StoreSetting> settings) {
        return settings.stream()
                .filter(one -> one.key().equals("save") && one.value().value().isEmpty())
                .map(StoreSetting::place)
                .findFirst();
    }
}
