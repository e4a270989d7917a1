package dev.pitcrew.read.compose;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.EnvVariable;
import dev.pitcrew.model.infra.Container.HealthCheck;
import dev.pitcrew.model.infra.Container.UpdateKind;
import dev.pitcrew.model.infra.Fallback;
import dev.pitcrew.model.infra.Setting;
import dev.pitcrew.read.env.EnvFile;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import dev.pitcrew.read.yaml.Quantities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says what a merged service is.
///
/// @param unit the project
/// @param folder of the project, from which relative paths count
/// @param files of the set; paths that another file brings in count from its own folder
record ContainerMaker(String unit, String folder, List<SourceFile> files, Sources sources) {
    private static final String FORMAT = "compose";

    Container container(Service service, Found found) {
        return new Container(
                FORMAT,
                unit,
                service.name(),
                service.place(),
                service.text("image"),
                build(service),
                service.words("entrypoint"),
                service.words("command"),
                environment(service, found),
                Ports.of(service),
                Mounts.of(service),
                healthChecks(service),
                service.value(Quantities::time, "stop_grace_period"),
                restart(service),
                service.<Integer>value(Quantities::whole, "deploy", "replicas")
                        .or(() -> service.value(Quantities::whole, "scale")),
                service.value(ContainerMaker::update, "deploy", "update_config", "order"),
                service.value(Quantities::composeSize, "deploy", "resources", "limits", "memory")
                        .or(() -> service.value(Quantities::composeSize, "mem_limit")),
                service.value(Quantities::number, "deploy", "resources", "limits", "cpus")
                        .or(() -> service.value(Quantities::number, "cpus")),
                service.text("user"),
                traits(service),
                dependsOn(service),
                names(service, "networks"),
                service.texts("profiles"),
                pairs(service, "labels"));
    }

    private Optional<Located<String>> build(Service service) {
        if (service.entries("build").isEmpty()) {
            return Optional.empty();
        }
        var context = service.text("build", "context");
        var file = service.text("build", "dockerfile");
        String place = context.or(() -> file).map(one -> one.place().file()).orElse(unit);
        String path =
                base(place)
                        + "/"
                        + context.map(Located::value).orElse(".")
                        + "/"
                        + file.map(Located::value).orElse("Dockerfile");
        var where = service.tree().at("build").orElseThrow().place();
        return Sources.normal(path)
                .map(normal -> new Located<>(normal, context.map(Located::place).orElse(where)));
    }

    /// The folder that relative paths of a file count from.
    String base(String file) {
        boolean isOwn = files.stream().anyMatch(one -> one.path().equals(file));
        int slash = file.lastIndexOf('/');
        return isOwn ? folder : slash < 0 ? "" : file.substring(0, slash);
    }

    private List<EnvVariable> environment(Service service, Found found) {
        var variables = new LinkedHashMap<String, EnvVariable>();
        for (Entry entry : service.entries("environment")) {
            if (entry.value() instanceof Scalar scalar) {
                Interpolation.fallback(scalar.text())
                        .ifPresent(
                                one ->
                                        found.fact(
                                                new Fallback(
                                                        FORMAT,
                                                        unit,
                                                        service.name(),
                                                        scalar.place(),
                                                        entry.name(),
                                                        one.source(),
                                                        one.value())));
                var value =
                        scalar.isEmpty()
                                ? Optional.<Located<String>>empty()
                                : Optional.of(service.located(scalar));
                variables.put(
                        entry.name(),
                        new EnvVariable(
                                entry.name(), entry.key().place(), value, Optional.empty()));
            }
        }
        for (Located<String> file : envFiles(service)) {
            sources.file(base(file.place().file()), file.value()).map(EnvFile::read).stream()
                    .flatMap(List::stream)
                    .forEach(setting -> variables.putIfAbsent(setting.name(), variable(setting)));
        }
        return List.copyOf(variables.values());
    }

    private static EnvVariable variable(Setting setting) {
        return new EnvVariable(
                setting.name(), setting.place(), Optional.of(setting.value()), Optional.empty());
    }

    static List<Located<String>> envFiles(Service service) {
        var files = new ArrayList<Located<String>>();
        for (Node item : service.items("env_file")) {
            switch (item) {
                case Scalar one -> files.addFirst(service.located(one)); // the last one wins
                case Mapping one ->
                        one.scalarAt("path").map(service::located).ifPresent(files::addFirst);
                default -> {}
            }
        }
        return files;
    }

    private static List<HealthCheck> healthChecks(Service service) {
        var check = service.tree().at("healthcheck");
        if (check.isEmpty() || !(check.get() instanceof Mapping mapping)) {
            return List.of();
        }
        String test =
                switch (mapping.at("test").orElse(null)) {
                    case Scalar line -> service.fill(line.text());
                    case Sequence list -> test(service, list);
                    case null, default -> "as the image says";
                };
        boolean isDisabled = service.isTrue("healthcheck", "disable") || test.equals("NONE");
        return List.of(
                new HealthCheck(
                        mapping.at("test").map(Node::place).orElse(mapping.place()),
                        "health",
                        isDisabled ? "" : test,
                        service.value(Quantities::time, "healthcheck", "interval")
                                .map(Located::value),
                        service.value(Quantities::time, "healthcheck", "timeout")
                                .map(Located::value),
                        service.value(Quantities::whole, "healthcheck", "retries")
                                .map(Located::value)));
    }

