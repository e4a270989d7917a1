package dev.pitcrew.runtime.haproxy;

import dev.pitcrew.runtime.balancer.ProxyPlace;
import dev.pitcrew.runtime.balancer.ProxyPlace.Front;
import dev.pitcrew.runtime.balancer.ProxyTraffic;
import dev.pitcrew.runtime.balancer.Told;
import dev.pitcrew.runtime.balancer.Traffic;
import dev.pitcrew.runtime.balancer.TrafficAnswer;
import dev.pitcrew.runtime.balancer.TrafficRoute;
import dev.pitcrew.runtime.balancer.TrafficState;
import dev.pitcrew.runtime.haproxy.OneHaproxy.Unwilling;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/// Traffic by way of HAProxy, one or several that all serve the same clients: each is told, and what each says is compared.
///
/// HAProxy can't park requests. While a service is held, each new one gets 503 with Retry-After.
public final class HaproxyTraffic extends ProxyTraffic {

    private final List<OneHaproxy> all;
    private final String change;
    private final ReentrantLock lock; // one change at a time

    public HaproxyTraffic(ProxyPlace place) {
        this(place, balancers(place), "", new ReentrantLock());
    }

    private HaproxyTraffic(
            ProxyPlace place, List<OneHaproxy> all, String change, ReentrantLock lock) {
        super("HAProxy", place);
        this.all = all;
        this.change = change;
        this.lock = lock;
    }

    /// What one begins with is written where it is alone: of several, each has a disk of its own.
    private static List<OneHaproxy> balancers(ProxyPlace place) {
        var begins =
                place.sockets().size() == 1 && place.sockets().getFirst().startsWith("/")
                        ? Optional.of(new BeginFiles(place.folder()))
                        : Optional.<BeginFiles>empty();
        return place.sockets().stream()
                .map(socket -> new OneHaproxy(new RuntimeApi(socket), place.folder(), begins))
                .toList();
    }

    @Override
    public Traffic under(String change) {
        return new HaproxyTraffic(place, all, change, lock);
    }

    @Override
    public Optional<Duration> patience(String service) {
        return Optional.ofNullable(place.fronts().get(service)).flatMap(Front::closeAfter);
    }

    @Override
    public TrafficAnswer state(String service) {
        return each(service, (_, _, _) -> {});
    }

    @Override
    public TrafficAnswer cut(String service) {
        return each(service, (one, standing, _) -> one.cut(service, standing));
    }

    @Override
    protected TrafficAnswer change(String service, UnaryOperator<Told> how) {
        return each(
                service,
                (one, standing, generation) -> {
                    var before = standing.told();
                    var wanted = Routing.asCompared().apply(how.apply(before));
                    if (!wanted.equals(before)) {
                        one.tell(service, standing, wanted, generation + 1, change);
                    }
                });
    }

    /// What is done with each balancer that answered.
    private interface Deed {
        /// @param generation the highest of all
        void to(OneHaproxy one, Standing standing, long generation) throws IOException, Unwilling;
    }

    /// All that can be told are told, also when one can't: what only reduces risk must not wait for it.
    private TrafficAnswer each(String service, Deed deed) {
        if (!place.fronts().containsKey(service)) {
            return new TrafficAnswer.Refused("the balancer has no service " + service);
        }
        lock.lock();
        try {
            var troubles = new ArrayList<String>();
            var refusals = 0;
            var found = new LinkedHashMap<OneHaproxy, Standing>();
            long generation = 0;
            for (var one : all) {
                try {
                    var standing = one.read(service);
                    generation = Math.max(generation, standing.routing().generation());
                    found.put(one, standing);
                } catch (IOException e) {
                    troubles.add(silent(one, e));
                } catch (Unwilling no) {
                    troubles.add(String.valueOf(no.getMessage()));
                    refusals++;
                }
            }
            for (var one : found.entrySet()) {
                try {
                    deed.to(one.getKey(), one.getValue(), generation);
                } catch (IOException e) {
                    troubles.add(silent(one.getKey(), e));
                } catch (Unwilling no) {
                    troubles.add(String.valueOf(no.getMessage()));
                    refusals++;
                }
            }
            if (troubles.isEmpty()) {
                return compared(service);
            }
            var why = String.join("; ", troubles);
            return refusals == all.size() // else one of them may have done it
                    ? new TrafficAnswer.Refused(why)
                    : new TrafficAnswer.Unreachable(why);
        } catch (IOException e) {
            return new TrafficAnswer.Unreachable("HAProxy does not answer: " + e);
        } catch (Unwilling no) {
            return new TrafficAnswer.Refused(String.valueOf(no.getMessage()));
        } finally {
            lock.unlock();
        }
    }

    private static String silent(OneHaproxy one, IOException e) {
        return "HAProxy at %s does not answer: %s".formatted(one.api().place(), e);
    }

    private TrafficAnswer compared(String service) throws IOException, Unwilling {
        Told told = null;
        long generation = 0;
        var inFlight = 0;
        var leaving = 0;
        var connections = 0;
        for (var one : all) {
            var standing = one.read(service);
            if (told != null && !standing.told().equals(told)) {
                return new TrafficAnswer.Unreachable(
                        "the balancers differ: %s sends %s to %s, and others to %s"
                                .formatted(one.api().place(), service, standing.told(), told));
            }
            told = standing.told();
            generation = Math.max(generation, standing.routing().generation());
            inFlight += standing.inFlight();
            leaving += standing.leaving();
            connections += standing.connections();
        }
        var now = told == null ? Told.NOTHING : told;
        return new TrafficAnswer.Stands(
                new TrafficState(
                        service,
                        Objects.requireNonNull(place.fronts().get(service), service).listen(),
                        now.mode(),
                        now.everybody(),
                        0,
                        inFlight,
                        leaving,
                        connections,
                        generation));
    }

    /// Of balancers that differ, whoever gets requests from any of them: so it is seen to be not what was told, and is told again.
    @Override
    public Optional<Map<String, TrafficRoute>> routes() {
        var routes = new TreeMap<String, TrafficRoute>();
        try {
            for (var service : place.fronts().keySet()) {
                TrafficRoute route = null;
                for (var one : all) {
                    var next = one.read(service).told().route();
                    route = route == null ? next : both(route, next);
                }
                if (route != null) {
                    routes.put(service, route);
                }
            }
            return Optional.of(routes);
        } catch (IOException | Unwilling _) {
            return Optional.empty();
        }
    }

    private static TrafficRoute both(TrafficRoute one, TrafficRoute other) {
        if (one.equals(other)) {
            return one;
        }
        var targets = new ArrayList<>(one.targets());
        targets.addAll(other.targets()); // some may be there twice, which is as nobody wants it
        return new TrafficRoute(targets, one.isHeld() || other.isHeld());
    }
}
