package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Books;
import dev.pitcrew.deploy.Gate.Measure;
import dev.pitcrew.deploy.Gates;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Tells a difference that lasts from one that passes. While orders flow, two accounts that are fetched a moment apart hardly ever agree
/// on everything; on each instrument they agree again and again, unless something is wrong.
final class Agreements {
    /// An instrument on which they have not agreed for so long counts as different.
    static final Duration LASTING = Duration.ofSeconds(10);

    private final Map<String, Instant> agreed = new ConcurrentHashMap<>(); // by instrument

    /// Takes in a look at both accounts.
    ///
    /// @param at when the look began
    /// @return how many instruments differ and did at every look lately
    Observed<Measure> after(Service service, Books books, Instant at) {
        var differences = books.differences();
        for (var instrument : books.instruments()) {
            if (!differences.containsKey(instrument)) {
                agreed.put(instrument, at);
            }
        }
        var lasting = new TreeMap<>(differences);
        lasting.keySet()
                .removeIf(
                        one -> !agreed.getOrDefault(one, Instant.MIN).isBefore(at.minus(LASTING)));
        return new Observed<>(Gates.accounts(service, books.openOrders(), lasting), at);
    }
}
