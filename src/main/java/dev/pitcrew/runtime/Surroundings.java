package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.TrafficFacts;
import dev.pitcrew.model.Observed;
import dev.pitcrew.runtime.balancer.Traffic;
import dev.pitcrew.runtime.balancer.TrafficRoute;
import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.Processes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What is around the instances of the roster: where the balancer sends requests, and who else runs. Any thread may call.
final class Surroundings {
    private static final String STRANGERS = "* strangers"; // no instance is called so
    private static final String TRAFFIC = "* traffic";

    private final Supplier<Desk> desk;
    private final Processes processes;
    private final Instances instances;
    private final Traffic traffic;
    private final InstantSource clock;
    private final Runnable news;
    private final Map<String, Observed<TrafficFacts>> steered = new ConcurrentHashMap<>();
    private final Set<String> looking = ConcurrentHashMap.newKeySet();
    private volatile Observed<Map<String, List<String>>> unlisted = Observed.unknown();

    /// @param desk what the ledger says now
    /// @param news told when the balancer sends requests elsewhere than it did
    Surroundings(
            Supplier<Desk> desk,
            Processes processes,
            Instances instances,
            Traffic traffic,
            InstantSource clock,
            Runnable news) {
        this.desk = desk;
        this.processes = processes;
        this.instances = instances;
        this.traffic = traffic;
        this.clock = clock;
        this.news = news;
    }

    /// Where the requests of each service go.
    Map<String, Observed<TrafficFacts>> steered() {
        return Map.copyOf(steered);
    }

    /// Who runs and is in no ledger, by service.
    Observed<Map<String, List<String>>> unlisted() {
        return unlisted;
    }

    /// Asks the balancer.
    void lookAtTraffic() {
        aside(TRAFFIC, this::readTraffic);
    }

    /// Looks for who runs and is not listed.
    ///
    /// @param listed whom the ledger lists now
    void lookForStrangers(Set<String> listed) {
        aside(STRANGERS, () -> readStrangers(listed));
    }

    /// On a thread of its own, and once at a time: one whose host takes long to say what became of it delays no other.
    void aside(String what, Runnable look) {
        if (looking.add(what)) {
            Thread.ofVirtual()
                    .name("look at " + what)
                    .start(
                            () -> {
                                try {
                                    look.run();
                                } finally {
                                    looking.remove(what);
                                }
                            });
        }
    }

    private void readTraffic() {
        var asked = clock.instant();
        traffic.routes()
                .ifPresent(routes -> routes.forEach((name, one) -> steered(name, one, asked)));
    }

    private void steered(String service, TrafficRoute route, Instant asked) {
        var seen = new Observed<>(named(service, route), asked);
        var before = steered.put(service, seen);
        if (before == null || !Objects.equals(before.value(), seen.value())) {
            news.run();
        }
    }

    private TrafficFacts named(String service, TrafficRoute route) {
        var names = new HashMap<Address, String>();
        desk.get()
                .service(service)
                .roster()
                .instances()
                .keySet() // oldest first: who has the port of one that died is the one there
                .forEach(name -> instances.address(name).ifPresent(at -> names.put(at, name)));
        return new TrafficFacts(
                route.targets().stream()
                        .map(one -> names.getOrDefault(one, one.toString()))
                        .toList(),
                route.isHeld());
    }

    /// What runs and was in the ledger neither before nor after it was looked for: left by a ledger that was restored or lost.
    private void readStrangers(Set<String> listed) {
        var asked = clock.instant();
        var found =
                processes.known().stream()
                        .filter(one -> !one.state().dead() && !listed.contains(one.instance()))
                        .filter(one -> !lists(one.instance()))
                        .collect(
                                Collectors.groupingBy(
                                        KnownProcess::service,
                                        Collectors.mapping(
                                                KnownProcess::instance, Collectors.toList())));
        unlisted = new Observed<>(Map.copyOf(found), asked);
    }

    /// Whether the ledger lists it now.
    boolean lists(String name) {
        return desk.get().services().values().stream()
                .anyMatch(state -> state.roster().instances().containsKey(name));
    }
}
