package dev.pitcrew.app.init;

import dev.pitcrew.app.init.Ground.Service;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Dependency;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Sketch.Part;
import dev.pitcrew.model.infra.Survey;
import dev.pitcrew.model.infra.Trading;
import dev.pitcrew.model.infra.VenueLibraries;
import dev.pitcrew.read.compose.ComposeFormat;
import dev.pitcrew.read.compose.FileSet;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Chooses what of a repository the system file is about, and gathers what is known of it.
public final class Grounds {
    private final Sources sources;
    private final Survey survey;
    private final Sketch sketch;
    private final String name;
    private final String base;

    private Grounds(Sources sources, Survey survey, Sketch sketch, String name, String base) {
        this.sources = sources;
        this.survey = survey;
        this.sketch = sketch;
        this.name = name;
        this.base = base;
    }

    /// @param folder what the repository's folder is called
    /// @param base from the system file's folder to the repository's, with its slash; empty when they are the same
    public static Ground of(
            Sources sources, Survey survey, Sketch sketch, String folder, String base) {
        String name = Said.name(folder);
        return new Grounds(sources, survey, sketch, name.isEmpty() ? "desk" : name, base).ground();
    }

    private Ground ground() {
        var projects = projects();
        var chosen = projects.keySet().stream().findFirst();
        boolean isComposeTrading =
                chosen.filter(unit -> trades(projects.getOrDefault(unit, List.of()))).isPresent();
        var units = distinct(new UnitGround(survey, sketch, base).services());
        boolean areUnitsTrading = units.stream().anyMatch(one -> one.duty().isOrderPath());
        var cluster = containers("kubernetes");
        var composed = chosen.map(unit -> compose(unit, projects));
        if (composed.isPresent()
                && (isComposeTrading || !(areUnitsTrading || trades(cluster)))
                && composed.get().services().stream().anyMatch(one -> !one.isLeft())) {
            return composed.get();
        }
        if (!units.isEmpty() && (areUnitsTrading || !trades(cluster))) {
            return ground(Origin.UNITS, units, containers("systemd"), List.of());
        }
        if (!cluster.isEmpty()) {
            return ground(Origin.CLUSTER, cluster(), cluster, List.of());
        }
        var images = new ImageGround(survey, name);
        var built = distinct(images.images());
        if (!built.isEmpty()) {
            return ground(Origin.IMAGES, built, List.of(), List.of());
        }
        var programs = distinct(images.programs(sources));
        if (programs.isEmpty() && composed.isPresent()) {
            return composed.get(); // which at least says what is left to Compose
        }
        return ground(
                programs.isEmpty() ? Origin.NONE : Origin.PROGRAMS,
                programs,
                List.of(),
                programs.isEmpty() ? library() : List.of());
    }

    private List<Container> containers(String format) {
        return sketch.services().stream()
                .flatMap(part -> part.facts().stream())
                .filter(Container.class::isInstance)
                .map(Container.class::cast)
                .filter(one -> one.format().equals(format))
                .sorted(
                        Comparator.comparing((Container one) -> one.place().file())
                                .thenComparingInt(one -> one.place().line()))
                .toList();
    }

    private boolean trades(List<Container> some) {
        return some.stream().anyMatch(one -> duty(one).isOrderPath());
    }

    private Duty duty(InfraFact one) {
        return sketch.of(one).map(Part::duty).orElse(Duty.OTHER);
    }

    private Trading trading(InfraFact one) {
        return sketch.of(one).map(Part::trading).orElse(Trading.UNKNOWN);
    }

    /// The containers of each Compose project; that first which sends orders, isn't for tests, lies near the top and is what Compose takes by itself.
    private Map<String, List<Container>> projects() {
        var byUnit = new TreeMap<String, List<Container>>();
        for (Container one : containers("compose")) {
            byUnit.computeIfAbsent(one.unit(), _ -> new ArrayList<>()).add(one);
        }
        Comparator<Map.Entry<String, List<Container>>> order =
                Comparator.comparing(one -> !hasDuty(one.getValue(), Duty.ORDER_ENTRY::equals));
        order =
                order.thenComparing(one -> isForTests(one.getValue()))
                        .thenComparing(one -> !hasDuty(one.getValue(), Duty::isOrderPath))
                        .thenComparingInt(one -> one.getKey().replaceAll("[^/]", "").length())
                        .thenComparing(one -> one.getKey().matches(".*\\.ya?ml"))
                        .thenComparingInt(one -> -one.getValue().size())
                        .thenComparing(Map.Entry::getKey);
        var sorted = new LinkedHashMap<String, List<Container>>();
        byUnit.entrySet().stream()
                .sorted(order)
                .forEach(one -> sorted.put(one.getKey(), one.getValue()));
        return sorted;
    }

