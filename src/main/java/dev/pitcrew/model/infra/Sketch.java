package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The trading system as a repository's files let one understand it: inferred, each part with the reason why. A [dev.pitcrew.model.TradingSystem] is declared instead, and
/// complete.
public final class Sketch {
    /// What services are made of when files are read.
    private static final Set<Class<?>> PIECES = Set.of(Container.class, SystemdUnit.class);

    private final List<Part> services;
    private final List<Flow> flows;
    private final List<Located<String>> feeds;

    /// Facts are large, and asked for often: two are compared as objects first, by what they say only where that finds nothing.
    private final IdentityHashMap<InfraFact, Part> bySelf;

    private volatile @Nullable Map<InfraFact, Part> byContent; // made when it is asked for first

    private final Set<Class<?>> kinds;
    private final Sketch self;
    private final Runnable heard;

    /// @param services in the order of their names
    /// @param flows between them
    /// @param feeds what comes in from outside, by name
    public Sketch(List<Part> services, List<Flow> flows, List<Located<String>> feeds) {
        this.services = List.copyOf(services);
        this.flows = List.copyOf(flows);
        this.feeds = List.copyOf(feeds);
        this.bySelf = new IdentityHashMap<>();
        this.kinds = new HashSet<>();
        this.self = this;
        this.heard = () -> {};
        for (Part part : services) {
            for (InfraFact fact : part.facts()) {
                bySelf.putIfAbsent(fact, part);
                kinds.add(fact.getClass());
            }
        }
    }

    private Sketch(Sketch of, Runnable heard) {
        this.services = of.services;
        this.flows = of.flows;
        this.feeds = of.feeds;
        this.bySelf = of.bySelf;
        this.kinds = of.kinds;
        this.self = of.self;
        this.heard = heard;
    }

    /// The same sketch for somebody of whom one wants to know whether he asks it anything.
    public Sketch heardBy(Runnable heard) {
        return new Sketch(this, heard);
    }

    /// In the order of their names.
    public List<Part> services() {
        heard.run();
        return services;
    }

    /// Between services.
    public List<Flow> flows() {
        heard.run();
        return flows;
    }

    /// What comes in from outside, by name.
    public List<Located<String>> feeds() {
        heard.run();
        return feeds;
    }

    /// The service that a container, unit or other fact is a piece of.
    public Optional<Part> of(InfraFact fact) {
        boolean isKind = kinds.contains(fact.getClass());
        if (isKind || PIECES.contains(fact.getClass())) { // of others it is nothing in any sketch
            heard.run();
        }
        if (!isKind) {
            return Optional.empty();
        }
        var part = bySelf.get(fact);
        return Optional.ofNullable(part != null ? part : self.byContent().get(fact));
    }

    private Map<InfraFact, Part> byContent() {
        var made = byContent;
        if (made == null) { // two that ask at once both make it, and get the same
            made = new HashMap<>();
            for (Part part : services) {
                for (InfraFact fact : part.facts()) {
                    made.putIfAbsent(fact, part);
                }
            }
            byContent = made;
        }
        return made;
    }

    /// The service of a name.
    public Optional<Part> named(String name) {
        return services().stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /// A service.
    ///
    /// @param name as its files call it
    /// @param duty what it seems to do
    /// @param because why it seems so, such as `image redis:7`
    /// @param trading with what
    /// @param tradingBecause why that; empty when unknown
    /// @param place of the first fact
    /// @param facts the pieces of it in all files
    public record Part(
            String name,
            Duty duty,
            String because,
            Trading trading,
            String tradingBecause,
            Place place,
            List<InfraFact> facts) {
        public Part {
            facts = List.copyOf(facts);
        }
    }

    /// One service uses another.
    ///
    /// @param from name of the service that calls, reads or publishes
    /// @param to name of the other
    /// @param what such as `redis`, `postgresql`, `http`, `amqp`, `depends on`
    /// @param place that tells so
    public record Flow(String from, String to, String what, Place place) {}
}