    private static String test(Service service, Sequence list) {
        var words =
                list.items().stream()
                        .filter(Scalar.class::isInstance)
                        .map(item -> service.fill(((Scalar) item).text()))
                        .toList();
        boolean isMarked =
                words.size() > 1
                        && (words.getFirst().equals("CMD") || words.getFirst().equals("CMD-SHELL"));
        return String.join(" ", isMarked ? words.subList(1, words.size()) : words);
    }

    private static Optional<Located<String>> restart(Service service) {
        return service.text("deploy", "restart_policy", "condition")
                .map(
                        one ->
                                one.as(
                                        switch (one.value()) {
                                            case "any" -> "always";
                                            case "none" -> "no";
                                            default -> one.value();
                                        }))
                .or(
                        () ->
                                service.text("restart")
                                        .map(
                                                one ->
                                                        one.as(
                                                                one.value().equals("false")
                                                                        ? "no"
                                                                        : one.value()
                                                                                .replaceFirst(
                                                                                        ":[0-9]+$",
                                                                                        ""))));
    }

    private static Optional<UpdateKind> update(String text) {
        return switch (text) {
            case "start-first" -> Optional.of(UpdateKind.START_FIRST);
            case "stop-first" -> Optional.of(UpdateKind.STOP_FIRST);
            default -> Optional.empty();
        };
    }

    private static List<Located<String>> traits(Service service) {
        var traits = new ArrayList<Located<String>>();
        Map.of(
                        "privileged", "privileged",
                        "read_only", "read-only",
                        "init", "init")
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(one -> service.isTrue(one.getKey()))
                .forEach(
                        one ->
                                service.text(one.getKey())
                                        .ifPresent(at -> traits.add(at.as(one.getValue()))));
        for (String key : List.of("network_mode", "pid", "ipc")) {
            service.text(key)
                    .filter(one -> one.value().equals("host"))
                    .ifPresent(one -> traits.add(one.as("host-" + key.replace("_mode", ""))));
        }
        service.text("network_mode")
                .filter(one -> !one.value().equals("host"))
                .ifPresent(one -> traits.add(one.as("network:" + one.value())));
        prefixed(service, traits, "cap-add:", "cap_add");
        prefixed(service, traits, "cap-drop:", "cap_drop");
        prefixed(service, traits, "host:", "external_links");
        for (Located<String> one : service.texts("security_opt")) {
            boolean isNoNew = one.value().matches("no-new-privileges([:=]true)?");
            traits.add(one.as(isNoNew ? "no-new-privileges" : "security-opt:" + one.value()));
        }
        for (Entry entry : service.entries("extra_hosts")) {
            traits.add(
                    new Located<>(
                            "host:" + entry.name().replaceFirst(":.*", ""), entry.key().place()));
        }
        service.text("stop_signal")
                .ifPresent(one -> traits.add(one.as("stop-signal:" + one.value())));
        service.text("pull_policy").ifPresent(one -> traits.add(one.as("pull:" + one.value())));
        service.text("shm_size").ifPresent(one -> traits.add(one.as("shm:" + one.value())));
        service.text("logging", "driver")
                .ifPresent(one -> traits.add(one.as("logging:" + one.value())));
        for (String key : List.of("container_name", "hostname")) {
            service.text(key).ifPresent(one -> traits.add(one.as("alias:" + one.value())));
        }
        for (Entry network : service.entries("networks")) {
            network.value()
                    .scalarsAt("aliases")
                    .forEach(one -> traits.add(service.located(one).as("alias:" + one.text())));
        }
        return traits;
    }

    private static void prefixed(
            Service service, List<Located<String>> traits, String prefix, String key) {
        service.texts(key).forEach(one -> traits.add(one.as(prefix + one.value())));
    }

    private static List<Located<String>> dependsOn(Service service) {
        var names = new ArrayList<Located<String>>();
        for (Entry entry : service.entries("depends_on")) {
            String condition = entry.value().scalarAt("condition").map(Scalar::text).orElse("");
            String ending =
                    switch (condition) {
                        case "service_healthy" -> ":healthy";
                        case "service_completed_successfully" -> ":completed";
                        default -> "";
                    };
            names.add(new Located<>(entry.name() + ending, entry.key().place()));
        }
        for (Located<String> link : service.texts("links")) {
            names.add(link.as(link.value().split(":", 2)[0]));
        }
        return names;
    }

    private static List<Located<String>> names(Service service, String key) {
        return service.entries(key).stream()
                .map(entry -> new Located<>(entry.name(), entry.key().place()))
                .toList();
    }

    private static List<Located<String>> pairs(Service service, String key) {
        return service.entries(key).stream()
                .filter(entry -> entry.value() instanceof Scalar)
                .map(
                        entry ->
                                new Located<>(
                                        entry.name()
                                                + "="
                                                + service.fill(((Scalar) entry.value()).text()),
                                        entry.key().place()))
                .toList();
    }
}
