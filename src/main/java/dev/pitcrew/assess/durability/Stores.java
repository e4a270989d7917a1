package dev.pitcrew.assess.durability;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.Address;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.Mount;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.Peers;
import dev.pitcrew.model.infra.StoreSetting;
import dev.pitcrew.model.infra.StoreSetting.StoreKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What stores keep, and how they are set up.
final class Stores {
    private static final Pattern QUEUE =
            Pattern.compile(
                    "(?i)(.*_)?(QUEUE|QUEUES|BROKER|STREAM|STREAMS|CELERY_BROKER|ORDERS?)(_.*)?");

    private static final Pattern CACHE =
            Pattern.compile("(?i).*(CACHE|RATE_?LIMIT|SESSION|THROTTLE|LOCK).*");

    private Stores() {}

    /// Settings of files, without those of tests.
    static List<StoreSetting> inFiles(Subject subject, StoreKind kind) {
        return subject.all(StoreSetting.class).stream()
                .filter(one -> one.kind() == kind && !Paths.isTest(one.place()))
                .toList();
    }

    /// What is set for a container: first its own command, then the file that is mounted into it.
    static List<StoreSetting> of(Subject subject, Container container) {
        var all = new ArrayList<>(StoreSetting.of(container));
        StoreSetting.kind(container)
                .ifPresent(
                        kind ->
                                inFiles(subject, kind).stream()
                                        .filter(one -> isMounted(container, one))
                                        .forEach(all::add));
        return all;
    }

    /// Whether a container is given the file of a setting.
    private static boolean isMounted(Container container, StoreSetting setting) {
        String file = setting.place().file();
        String folder = Paths.folder(container.place().file());
        return container.mounts().stream()
                .map(Mount::source)
                .filter(source -> !source.isEmpty())
                .map(source -> source.replaceFirst("^(\\./)+", ""))
                .anyMatch(
                        source ->
                                file.equals(source)
                                        || file.equals(join(folder, source))
                                        || file.startsWith(join(folder, source) + "/"));
    }

    private static String join(String folder, String path) {
        return folder.isEmpty() ? path : folder + "/" + path;
    }

    /// Which container a file sets up, when one mounts it.
    static Optional<Container> container(Subject subject, StoreSetting setting) {
        return subject.all(Container.class).stream()
                .filter(one -> StoreSetting.kind(one).filter(setting.kind()::equals).isPresent())
                .filter(one -> isMounted(one, setting))
                .findFirst();
    }

    /// Where a service of the order path is told to use a store as its queue, its stream or its store of orders.
    static Optional<Address> queueOfOrders(Subject subject, Container store) {
        return uses(subject, store, Duty::isOrderPath).filter(Stores::isQueue).findFirst();
    }

    /// Where what sends orders or keeps the books is told of a store that is not called a cache: whatever else it keeps there, its state is in it.
    static Optional<Address> stateOfOrders(Subject subject, Container store) {
        return uses(subject, store, duty -> duty == Duty.ORDER_ENTRY || duty == Duty.BOOKS)
                .filter(at -> !CACHE.matcher(at.variable()).matches())
                .findFirst();
    }

    /// Whether the variable says that orders wait there.
    static boolean isQueue(Address at) {
        return QUEUE.matcher(at.variable()).matches();
    }

    private static Stream<Address> uses(Subject subject, Container store, Predicate<Duty> isMeant) {
        var peers = Peers.of(subject.survey());
        return subject.all(Container.class).stream()
                .filter(one -> isMeant.test(subject.duty(one)))
                .flatMap(
                        one ->
                                Address.of(one).stream()
                                        .filter(at -> peers.named(one, at.host()).contains(store)));
    }

    /// Why orders seem to be kept here: the repository trades.
    static Optional<String> trades(Subject subject) {
        return OrderPath.of(subject);
    }
}
