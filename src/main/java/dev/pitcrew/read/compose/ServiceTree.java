package dev.pitcrew.read.compose;

import dev.pitcrew.model.ByteSize;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container.PortUse;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.read.survey.Duties;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import dev.pitcrew.read.yaml.Quantities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// One service of a project in the words of a system file.
final class ServiceTree {
    /// What needs nobody to say what it is to the trading system.
    private static final Set<Duty> INFRASTRUCTURE =
            Set.of(Duty.STORE, Duty.QUEUE, Duty.PROXY, Duty.MONITOR, Duty.WEB, Duty.JOB);

    private final ComposeProject project;
    private final Service service;
    private final Place at;
    private final Duty duty;

    ServiceTree(ComposeProject project, Service service) {
        this.project = project;
        this.service = service;
        this.at = project.shown(service.place());
        this.duty = Duties.duty(project.maker().container(service, new Unheard()));
    }

    Mapping tree() {
        var tree = new Trees(at);
        role(tree);
        tree.put("command", words("command"));
        new EnvironmentTree(project, service).put(tree);
        service.value(Quantities::composeSize, "deploy", "resources", "limits", "memory")
                .or(() -> service.value(Quantities::composeSize, "mem_limit"))
                .ifPresent(
                        one ->
                                tree.put(
                                        "resources",
                                        new Trees(shown(one))
                                                .put(
                                                        "memory",
                                                        Trees.text(
                                                                shown(one), size(one.value())))));
        service.<Integer>value(Quantities::whole, "deploy", "replicas")
                .or(() -> service.value(Quantities::whole, "scale"))
                .ifPresent(
                        one ->
                                tree.put(
                                        "replicas",
                                        Trees.plain(shown(one), String.valueOf(one.value()))));
        var ports = ports();
        tree.put("ports", outside(ports));
        tree.put("dependsOn", dependsOn());
        tree.put("container", container(ports).mapping());
        return tree.mapping();
    }

    /// Of a store, a queue and the like nobody has to say it; what trades has to be told.
    private void role(Trees tree) {
        if (INFRASTRUCTURE.contains(duty)) {
            tree.put("role", Trees.text(at, "other"));
        }
    }

    private Trees container(SequencedMap<String, PortUse> ports) {
        var tree = new Trees(at);
        tree.put("image", located("image").or(this::builtImage));
        build().ifPresent(one -> tree.put("build", one.mapping()));
        tree.put("entrypoint", words("entrypoint"));
        tree.put("ports", inside(ports));
        tree.put("mounts", new MountTree(project, service).mounts());
        health().ifPresent(one -> tree.put("health", one.mapping()));
        service.value(Quantities::time, "stop_grace_period")
                .ifPresent(one -> tree.put("stopGrace", Trees.text(shown(one), time(one.value()))));
        tree.put("stopSignal", located("stop_signal"));
        var networks = new NetworkTree(project, service);
        tree.put("networks", networks.networks());
        tree.put("newNetworks", networks.made());
        service.value(Quantities::number, "deploy", "resources", "limits", "cpus")
                .or(() -> service.value(Quantities::number, "cpus"))
                .ifPresent(
                        one ->
                                tree.put(
                                        "cpus",
                                        Trees.plain(shown(one), String.valueOf(one.value()))));
        tree.put("user", located("user"));
        tree.put("workingDirectory", located("working_dir"));
        flag(tree, "init", "init");
        flag(tree, "readOnly", "read_only");
        tree.put("addCapabilities", words("cap_add"));
        tree.put("dropCapabilities", words("cap_drop"));
        tree.put("securityOptions", words("security_opt"));
        tree.put("extraHosts", extraHosts());
        logging().ifPresent(one -> tree.put("logging", one.mapping()));
        tree.put("labels", pairs("labels"));
        return tree;
    }

    /// What Compose calls an image that it builds and that nobody names.
    private Optional<Scalar> builtImage() {
        return service.tree()
                .at("build")
                .map(
                        one ->
                                Trees.text(
                                        project.shown(one.place()),
                                        project.name() + "-" + service.name()));
    }

    private void flag(Trees tree, String key, String composeKey) {
        service.text(composeKey)
                .filter(_ -> service.isTrue(composeKey))
                .ifPresent(one -> tree.put(key, Trees.plain(shown(one), "true")));
    }

