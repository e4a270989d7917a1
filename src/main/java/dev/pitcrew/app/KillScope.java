package dev.pitcrew.app;

import dev.pitcrew.model.Role;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Venue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which services a kill is about, from the system file alone.
///
/// @param orderEntry services that hold a venue's order session
/// @param strategies services that send to those
/// @param venues where their orders may rest
/// @param dropCopy who tells independently which orders are open; empty when nobody does
public record KillScope(
        List<Service> orderEntry,
        List<Service> strategies,
        List<Venue> venues,
        Optional<Service> dropCopy) {
    /// @throws IllegalArgumentException when nothing is left to kill; the message says what there is
    public static KillScope of(TradingSystem system, KillOrder order) {
        var entry =
                system.services().stream()
                        .filter(one -> one.role() == Role.ORDER_ENTRY)
                        .filter(
                                one ->
                                        order.service()
                                                .filter(name -> !name.equals(one.name()))
                                                .isEmpty())
                        .filter(
                                one ->
                                        order.venue()
                                                .filter(name -> !one.venues().contains(name))
                                                .isEmpty())
                        .toList();
        var names = entry.stream().map(Service::name).collect(Collectors.toSet());
        var strategies =
                system.services().stream()
                        .filter(one -> one.role() == Role.STRATEGY)
                        .filter(
                                one ->
                                        order.service().filter(one.name()::equals).isPresent()
                                                || one.dependsOn().stream()
                                                        .anyMatch(names::contains)
                                                || (order.service().isEmpty()
                                                        && order.venue().isEmpty()))
                        .toList();
        if (entry.isEmpty() && strategies.isEmpty()) {
            throw new IllegalArgumentException(
                    "nothing to kill there; order entry and strategies are " + known(system));
        }
        var venues = new LinkedHashSet<String>();
        entry.forEach(one -> venues.addAll(one.venues()));
        return new KillScope(
                entry,
                strategies,
                venues.stream().map(system::venue).toList(),
                dropCopy(system, entry, venues));
    }

    /// Strategies and order entry, the latter first: they hold what rests at the venue.
    List<Service> all() {
        var all = new ArrayList<>(orderEntry);
        all.addAll(strategies);
        return all;
    }

    /// Names of the services that are stopped.
    public List<String> names() {
        return all().stream().map(Service::name).toList();
    }

    /// CompIDs under which the orders were entered.
    Set<String> sessions() {
        return venues.stream().map(venue -> venue.session().sender()).collect(Collectors.toSet());
    }

    private static Optional<Service> dropCopy(
            TradingSystem system, List<Service> entry, Set<String> venues) {
        var named =
                entry.stream()
                        .flatMap(one -> one.reconcile().stream())
                        .map(both -> both.theirs().service())
                        .findFirst();
        return system.services().stream()
                .filter(
                        one ->
                                named.map(one.name()::equals)
                                        .orElseGet(
                                                () ->
                                                        one.role() == Role.DROP_COPY
                                                                && one.venues().stream()
                                                                        .anyMatch(
                                                                                venues::contains)))
                .findFirst();
    }

    private static String known(TradingSystem system) {
        return system.services().stream()
                .filter(one -> one.role() == Role.ORDER_ENTRY || one.role() == Role.STRATEGY)
                .map(Service::name)
                .collect(Collectors.joining(", "));
    }
}
