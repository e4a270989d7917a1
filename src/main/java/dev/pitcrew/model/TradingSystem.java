package dev.pitcrew.model;

import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/// A trading system, as its system file describes it: complete, checked, every reference leading somewhere.
///
/// The services are those of the file; [#in] gives them as one environment changes them.
///
/// @param name names it in output and in the ledger
/// @param owner whom findings and alerts are addressed to
/// @param site where it runs
/// @param host the host its services run on
/// @param venues in the order of the file, as all lists here
/// @param folder the folder of the system file, absolute: paths in it start here
/// @param digest of the system file's bytes; approvals bind it
public record TradingSystem(
        String name,
        Optional<Owner> owner,
        Optional<String> site,
        String host,
        List<Venue> venues,
        List<Service> services,
        List<Store> stores,
        List<Feed> feeds,
        List<Environment> environments,
        Path folder,
        Digest digest) {
    public TradingSystem {
        Words.requireName(name);
        venues = List.copyOf(venues);
        services = List.copyOf(services);
        stores = List.copyOf(stores);
        feeds = List.copyOf(feeds);
        environments = List.copyOf(environments);
    }

    /// Who runs the system, or a service of it.
    ///
    /// @param strategy the trading strategy it serves
    public record Owner(String desk, Optional<String> strategy) {
        /// Such as `equities/pairs`, or the desk alone.
        public String text() {
            return desk + strategy.map(one -> "/" + one).orElse("");
        }
    }

    /// Whose a service is: what it says itself, else who owns the system; empty when the file names nobody.
    ///
    /// @throws NoSuchElementException when the system has no such service
    public Optional<Owner> ownerOf(String service) {
        return service(service).owner().or(() -> owner);
    }

    /// @throws NoSuchElementException when the system has no such venue
    public Venue venue(String name) {
        return find("venue", venues, Venue::name, name);
    }

    /// @throws NoSuchElementException when the system has no such service
    public Service service(String name) {
        return find("service", services, Service::name, name);
    }

    /// @throws NoSuchElementException when the system has no such environment
    public Environment environment(String name) {
        return find("environment", environments, Environment::name, name);
    }

    /// The system as it is in one environment: each service with that environment's overrides.
    ///
    /// @throws NoSuchElementException when the system has no such environment
    public TradingSystem in(String environment) {
        var overrides = environment(environment).overrides();
        var effective = services.stream().map(s -> overrides.getOrDefault(s.name(), s)).toList();
        return new TradingSystem(
                name,
                owner,
                site,
                host,
                venues,
                effective,
                stores,
                feeds,
                environments,
                folder,
                digest);
    }

    private static <T> T find(String kind, List<T> all, Function<T, String> nameOf, String name) {
        return all.stream()
                .filter(one -> nameOf.apply(one).equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no " + kind + " named " + name));
    }
}
