package dev.pitcrew.runtime.balancer;

import dev.pitcrew.runtime.http.Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Traffic by way of somebody else's balancer, which can't park requests, and whose configuration says what of a request it looks at.
public abstract class ProxyTraffic implements Traffic {
    private static final Duration HOLD_MAX = Duration.ofMinutes(1);

    private final String name;
    protected final ProxyPlace place;

    /// @param name what people call it
    protected ProxyTraffic(String name, ProxyPlace place) {
        this.name = name;
        this.place = place;
    }

    /// Has the balancer do what it is told from now on.
    protected abstract TrafficAnswer change(String service, UnaryOperator<Told> how);

    @Override
    public final boolean canHold() {
        return false;
    }

    @Override
    public final TrafficAnswer route(String service, List<Address> targets) {
        return change(service, told -> told.routed(targets));
    }

    @Override
    public final TrafficAnswer hold(String service, Duration limit) {
        if (limit.toMillis() < 1 || limit.compareTo(HOLD_MAX) > 0) {
            return new TrafficAnswer.Refused("a hold lasts from 1 ms to 1 min, got " + limit);
        }
        return change(service, told -> told.held(true));
    }

    @Override
    public final TrafficAnswer release(String service) {
        return change(service, told -> told.held(false));
    }

    @Override
    public final TrafficAnswer open(String service, List<Address> targets) {
        return change(service, _ -> Told.opened(targets));
    }

    @Override
    public final TrafficAnswer split(String service, TrafficSplit split) {
        var front = place.fronts().get(service);
        if (front != null && !front.sticky().equals(Optional.of(split.sticky()))) {
            return new TrafficAnswer.Refused(
                    "%s was configured to look at %s, not at %s"
                            .formatted(
                                    name,
                                    front.sticky()
                                            .map(Object::toString)
                                            .orElse("nothing of a request"),
                                    split.sticky()));
        }
        return change(service, _ -> Told.split(split));
    }
}