    private boolean hasDuty(List<Container> some, Predicate<Duty> wanted) {
        return some.stream().anyMatch(one -> wanted.test(duty(one)));
    }

    private boolean isForTests(List<Container> some) {
        return some.stream().allMatch(one -> trading(one) == Trading.TEST);
    }

    private Ground compose(String unit, Map<String, List<Container>> projects) {
        var containers = projects.getOrDefault(unit, List.of());
        var set =
                ComposeFormat.sets(sources, new Unheard()).stream()
                        .filter(one -> one.unit().equals(unit))
                        .findFirst();
        var files =
                set.map(FileSet::files).stream()
                        .flatMap(List::stream)
                        .map(SourceFile::path)
                        .toList();
        var found = new ComposeGround(survey, sketch, containers);
        var profiles = found.profiles();
        var others =
                Stream.concat(
                                found.others(profiles).stream(),
                                projects.keySet().stream()
                                        .filter(one -> !one.equals(unit))
                                        .map(
                                                one ->
                                                        "the Compose project "
                                                                + (one.equals(".")
                                                                        ? "at the top by itself"
                                                                        : one)))
                        .toList();
        var services = found.services(profiles);
        var meant = services.stream().map(Service::original).collect(Collectors.toSet());
        var ground =
                ground(
                        Origin.COMPOSE,
                        services,
                        containers.stream().filter(one -> meant.contains(one.name())).toList(),
                        others);
        return new Ground(
                Origin.COMPOSE,
                ground.name(),
                files.stream().map(one -> base + one).toList(),
                profiles,
                ground.services(),
                ground.trading(),
                ground.tradingBecause(),
                ground.venues(),
                ground.feeds(),
                others);
    }

    private Ground ground(
            Origin origin, List<Service> services, List<Container> from, List<String> others) {
        var said =
                from.stream()
                        .filter(one -> trading(one) != Trading.UNKNOWN)
                        .min(
                                Comparator.comparing(
                                                (Container one) -> duty(one) != Duty.ORDER_ENTRY)
                                        .thenComparing(one -> !duty(one).isOrderPath())
                                        .thenComparing(one -> trading(one)));
        return new Ground(
                origin,
                name,
                List.of(),
                List.of(),
                services,
                said.map(this::trading).orElse(Trading.UNKNOWN),
                said.flatMap(sketch::of)
                        .map(
                                part ->
                                        "%s, service %s at %s"
                                                .formatted(
                                                        Said.because(part.tradingBecause()),
                                                        part.name(),
                                                        Said.place(part.place())))
                        .orElse(""),
                Venues.of(from),
                sketch.feeds().stream()
                        .map(one -> one.value() + " at " + Said.place(one.place()))
                        .toList(),
                others);
    }

    /// What a cluster runs: told, and not started.
    private List<Service> cluster() {
        return sketch.services().stream()
                .filter(
                        part ->
                                part.facts().stream()
                                        .anyMatch(
                                                fact ->
                                                        fact instanceof Container one
                                                                && one.format()
                                                                        .equals("kubernetes")))
                .map(
                        part ->
                                new Service(
                                        part.name(),
                                        part.name(),
                                        part.duty(),
                                        Said.because(part.because()),
                                        part.place(),
                                        true,
                                        false,
                                        false,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of()))
                .toList();
    }

    /// Names that can be used, each once.
    private static List<Service> distinct(List<Service> services) {
        var byName = new LinkedHashMap<String, Service>();
        services.stream()
                .filter(one -> !one.name().isEmpty())
                .forEach(one -> byName.putIfAbsent(one.name(), one));
        return List.copyOf(byName.values());
    }

    /// That it is built to trade, though nothing says how it is started.
    private List<String> library() {
        return Stream.of(survey.all(Dependency.class))
                .flatMap(List::stream)
                .filter(one -> VenueLibraries.isOne(one.name()))
                .findFirst()
                .map(
                        one ->
                                "%s talks to venues, %s; which program uses it, nothing says"
                                        .formatted(one.name(), Said.place(one.place())))
                .stream()
                .toList();
    }

    /// What is found on the way is known already.
    private static final class Unheard implements Found {
        @Override
        public void fact(InfraFact fact) {}

        @Override
        public void problem(Place place, String message) {}
    }
}
