package dev.pitcrew.read;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Template;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Whether every reference of a system file leads somewhere: names of venues, services and stores, and variables.
final class References {
    /// What is known before any instance is.
    private static final List<String> ANYWHERE = List.of("dir", "config");

    /// What a file of a version may be called: it is hashed before any process starts.
    private static final List<String> PER_VERSION = List.of("version", "config");

    private static final List<String> PER_INSTANCE =
            List.of("version", "instance", "host", "dir", "config");

    private final Node root;
    private final Consumer<Problem> problems;

    References(Node root, Consumer<Problem> problems) {
        this.root = root;
        this.problems = problems;
    }

    /// Checks everything but services.
    void check() {
        for (Entry venue : root.entriesAt("venues")) {
            variables(venue.value().at("address"), ANYWHERE);
        }
        for (Entry store : root.entriesAt("stores")) {
            variables(store.value().at("path"), ANYWHERE);
            names("service", "services", store.value().scalarsAt("usedBy"));
        }
        for (Entry feed : root.entriesAt("feeds")) {
            names("venue", "venues", feed.value().scalarAt("venue").stream().toList());
            names("service", "services", feed.value().scalarsAt("usedBy"));
        }
        for (Entry environment : root.entriesAt("environments")) {
            variables(environment.value().at("ledger"), ANYWHERE);
            variables(environment.value().at("witnesses"), ANYWHERE);
            for (Entry gate : environment.value().entriesAt("gates", "commands")) {
                variables(gate.value().at("command"), ANYWHERE);
            }
            variables(environment.value().at("opening", "backups"), ANYWHERE);
            variables(environment.value().at("alarms"), ANYWHERE);
            variables(environment.value().at("proxy"), ANYWHERE);
            names(
                    "environment",
                    "environments",
                    environment.value().scalarAt("follows").stream().toList());
            var changed = environment.value().entriesAt("overrides").stream().map(Entry::key);
            names("service", "services", changed.toList());
        }
    }

    /// @param services all of them, as an environment changes them
    void checkService(String name, Node service, Map<String, Node> services) {
        names("venue", "venues", service.scalarsAt("venues"));
        names("service", "services", service.scalarsAt("dependsOn"));
        for (String side : List.of("ours", "theirs")) {
            var source = service.scalarAt("reconcile", side, "service");
            names("service", "services", source.stream().toList());
        }
        for (Entry probe : service.entriesAt("probes")) {
            names("store", "stores", probe.value().scalarAt("store").stream().toList());
        }
        var known = known(name, service);
        for (String key : List.of("artifact", "configuration", "flags")) {
            files(service.scalarsAt(key));
        }
        for (String key : List.of("command", "env")) {
            variables(service.at(key), known);
            severalInstances(service.at(key), services);
        }
        for (Entry secret : service.entriesAt("secrets")) {
            for (String key : List.of("file", "command", "lines")) { // a text has its own variables
                variables(secret.value().at(key), known);
                severalInstances(secret.value().at(key), services);
            }
        }
        for (List<String> key : Containers.TEMPLATES) {
            variables(service.at(key.toArray(String[]::new)), known);
        }
        variables(service.at("rollout", "shadow", "env"), known);
        severalInstances(service.at("rollout", "shadow", "env"), services);
        variables(service.at("rollout", "judge", "prometheus", "labels"), known);
        for (String key : List.of("probes", "hooks")) {
            for (Entry entry : service.entriesAt(key)) {
                variables(entry.value().at("command"), known);
                severalInstances(entry.value().at("command"), services);
            }
        }
    }

    private void files(List<Scalar> paths) {
        for (Scalar path : paths) {
            for (String variable : new Template(path.text()).variables()) {
                if (!PER_VERSION.contains(variable)) {
                    report(
                            path.place(),
                            "no variable ${%s} here%s"
                                    .formatted(variable, Nearest.hint(variable, PER_VERSION)));
                }
            }
            unclosed(path);
        }
    }

    /// The variables of a service. Another service with several instances has no one address.
    private List<String> known(String self, Node service) {
        var known = new ArrayList<>(PER_INSTANCE);
        service.entriesAt("ports").forEach(port -> known.add("port." + port.name()));
        root.entriesAt("venues").forEach(v -> known.add("venue." + v.name() + ".address"));
        for (Entry other : root.entriesAt("services")) {
            if (!other.name().equals(self)) {
                known.add("traffic." + other.name());
                known.add("instance-of." + other.name());
            }
        }
        return known;
    }

    private void names(String kind, String key, List<Scalar> names) {
        List<String> known = root.entriesAt(key).stream().map(Entry::name).toList();
        for (Scalar name : names) {
            if (!known.contains(name.text())) {
                report(
                        name.place(),
                        "no %s named '%s'%s"
                                .formatted(kind, name.text(), Nearest.hint(name.text(), known)));
            }
        }
    }

    private void variables(Optional<Node> node, List<String> known) {
        switch (node.orElse(null)) {
            case null -> {}
            case Scalar scalar -> variables(scalar, known);
            case Sequence s -> s.items().forEach(item -> variables(Optional.of(item), known));
            case Mapping m -> m.entries().forEach(e -> variables(Optional.of(e.value()), known));
        }
    }

    private void variables(Scalar scalar, List<String> known) {
        var template = new Template(scalar.text());
        for (String variable : template.variables()) {
            if (!known.contains(variable) && !variable.matches("env\\.[A-Za-z_][A-Za-z0-9_]*")) {
                report(
                        scalar.place(),
                        "no variable ${%s} here%s"
                                .formatted(variable, Nearest.hint(variable, withEnv(known))));
            }
        }
        unclosed(scalar);
    }

    private void unclosed(Scalar scalar) {
        if (new Template(scalar.text()).fill(_ -> "").contains("${")) {
            report(scalar.place(), "a ${ that no } closes");
        }
    }

    private void severalInstances(Optional<Node> node, Map<String, Node> services) {
        switch (node.orElse(null)) {
            case null -> {}
            case Scalar scalar ->
                    new Template(scalar.text())
                            .variables()
                            .forEach(one -> severalInstances(scalar.place(), one, services));
            case Sequence s ->
                    s.items().forEach(item -> severalInstances(Optional.of(item), services));
            case Mapping m ->
                    m.entries().forEach(e -> severalInstances(Optional.of(e.value()), services));
        }
    }

    private void severalInstances(Place place, String variable, Map<String, Node> services) {
        if (!variable.startsWith("instance-of.")) {
            return;
        }
        String service = variable.substring("instance-of.".length());
        var replicas =
                Optional.ofNullable(services.get(service))
                        .flatMap(one -> one.scalarAt("replicas"))
                        .map(Scalar::text);
        if (!Set.of("1").contains(replicas.orElse("1"))) {
            report(
                    place,
                    "%s has %s replicas, so no one address; use ${traffic.%s}"
                            .formatted(service, replicas.orElseThrow(), service));
        }
    }

    private static List<String> withEnv(List<String> known) {
        var all = new ArrayList<>(known);
        all.add("env.NAME");
        return all;
    }

    private void report(Place place, String message) {
        problems.accept(new Problem(place, message));
    }
}
