package dev.pitcrew.cli;

import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// Several changes, one after the other: each service after those that it needs. Pure.
///
/// @param versions by service, in the order in which they are changed
record DeployOrder(SequencedMap<String, String> versions) {
    /// @param wanted versions by service
    /// @throws Refused when a service is none of the system's
    static DeployOrder of(TradingSystem system, Map<String, String> wanted) {
        var names = system.services().stream().map(Service::name).toList();
        for (var name : wanted.keySet()) {
            if (!names.contains(name)) {
                throw new Refused("no service named " + name, "it has " + String.join(", ", names));
            }
        }
        var order = new LinkedHashSet<String>();
        for (var service : system.services()) {
            visit(system, service, order, new HashSet<>());
        }
        var versions = new LinkedHashMap<String, String>();
        order.stream()
                .filter(wanted::containsKey)
                .forEach(name -> versions.put(name, wanted.get(name)));
        return new DeployOrder(versions);
    }

    /// Also by way of services that are not changed.
    private static void visit(
            TradingSystem system, Service service, Set<String> order, Set<String> path) {
        if (order.contains(service.name()) || !path.add(service.name())) {
            return; // a circle of accounts and their sources is no reason to stop
        }
        needs(service).forEach(name -> visit(system, system.service(name), order, path));
        order.add(service.name());
    }

    /// Those that it depends on, and the one that its accounts are compared with.
    private static List<String> needs(Service service) {
        var needs = new ArrayList<>(service.dependsOn());
        service.reconcile().ifPresent(both -> needs.add(both.theirs().service()));
        needs.remove(service.name());
        return needs;
    }
}