    private Optional<Trees> build() {
        if (service.tree().at("build").isEmpty()) {
            return Optional.empty();
        }
        var place = service.tree().at("build").orElseThrow().place();
        var context = service.text("build", "context");
        var tree = new Trees(project.shown(place));
        var at = context.map(Located::place).orElse(place);
        var named = context.map(Located::value).orElse(".");
        if (named.matches("[a-z]+://.*|git@.*|.*\\.git(#.*)?")) {
            project.report(at, "an image is built of a folder here; check %s out".formatted(named));
        }
        tree.put("context", Trees.text(project.shown(at), path(project, at, named)));
        tree.put("dockerfile", located("build", "dockerfile"));
        tree.put("target", located("build", "target"));
        tree.put("args", pairs("build", "args"));
        return Optional.of(tree);
    }

    private Optional<Trees> health() {
        var test = service.tree().at("healthcheck", "test");
        var words =
                test.orElse(null) instanceof Sequence list
                        ? list.items().stream()
                                .filter(Scalar.class::isInstance)
                                .map(Scalar.class::cast)
                                .toList()
                        : List.<Scalar>of();
        if (test.isEmpty()
                || service.isTrue("healthcheck", "disable")
                || (!words.isEmpty() && words.getFirst().text().equals("NONE"))) {
            return Optional.empty();
        }
        var tree = new Trees(project.shown(test.get().place()));
        if (test.get() instanceof Scalar line) {
            tree.put("shell", plain(service.located(line)));
        } else if (words.size() > 1 && words.getFirst().text().equals("CMD")) {
            tree.put(
                    "command",
                    words.stream().skip(1).map(service::located).map(this::plain).toList());
        } else if (words.size() > 1 && words.getFirst().text().equals("CMD-SHELL")) {
            tree.put("shell", plain(service.located(words.get(1))));
        } else {
            project.report(
                    test.get().place(), "a test begins with CMD, CMD-SHELL or NONE, or is a line");
            return Optional.empty();
        }
        time(tree, "every", "interval");
        time(tree, "timeout", "timeout");
        time(tree, "grace", "start_period");
        service.value(Quantities::whole, "healthcheck", "retries")
                .ifPresent(
                        one ->
                                tree.put(
                                        "retries",
                                        Trees.plain(shown(one), String.valueOf(one.value()))));
        return Optional.of(tree);
    }

    private void time(Trees tree, String key, String composeKey) {
        service.value(Quantities::time, "healthcheck", composeKey)
                .ifPresent(one -> tree.put(key, Trees.text(shown(one), time(one.value()))));
    }

    private Optional<Trees> logging() {
        return service.text("logging", "driver")
                .map(
                        driver ->
                                new Trees(shown(driver))
                                        .put("driver", plain(driver))
                                        .put("options", pairs("logging", "options")));
    }

    private Trees extraHosts() {
        var tree = new Trees(at);
        for (Entry entry : service.entries("extra_hosts")) {
            var name = entry.key();
            if (entry.value() instanceof Scalar value && !value.isEmpty()) {
                tree.put(key(name), plain(service.located(value)));
            } else { // `host:address`, as a list has it
                int colon = name.text().indexOf(':');
                if (colon > 0) {
                    tree.put(
                            key(new Scalar(name.place(), name.text().substring(0, colon), true)),
                            Trees.text(
                                    project.shown(name.place()), name.text().substring(colon + 1)));
                }
            }
        }
        return tree;
    }

    private List<Scalar> dependsOn() {
        var meant = project.services();
        var names = new LinkedHashMap<String, Scalar>();
        for (Entry entry : service.entries("depends_on")) {
            if (meant.contains(entry.name())) {
                names.put(entry.name(), named(entry.key().place(), entry.name()));
            }
        }
        for (Located<String> link : service.texts("links")) {
            String name = link.value().split(":", 2)[0];
            if (meant.contains(name)) {
                names.putIfAbsent(name, named(link.place(), name));
            }
        }
        return List.copyOf(names.values());
    }

    private Scalar named(Place place, String name) {
        return Trees.text(project.shown(place), SystemTree.name(name));
    }

