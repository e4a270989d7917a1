package dev.pitcrew.runtime.balancer;

import dev.pitcrew.model.Fraction;
import dev.pitcrew.runtime.http.Address;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a balancer was told of one service, apart from what of a request is looked at.
///
/// @param isHeld whether new requests are held, or refused where nobody can hold them
/// @param rest who gets all that no canary gets
/// @param canaries who gets the share
/// @param share of keys
/// @param owners by name: who gets what is about an order of its own
public record Told(
        boolean isHeld,
        List<Address> rest,
        List<Address> canaries,
        Fraction share,
        Map<String, Address> owners) {
    /// Nothing yet: no instance, and no hold.
    public static final Told NOTHING = of(false, List.of());

    public Told {
        rest = List.copyOf(rest);
        canaries = List.copyOf(canaries);
        owners = new TreeMap<>(owners);
    }

    private static Told of(boolean isHeld, List<Address> targets) {
        return new Told(isHeld, targets, List.of(), new Fraction(0), Map.of());
    }

    /// The same with other targets, all alike.
    public Told routed(List<Address> targets) {
        return of(isHeld, targets);
    }

    /// All alike to these, and no hold.
    public static Told opened(List<Address> targets) {
        return of(false, targets);
    }

    /// Not all alike, and no hold.
    public static Told split(TrafficSplit split) {
        return new Told(false, split.rest(), split.canaries(), split.share(), split.owners());
    }

    /// The same, held or not.
    public Told held(boolean isHeld) {
        return new Told(isHeld, rest, canaries, share, owners);
    }

    /// Who gets new requests, the canaries last.
    public List<Address> everybody() {
        return Stream.concat(rest.stream(), canaries.stream()).toList();
    }

    /// Everybody who gets anything.
    public List<Address> all() {
        return Stream.concat(everybody().stream(), owners.values().stream()).distinct().toList();
    }

    /// What happens to a new request.
    public TrafficState.Mode mode() {
        if (isHeld) {
            return TrafficState.Mode.HOLD;
        }
        return everybody().isEmpty() ? TrafficState.Mode.CLOSED : TrafficState.Mode.OPEN;
    }

    /// As one look tells it.
    public TrafficRoute route() {
        return new TrafficRoute(everybody(), isHeld);
    }
}
