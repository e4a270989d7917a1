package dev.pitcrew.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.deploy.Books;
import dev.pitcrew.deploy.Books.Holding;
import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Gate.Measure;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.Reconciliation.Source;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.http.ProbeReading;
import dev.pitcrew.runtime.http.Probing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Fetches both accounts of a service's orders and positions, together, so that they speak of nearly the same moment.
/// While a course waits for them it asks without pause, else once a second.
final class Reconciler {
    private static final Duration REST = Duration.ofSeconds(1);
    private static final Duration HASTE = Duration.ofMillis(10);
    private static final JsonMapper JSON = new JsonMapper();

    private final TradingSystem system;
    private final Addresses addresses;
    private final Probing probing;
    private final InstantSource clock;
    private final Map<String, Observed<Books>> books = new ConcurrentHashMap<>();
    private final Map<String, Agreements> agreements = new ConcurrentHashMap<>();
    private final Map<String, Observed<Measure>> accounts = new ConcurrentHashMap<>();
    private final Map<String, Instant> asked = new HashMap<>(); // touched by the pulse alone
    private final Set<String> underway = ConcurrentHashMap.newKeySet();

    Reconciler(TradingSystem system, Addresses addresses, Probing probing, InstantSource clock) {
        this.system = system;
        this.addresses = addresses;
        this.probing = probing;
        this.clock = clock;
    }

    /// The latest accounts by service.
    Map<String, Observed<Books>> books() {
        return Map.copyOf(books);
    }

    /// What a gate measures of the accounts before a change, by service; see [Agreements].
    Map<String, Observed<Measure>> accounts() {
        return Map.copyOf(accounts);
    }

    /// Whether the accounts of a service are known to agree.
    boolean agree(String service) {
        var measured = accounts.getOrDefault(service, Observed.unknown()).value();
        return measured != null && measured.number() == 0;
    }

    /// Asks whoever is due.
    ///
    /// @param hasty services for which a course waits
    void pulse(Desk desk, Set<String> hasty) {
        for (var service : system.services()) {
            service.reconcile()
                    .ifPresent(
                            both -> {
                                var pause = hasty.contains(service.name()) ? HASTE : REST;
                                var now = clock.instant();
                                if (!asked.getOrDefault(service.name(), Instant.MIN)
                                                .plus(pause)
                                                .isAfter(now)
                                        && underway.add(service.name())) {
                                    asked.put(service.name(), now);
                                    ask(
                                            service,
                                            where(desk, both.ours()),
                                            where(desk, both.theirs()));
                                }
                            });
        }
    }

    private void ask(Service service, Optional<At> ours, Optional<At> theirs) {
        if (ours.isEmpty() || theirs.isEmpty()) {
            underway.remove(service.name());
            return;
        }
        Thread.ofVirtual()
                .name("reconcile " + service.name())
                .start(
                        () -> {
                            try {
                                var sent = clock.instant();
                                var other =
                                        CompletableFuture.supplyAsync(
                                                () -> fetch(theirs.get(), service),
                                                Thread.ofVirtual()::start);
                                var one = fetch(ours.get(), service);
                                both(one, other.join())
                                        .ifPresent(found -> keep(service, found, sent));
                            } finally {
                                underway.remove(service.name());
                            }
                        });
    }

    private void keep(Service service, Books found, Instant sent) {
        books.put(service.name(), new Observed<>(found, sent));
        accounts.put(
                service.name(),
                agreements
                        .computeIfAbsent(service.name(), _ -> new Agreements())
                        .after(service, found, sent));
    }

    private static Optional<Books> both(
            Optional<Map<String, Holding>> ours, Optional<Map<String, Holding>> theirs) {
        return ours.flatMap(one -> theirs.map(other -> new Books(one, other)));
    }

    private record At(Address address, String path) {}

    /// The active instance, or of a service that knows none the one that was started last.
    private Optional<At> where(Desk desk, Source source) {
        var roster = desk.service(source.service()).roster();
        var isSingle = system.service(source.service()).singleActive().isPresent();
        var names = roster.instances().sequencedKeySet();
        var instance =
                isSingle
                        ? roster.active()
                        : names.isEmpty() ? Optional.<String>empty() : Optional.of(names.getLast());
        return instance.flatMap(addresses::of).map(address -> new At(address, source.path()));
    }

    private Optional<Map<String, Holding>> fetch(At at, Service service) {
        return probing.fetch(at.address(), at.path(), service.probes().timeout())
                        instanceof ProbeReading.Value(var text, _)
                ? parse(text)
                : Optional.empty();
    }

    /// `{"byInstrument": {"AAA": {"open": 1, "position": 2}}}`; anything else is no account.
    static Optional<Map<String, Holding>> parse(String text) {
        try {
            var all = new HashMap<String, Holding>();
            var instruments = JSON.readTree(text).get("byInstrument");
            if (instruments == null || !instruments.isObject()) {
                return Optional.empty();
            }
            for (Map.Entry<String, JsonNode> each : instruments.properties()) {
                var open = each.getValue().path("open");
                var position = each.getValue().path("position");
                if (!isWhole(open) || !isWhole(position)) {
                    return Optional.empty();
                }
                all.put(each.getKey(), new Holding(open.longValue(), position.longValue()));
            }
            return Optional.of(all);
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    /// And such that it comes out as itself: two accounts must not agree because both are cut off.
    private static boolean isWhole(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong();
    }
}
