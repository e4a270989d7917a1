package dev.pitcrew.deploy;

import dev.pitcrew.model.CancelOnDisconnect;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Fence;
import dev.pitcrew.model.GateName;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Shadow;
import dev.pitcrew.model.StrategyName;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Words;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What whoever approves a change has to know of the service beforehand: what it will cost, and what it can't show.
///
/// @param facts the outside world
/// @param state of the service
record Caveats(
        TradingSystem system,
        Environment environment,
        Facts facts,
        ServiceState state,
        Service service) {

    /// All that there is to say of a change.
    ///
    /// @param gates which it has to pass
    List<String> ofChange(List<Gate> gates) {
        return Stream.of(
                        cancelled(),
                        ended(),
                        tried(),
                        refused(),
                        service.rollout()
                                .judge()
                                .map(judging -> "judged by " + Compared.brief(judging, service)),
                        undecided(gates))
                .flatMap(Optional::stream)
                .toList();
    }

    /// How many orders the venue will cancel when the old one logs out.
    Optional<String> cancelled() {
        var venues =
                service.venues().stream()
                        .map(system::venue)
                        .filter(
                                venue ->
                                        !(venue.cancelOnDisconnect()
                                                instanceof CancelOnDisconnect.Off))
                        .map(venue -> venue.name())
                        .toList();
        if (venues.isEmpty()) {
            return Optional.empty();
        }
        var open =
                state.roster()
                        .active()
                        .map(facts::of)
                        .flatMap(
                                active ->
                                        active.openOrders()
                                                .known(facts.at(), service.probes().limit()));
        return Optional.of(
                "%s cancels on disconnect: %s will be cancelled"
                        .formatted(
                                String.join(" and ", venues),
                                open.map(n -> dev.pitcrew.deploy.Words.count(n, "open order"))
                                        .orElse("an unknown number of open orders")));
    }

    /// That nobody of the version before is there any more after a handoff: where only its death tells that it sends nothing, it is killed.
    private Optional<String> ended() {
        var isHandedOver =
                service.rollout().strategy() == StrategyName.HANDOFF
                        || service.rollout().strategy() == StrategyName.SHADOW;
        return service.singleActive()
                .filter(_ -> isHandedOver && !isOnlyTried())
                .filter(one -> one.fences().stream().noneMatch(Fence::letsLive))
                .map(
                        _ ->
                                "the fence is process: the old instance is killed once it is passive, so the way back starts another");
    }

    private Optional<String> tried() {
        return isOnlyTried()
                ? Optional.of("in shadow only: whatever comes of it, nothing is changed")
                : Optional.empty();
    }

    private boolean isOnlyTried() {
        return service.rollout().strategy() == StrategyName.SHADOW
                && service.rollout()
                        .shadow()
                        .filter(one -> one.then() == Shadow.Then.NOTHING)
                        .isPresent();
    }

    /// Only our own balancer can hold new orders while a service changes hands.
    private Optional<String> refused() {
        return environment.balancer() == Environment.Balancer.BUILT_IN
                        || !service.takesTraffic()
                        || service.singleActive().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "while it changes hands %s refuses new requests with 503, and clients have to try again with the same id"
                                .formatted(Words.of(environment.balancer())));
    }

    /// That its canary can't be decided in time as things are now, and what could be.
    private Optional<String> undecided(List<Gate> gates) {
        return gates.stream()
                .filter(one -> one.name().equals(GateName.EVIDENCE.key()))
                .map(one -> one.judge(facts.measure(one, service.name()), facts.at()))
                .filter(one -> !one.passed())
                .map(Gate.Evidence::brief)
                .findFirst();
    }
}
