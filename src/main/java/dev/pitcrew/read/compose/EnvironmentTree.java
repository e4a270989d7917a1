package dev.pitcrew.read.compose;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Setting;
import dev.pitcrew.read.SecretRules;
import dev.pitcrew.read.env.EnvFile;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;

/// The environment of a service: what everybody may see as `env`, and secrets as references to the files and variables that Compose takes
/// them from, so that a value of theirs is in no tree.
final class EnvironmentTree {
    private final ComposeProject project;
    private final Service service;
    private final Map<String, Scalar> keys = new LinkedHashMap<>();
    private final Map<String, Node> env = new LinkedHashMap<>();
    private final Map<String, Node> secrets = new LinkedHashMap<>();

    EnvironmentTree(ComposeProject project, Service service) {
        this.project = project;
        this.service = service;
    }

    void put(Trees tree) {
        for (Entry entry : service.entries("environment")) {
            if (entry.value() instanceof Scalar value) {
                variable(entry.key(), value);
            }
        }
        for (Located<String> file : ContainerMaker.envFiles(service)) {
            file(file);
        }
        tree.put("env", section(env));
        tree.put("secrets", section(secrets));
    }

    private Trees section(Map<String, Node> values) {
        var tree = new Trees(project.shown(service.place()));
        values.forEach((name, value) -> tree.put(keys.getOrDefault(name, bare(name)), value));
        return tree;
    }

    private Scalar bare(String name) {
        return new Scalar(project.shown(service.place()), name, true);
    }

    private void variable(Scalar key, Scalar value) {
        String name = key.text();
        keys.put(name, new Scalar(project.shown(key.place()), name, true));
        // A name alone is handed on from whoever starts it, or from `.env`.
        var filled = new Filled(service.fill(value.isEmpty() ? "${" + name + "}" : value.text()));
        if (filled.hasBrace()) {
            project.report(
                    value.place(), "a literal ${ can't be carried over; write it another way");
        } else if (filled.hasSecret()) {
            secrets.put(name, text(value.place(), filled.ofSecret(), project.envFile()));
        } else if (filled.isOpen() && isSecret(name, filled)) {
            secrets.put(name, ofStarter(value.place(), filled));
        } else {
            env.put(name, Trees.text(project.shown(value.place()), filled.ofController()));
        }
    }

    private static boolean isSecret(String name, Filled filled) {
        return SecretRules.isSecret(name, "")
                || filled.names().stream().anyMatch(one -> SecretRules.isSecret(one, ""));
    }

    private Node ofStarter(Place at, Filled filled) {
        var names = filled.names();
        boolean isJustThat = filled.ofSecret().equals("${" + names.getFirst() + "}");
        return isJustThat
                ? new Trees(project.shown(at))
                        .put("env", Trees.text(project.shown(at), names.getFirst()))
                        .mapping()
                : new Trees(project.shown(at))
                        .put("text", Trees.text(project.shown(at), filled.ofSecret()))
                        .mapping();
    }

    private Node text(Place at, String text, String lines) {
        return new Trees(project.shown(at))
                .put("text", Trees.text(project.shown(at), text))
                .put("lines", Trees.text(project.shown(at), lines))
                .mapping();
    }

    private void file(Located<String> named) {
        var base = project.maker().base(named.place().file());
        var file = project.disk().sources().file(base, named.value());
        if (file.isEmpty()) {
            if (isRequired(named)) {
                project.report(
                        named.place(),
                        "there is no file %s; make it, or say {path: …, required: false}"
                                .formatted(named.value()));
            }
            return;
        }
        for (Setting line : EnvFile.read(file.get())) {
            String name = line.name();
            if (env.containsKey(name) || secrets.containsKey(name)) {
                continue; // what was said first, counts: environment before files, the last file
                // first
            }
            keys.put(name, new Scalar(project.shown(line.place()), name, true));
            var at = line.value().place();
            if (SecretRules.isSecret(name, line.value().value())) {
                secrets.put(
                        name,
                        text(at, "${" + name + "}", project.disk().relative(file.get().path())));
            } else {
                env.put(name, ServiceTree.plain(project, line.value()));
            }
        }
    }

    private boolean isRequired(Located<String> named) {
        return service.items("env_file").stream()
                .noneMatch(
                        item ->
                                item.scalarAt("path")
                                                .filter(path -> path.place().equals(named.place()))
                                                .isPresent()
                                        && item.scalarAt("required")
                                                .filter(one -> one.text().equals("false"))
                                                .isPresent());
    }
}
