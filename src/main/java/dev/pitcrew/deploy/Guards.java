package dev.pitcrew.deploy;

import dev.pitcrew.model.Observed;
import java.util.Optional;

/// What no version may do, however short it runs and however little was seen of it: it is turned back at once, without waiting for
/// enough requests to judge by.
final class Guards {
    private static final long STORM_MIN = 10; // requests; of fewer, most may be rejected by chance

    private Guards() {}

    /// What the instance did, in words; empty while it did nothing of the kind.
    static Optional<String> broken(Situation situation, String instance) {
        var facts = situation.of(instance);
        var requests = known(situation, facts.requests());
        var errors = known(situation, facts.errors());
        return requests.filter(n -> n >= STORM_MIN)
                .flatMap(
                        n ->
                                errors.filter(rejected -> rejected * 2 > n)
                                        .map(
                                                rejected ->
                                                        "%s rejects %d of %d requests, a reject storm"
                                                                .formatted(instance, rejected, n)));
    }

    private static Optional<Long> known(Situation situation, Observed<Long> fact) {
        return fact.known(situation.facts().at(), situation.service().probes().limit());
    }
}
