package dev.pitcrew.deploy;

import dev.pitcrew.deploy.Effect.Activate;
import dev.pitcrew.deploy.Effect.Deactivate;
import dev.pitcrew.deploy.Effect.Kill;
import dev.pitcrew.deploy.Effect.Start;
import dev.pitcrew.deploy.Effect.Stop;
import dev.pitcrew.model.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// The instances of one service that Pitcrew has started and not ended, who of them is active, and under which token.
///
/// @param service the service's name
/// @param instances version by instance name, in the order in which they were started
/// @param active the instance that was activated last and not deactivated since
/// @param token the highest token ever intended for this service
/// @param started how many instances were ever started, so that no name is used twice
/// @param routed where the balancer was last told to send traffic
public record Roster(
        String service,
        SequencedMap<String, String> instances,
        Optional<String> active,
        Token token,
        int started,
        List<String> routed) {

    public Roster {
        instances = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(instances));
        routed = List.copyOf(routed);
    }

    /// Of a service of which nothing was ever started.
    public static Roster empty(String service) {
        return new Roster(
                service, new LinkedHashMap<>(), Optional.empty(), Token.NONE, 0, List.of());
    }

    /// The name of the next instance, such as `gateway-3`.
    public String nextName() {
        return service + "-" + (started + 1);
    }

    /// The version that an instance runs.
    public Optional<String> versionOf(String instance) {
        return Optional.ofNullable(instances.get(instance));
    }

    /// Names of the instances that run a version, oldest first.
    public Stream<String> running(String version) {
        return instances.entrySet().stream()
                .filter(entry -> entry.getValue().equals(version))
                .map(Map.Entry::getKey);
    }

    /// The roster after an event; most events leave it as it is.
    public Roster fold(Event event) {
        return switch (event) {
            // From the intention on, because after a crash nobody knows how far it came.
            case EffectIntended(_, _, _, Start start, _) -> with(start);
            case EffectIntended(_, _, _, Activate activate, _) -> withToken(activate.token());
            case EffectIntended(_, _, _, Effect.Rearm rearm, _) -> withToken(rearm.token());
            case EffectConfirmed(_, _, _, Activate activate, _) -> withActive(activate.instance());
            case EffectConfirmed(_, _, _, Deactivate deactivate, _) ->
                    withoutActive(deactivate.instance());
            case EffectConfirmed(_, _, _, Stop stop, _) -> without(stop.instance());
            case EffectConfirmed(_, _, _, Kill kill, _) -> without(kill.instance());
            case EffectConfirmed(_, _, _, Effect.Route route, _) -> withRoute(route.instances());
            case EffectConfirmed(_, _, _, Effect.RouteBack route, _) ->
                    withRoute(route.instances());
            case KeepEvent.InstanceLost lost -> without(lost.instance());
            default -> this;
        };
    }

    private Roster with(Start start) {
        if (instances.containsKey(start.instance())) {
            return this; // intended again
        }
        var more = new LinkedHashMap<>(instances);
        more.put(start.instance(), start.version());
        return new Roster(service, more, active, token, started + 1, routed);
    }

    private Roster without(String instance) {
        var fewer = new LinkedHashMap<>(instances);
        fewer.remove(instance);
        return new Roster(
                service,
                fewer,
                active.filter(one -> !one.equals(instance)),
                token,
                started,
                routed);
    }

    private Roster withActive(String instance) {
        return new Roster(service, instances, Optional.of(instance), token, started, routed);
    }

    private Roster withoutActive(String instance) {
        var left = active.filter(one -> !one.equals(instance));
        return new Roster(service, instances, left, token, started, routed);
    }

    private Roster withToken(Token newer) {
        return new Roster(service, instances, active, token.orHigher(newer), started, routed);
    }

    private Roster withRoute(List<String> targets) {
        return new Roster(service, instances, active, token, started, targets);
    }
}
