package dev.pitcrew.read.compose;

import dev.pitcrew.model.Place;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The networks of a service by the names that the engine knows them by, with the names that others know the service by there.
final class NetworkTree {
    private final ComposeProject project;
    private final Service service;

    NetworkTree(ComposeProject project, Service service) {
        this.project = project;
        this.service = service;
    }

    Trees networks() {
        var place = project.shown(service.place());
        var tree = new Trees(place);
        var entries = service.entries("networks");
        var names = new MountTree(project, service);
        if (entries.isEmpty()) {
            names.realName("networks", "default")
                    .ifPresent(
                            name ->
                                    tree.put(
                                            new Scalar(place, name, true),
                                            new Sequence(place, aliases(List.of(), place))));
        }
        for (Entry entry : entries) {
            Place at = project.shown(entry.key().place());
            names.realName("networks", entry.name())
                    .ifPresent(
                            name ->
                                    tree.put(
                                            new Scalar(at, name, true),
                                            new Sequence(
                                                    at,
                                                    aliases(
                                                            entry.value().scalarsAt("aliases"),
                                                            at))));
        }
        return tree;
    }

    /// Those that Compose would make, of which it says nothing but a name.
    List<Scalar> made() {
        var names = new MountTree(project, service);
        var said = service.entries("networks");
        return (said.isEmpty() ? List.of("default") : said.stream().map(Entry::name).toList())
                .stream()
                        .filter(this::isPlain)
                        .flatMap(name -> names.realName("networks", name).stream())
                        .map(name -> Trees.text(project.shown(service.place()), name))
                        .toList();
    }

    private boolean isPlain(String network) {
        return project.root().at("networks", network).stream()
                .flatMap(
                        one ->
                                one instanceof Mapping keys
                                        ? keys.entries().stream()
                                        : Stream.<Entry>empty())
                .allMatch(one -> one.name().equals("name") || isBridge(one));
    }

    private static boolean isBridge(Entry one) {
        return one.name().equals("driver")
                && one.value() instanceof Scalar driver
                && driver.text().equals("bridge");
    }

    /// Besides the service's own name: others may know it by the name that its container is fixed to, as well.
    private List<Node> aliases(List<Scalar> said, Place at) {
        Set<String> names = new LinkedHashSet<>();
        if (!SystemTree.name(service.name()).equals(service.name())) {
            names.add(service.name());
        }
        said.forEach(one -> names.add(service.fill(one.text())));
        for (String key : List.of("container_name", "hostname")) {
            service.text(key).ifPresent(one -> names.add(one.value()));
        }
        var all = new ArrayList<Node>();
        names.forEach(one -> all.add(Trees.text(at, new Filled(one).ofController())));
        return all;
    }
}