    /// TCP ports by what a system file calls them: the first is `http`, or `tcp` where it is a store's, the others carry their number.
    private SequencedMap<String, PortUse> ports() {
        var ports = new LinkedHashMap<String, PortUse>();
        var numbers = new ArrayList<Integer>();
        for (PortUse port : Ports.of(service)) {
            if (!port.protocol().equals("tcp") || port.inside() == 0) {
                project.report(
                        port.place(),
                        "the port %s can't be carried over: a port is one number of TCP; say each, or leave the service to Compose: from: {without: [%s]}"
                                .formatted(new Filled(port.text()).ofController(), service.name()));
            } else if (!numbers.contains(port.inside())) {
                String first = duty == Duty.STORE || duty == Duty.QUEUE ? "tcp" : "http";
                ports.put(numbers.isEmpty() ? first : "port-" + port.inside(), port);
                numbers.add(port.inside());
            }
        }
        return ports;
    }

    private Trees outside(SequencedMap<String, PortUse> ports) {
        var tree = new Trees(at);
        ports.forEach(
                (name, port) -> {
                    int number = port.host().map(one -> one.port()).orElse(0);
                    var place = project.shown(port.place());
                    tree.put(
                            name,
                            number == 0
                                    ? Trees.text(place, "auto")
                                    : Trees.plain(place, String.valueOf(number)));
                });
        return tree;
    }

    private Trees inside(SequencedMap<String, PortUse> ports) {
        var tree = new Trees(at);
        ports.forEach(
                (name, port) ->
                        tree.put(
                                name,
                                Trees.plain(
                                        project.shown(port.place()),
                                        String.valueOf(port.inside()))));
        return tree;
    }

    private Trees pairs(String... path) {
        var tree = new Trees(at);
        for (Entry entry : service.entries(path)) {
            if (entry.value() instanceof Scalar value) {
                tree.put(key(entry.key()), plain(service.located(value)));
            }
        }
        return tree;
    }

    private Scalar key(Scalar key) {
        return new Scalar(project.shown(key.place()), key.text(), true);
    }

    private List<Scalar> words(String key) {
        return service.words(key).stream().map(this::plain).toList();
    }

    private Optional<Scalar> located(String... path) {
        return service.text(path).map(this::plain);
    }

    private Scalar plain(Located<String> one) {
        return plain(project, one);
    }

    /// A text that everybody may see, with variables of the controller's environment for what is open.
    static Scalar plain(ComposeProject project, Located<String> one) {
        var filled = new Filled(one.value());
        if (filled.hasSecret()) {
            project.report(
                    one.place(),
                    "the secret %s would stand here in the open; hand it over in environment, or leave the service to Compose: from: {without: […]}"
                            .formatted(String.join(", ", filled.names())));
        } else if (filled.hasBrace()) {
            project.report(one.place(), "a literal ${ can't be carried over; write it another way");
        }
        return Trees.text(
                project.shown(one.place()), filled.hasBrace() ? "" : filled.ofController());
    }

    /// A path of the host as seen from the system file; one that begins at the root stays as it is.
    static String path(ComposeProject project, Place at, String named) {
        var filled = new Filled(named);
        if (named.startsWith("/") || filled.isOpen()) {
            return filled.ofController();
        }
        if (named.startsWith("~")) {
            project.report(
                    at, "%s is another folder for everyone; name it in full".formatted(named));
            return named;
        }
        return project.disk().relative(project.maker().base(at.file()) + "/" + named);
    }

    private Place shown(Located<?> one) {
        return project.shown(one.place());
    }

    private static String time(Duration time) {
        long millis = Math.max(time.isZero() ? 0 : 1, time.toMillis());
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private static String size(ByteSize size) {
        long bytes = size.bytes();
        for (var unit : List.of("GiB", "MiB", "KiB")) {
            int shift = unit.equals("GiB") ? 30 : unit.equals("MiB") ? 20 : 10;
            if (bytes % (1L << shift) == 0) {
                return (bytes >> shift) + unit;
            }
        }
        return bytes < 1_000_000_000 ? bytes + "B" : (bytes >> 10) + "KiB";
    }

    /// What stands under a key as a list, or as the keys of a mapping.
    static List<Node> items(Node service, String key) {
        return switch (service.at(key).orElse(null)) {
            case Sequence list -> list.items();
            case Mapping mapping ->
                    mapping.entries().stream().map(entry -> (Node) entry.key()).toList();
            case null, default -> List.of();
        };
    }

    /// Nobody listens to what a fact is made of.
    private static final class Unheard implements Found {
        @Override
        public void fact(InfraFact fact) {}

        @Override
        public void problem(Place place, String message) {}
    }
}
