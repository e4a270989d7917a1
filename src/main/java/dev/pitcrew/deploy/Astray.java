package dev.pitcrew.deploy;

import dev.pitcrew.model.Service;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// New orders that go where they should not, or not where they could, and nobody is about to change that.
///
/// @param approved what all instances should run
record Astray(Release approved, Situation situation) {

    /// What is wrong with where new orders go, seen since the balancer was last told anything.
    Optional<String> reason() {
        var routed = situation.roster().routed();
        var wanted =
                service().singleActive().isPresent()
                        ? situation.roster().active().stream().toList()
                        : routed.all().stream()
                                .filter(situation.roster().instances()::containsKey)
                                .toList();
        return idle().or(() -> elsewhere(routed, wanted));
    }

    /// Who could serve, and is told nothing: it was not ready when traffic was sent to the others.
    private Optional<String> idle() {
        if (!Strategies.isOfMany(service()) || !service().takesTraffic()) {
            return Optional.empty();
        }
        var running = situation.roster().running(approved).toList();
        return running.size() <= service().replicas() // else it is one too many
                ? running.stream()
                        .filter(one -> situation.isReady(one) && !situation.hangs(one))
                        .filter(one -> Uniformity.isProven(approved, situation.of(one)))
                        .filter(one -> !situation.roster().routed().all().contains(one))
                        .findFirst()
                        .map(one -> one + " is ready, and no traffic goes to it")
                : Optional.empty();
    }

    private Optional<String> elsewhere(Roster.Routed routed, List<String> wanted) {
        return situation
                .facts()
                .traffic(service().name())
                .knownSince(routed.at(), at(), service().probes().limit())
                .filter(_ -> service().takesTraffic())
                .flatMap(
                        seen ->
                                seen.isHeld()
                                        ? Optional.of("new orders are held and nothing is underway")
                                        : areSame(seen.targets(), wanted)
                                                ? Optional.empty()
                                                : Optional.of(
                                                        "new orders go to %s instead of %s"
                                                                .formatted(
                                                                        names(seen.targets()),
                                                                        names(wanted))));
    }

    /// Whether they are the same, in whatever order.
    private static boolean areSame(List<String> these, List<String> those) {
        return these.equals(those) || Set.copyOf(these).equals(Set.copyOf(those));
    }

    private static String names(List<String> instances) {
        return instances.isEmpty() ? "nobody" : String.join(", ", instances);
    }

    /// Somebody to send new orders to.
    Optional<String> taker() {
        return service().singleActive().isPresent()
                ? situation.roster().active()
                : situation
                        .roster()
                        .running(approved)
                        .filter(situation::isReady)
                        .filter(one -> Uniformity.isProven(approved, situation.of(one)))
                        .findFirst();
    }

    private Service service() {
        return situation.service();
    }

    private Instant at() {
        return Objects.requireNonNull(situation.facts().at());
    }
}
