package dev.pitcrew.read.survey;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Address;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Dependency;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.model.infra.Peers;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Sketch.Flow;
import dev.pitcrew.model.infra.Sketch.Part;
import dev.pitcrew.model.infra.Survey;
import dev.pitcrew.model.infra.SystemdUnit;
import dev.pitcrew.model.infra.Trading;
import dev.pitcrew.model.infra.VenueLibraries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Infers from facts what the trading system is: containers, and what systemd starts, of one name that trade with the same are one service, what they are told to talk to is a flow.
public final class Sketcher {
    private static final Pattern STREAM = Pattern.compile("(?i)wss?");
    private static final Pattern WEB = Pattern.compile("(?i)https?");
    private static final Pattern CONDITION = Pattern.compile(":(healthy|completed)$");

    private final List<Container> containers;
    private final List<SystemdUnit> units;
    private final List<Dependency> dependencies;
    private final Peers peers;
    private final IdentityHashMap<Container, String> names = new IdentityHashMap<>();
    private final IdentityHashMap<Container, Duties.Seen> duties = new IdentityHashMap<>();

    private Sketcher(Survey survey) {
        this.units = survey.all(SystemdUnit.class);
        this.containers =
                Stream.concat(
                                survey.all(Container.class).stream(),
                                units.stream().flatMap(one -> one.process().stream()))
                        .toList();
        this.dependencies = survey.all(Dependency.class);
        this.peers = Peers.of(survey);
    }

    /// The system as the files let one understand it.
    public static Sketch sketch(Survey survey) {
        return new Sketcher(survey).sketch();
    }

    private Sketch sketch() {
        var parts = parts();
        return new Sketch(parts, flows(), feeds());
    }

    private List<Part> parts() {
        var groups = new LinkedHashMap<String, List<Container>>();
        var tradings = tradings();
        for (Container one : containers) {
            var trading = tradings.getOrDefault(one, new Tradings.Seen(Trading.UNKNOWN, ""));
            groups.computeIfAbsent(one.name() + " " + trading.trading(), _ -> new ArrayList<>())
                    .add(one);
        }
        var sameName =
                groups.values().stream()
                        .collect(
                                Collectors.groupingBy(
                                        one -> one.getFirst().name(), Collectors.counting()));
        var parts = new TreeMap<String, Part>();
        for (var group : groups.values()) {
            Container first = group.getFirst();
            var trading = tradings.getOrDefault(first, new Tradings.Seen(Trading.UNKNOWN, ""));
            boolean isAlone = sameName.getOrDefault(first.name(), 1L) == 1;
            String name =
                    isAlone ? first.name() : first.name() + " (" + word(trading.trading()) + ")";
            var duty =
                    group.stream()
                            .map(this::duty)
                            .min(Comparator.comparing(one -> one.duty() == Duty.OTHER))
                            .orElseThrow();
            group.forEach(one -> names.put(one, name));
            parts.put(
                    name,
                    new Part(
                            name,
                            duty.duty(),
                            duty.because(),
                            trading.trading(),
                            trading.because(),
                            first.place(),
                            pieces(group)));
        }
        return List.copyOf(parts.values());
    }

    private Duties.Seen told(Container one) {
        return duties.computeIfAbsent(one, Duties::of);
    }

    /// Where nothing else tells, the libraries do that it is built with.
    private Duties.Seen duty(Container one) {
        var seen = told(one);
        if (seen.duty() != Duty.OTHER || one.build().isEmpty()) {
            return seen;
        }
        String folder = folder(one.build().get().value());
        return dependencies.stream()
                .filter(library -> VenueLibraries.isOne(library.name()))
                .filter(library -> folder.equals(folder(library.place().file())))
                .findFirst()
                .map(library -> new Duties.Seen(Duty.ORDER_ENTRY, "import of " + library.name()))
                .orElse(seen);
    }

    /// The containers of a service, and the units that start its processes.
    private List<InfraFact> pieces(List<Container> group) {
        var pieces = new ArrayList<InfraFact>(group);
        units.stream()
                .filter(unit -> unit.process().filter(group::contains).isPresent())
                .forEach(pieces::add);
        return pieces;
    }

    private static String word(Trading trading) {
        return trading.name().toLowerCase(Locale.ROOT);
    }

    /// A set of files beside one for production is what its makers develop with.
    private IdentityHashMap<Container, Tradings.Seen> tradings() {
        var seen = new IdentityHashMap<Container, Tradings.Seen>();
        containers.forEach(one -> seen.put(one, Tradings.of(one)));
        Set<String> live =
                containers.stream()
                        .filter(one -> one.format().equals("compose"))
                        .map(Container::unit)
                        .filter(unit -> unit.contains("/") || unit.contains("."))
                        .filter(
                                unit ->
                                        Tradings.word(fileName(unit))
                                                .filter(Trading.LIVE::equals)
                                                .isPresent())
                        .collect(Collectors.toSet());
        for (Container one : containers) {
            Optional<String> sibling =
                    live.stream()
                            .filter(unit -> folder(unit).equals(one.unit()))
                            .sorted()
                            .findFirst();
            var now = seen.get(one);
            if (sibling.isPresent() && now != null && now.trading() == Trading.UNKNOWN) {
                seen.put(one, new Tradings.Seen(Trading.TEST, sibling.get() + " stands beside it"));
            }
        }
        return seen;
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "." : path.substring(0, slash);
    }

    private List<Flow> flows() {
        var flows = new LinkedHashMap<String, Flow>();
        for (Container one : containers) {
            for (Address address : Address.of(one)) {
                for (Container other : peers.named(one, address.host())) {
                    String what = address.scheme().isEmpty() ? "calls" : address.scheme();
                    put(flows, new Flow(name(one), name(other), what, address.place()));
                }
            }
        }
        for (Container one : containers) {
            for (Located<String> before : one.dependsOn()) {
                for (Container other :
                        peers.named(one, CONDITION.matcher(before.value()).replaceFirst(""))) {
                    boolean isKnown =
                            flows.keySet().stream()
                                    .anyMatch(
                                            key ->
                                                    key.startsWith(
                                                            name(one) + "\n" + name(other) + "\n"));
                    if (!isKnown) {
                        put(flows, new Flow(name(one), name(other), "depends on", before.place()));
                    }
                }
            }
        }
        return List.copyOf(flows.values());
    }

    private String name(Container container) {
        return names.getOrDefault(container, container.name());
    }

    private static void put(Map<String, Flow> flows, Flow flow) {
        if (!flow.from().equals(flow.to())) {
            flows.putIfAbsent(flow.from() + "\n" + flow.to() + "\n" + flow.what(), flow);
        }
    }

    /// What services read from outside: streams by their host.
    private List<Located<String>> feeds() {
        var feeds = new TreeMap<String, Located<String>>();
        for (Container one : containers) {
            for (Address address : Address.of(one)) {
                boolean isStream = STREAM.matcher(address.scheme()).matches();
                boolean isMarket =
                        told(one).duty() == Duty.MARKET_DATA
                                && WEB.matcher(address.scheme()).matches();
                if ((isStream || isMarket)
                        && address.host().contains(".")
                        && !address.isLoopback()) {
                    feeds.putIfAbsent(
                            address.host(), new Located<>(address.host(), address.place()));
                }
            }
        }
        return List.copyOf(feeds.values());
    }
}
