package dev.pitcrew.deploy;

import dev.pitcrew.model.Fraction;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.Service;
import java.time.Instant;
import java.util.Optional;

/// Judges an instance by simple limits on what it counted since it was activated. Too little traffic is a verdict of its own: no data never passes.
sealed interface Health {
    /// An objective is broken.
    record Broken(String sentence) implements Health {}

    /// Not enough was seen to say anything.
    record TooLittle(String sentence) implements Health {}

    /// All objectives hold.
    record Fine(String sentence) implements Health {}

    /// The verdict on one instance.
    static Health judge(Service service, InstanceFacts facts, Instant now) {
        if (service.objectives().isEmpty()) {
            return new Fine("no objective is declared");
        }
        var objectives = service.objectives().get();
        var requests = known(service, facts.requests(), now).orElse(0L);
        if (requests < objectives.minRequests()) {
            return new TooLittle(
                    "%d requests seen, %d are needed to judge"
                            .formatted(requests, objectives.minRequests()));
        }
        return broken(
                        "rejected",
                        objectives.errors(),
                        known(service, facts.errors(), now),
                        requests)
                .or(
                        () ->
                                broken(
                                        "slow",
                                        objectives.slow(),
                                        known(service, facts.slow(), now),
                                        requests))
                .<Health>map(Broken::new)
                .orElseGet(() -> new Fine("%d requests, within objectives".formatted(requests)));
    }

    private static Optional<String> broken(
            String what, Fraction limit, Optional<Long> count, long requests) {
        if (count.isEmpty()) {
            return Optional.of("how many requests are " + what + " is unknown");
        }
        return (double) count.get() / requests > limit.value()
                ? Optional.of(
                        "%s of %d requests are %s, the limit is %.2f %%"
                                .formatted(
                                        Words.share(count.get(), requests),
                                        requests,
                                        what,
                                        100 * limit.value()))
                : Optional.empty();
    }

    private static Optional<Long> known(Service service, Observed<Long> fact, Instant now) {
        return fact.known(now, service.probes().limit());
    }
}
