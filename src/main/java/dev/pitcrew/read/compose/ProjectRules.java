package dev.pitcrew.read.compose;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.read.Nearest;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a Compose project names and isn't there, and what of it can't be carried over.
final class ProjectRules {
    private final ComposeProject project;
    private final Mapping root;
    private final List<String> all;
    private final Set<String> meant;

    ProjectRules(ComposeProject project) {
        this.project = project;
        this.root = project.root();
        this.all = root.entriesAt("services").stream().map(Entry::name).toList();
        this.meant = new HashSet<>(project.services());
    }

    void check() {
        request();
        if (all.isEmpty()) {
            report(root.place(), "there are no services; name the file that has them in from");
        }
        for (Entry service : root.entriesAt("services")) {
            if (!(service.value() instanceof Mapping)) {
                report(service.value().place(), service.name() + " must be a mapping");
            } else if (meant.contains(service.name())) {
                keys(service);
                dependencies(service);
                references(service, "networks", "network", true);
                references(service, "secrets", "secret", false);
                references(service, "configs", "config", false);
            }
        }
    }

    private void request() {
        for (Located<String> one : project.request().without()) {
            if (!all.contains(one.value())) {
                report(one.place(), none("service", one.value(), all));
            }
        }
        var known =
                root.entriesAt("services").stream()
                        .flatMap(one -> one.value().scalarsAt("profiles").stream())
                        .map(Scalar::text)
                        .distinct()
                        .sorted()
                        .toList();
        for (Located<String> one : project.request().profiles()) {
            if (!known.contains(one.value())) {
                report(one.place(), none("profile", one.value(), known));
            }
        }
    }

    private void keys(Entry service) {
        for (Entry entry : ((Mapping) service.value()).entries()) {
            if (!ComposeKeys.isKnown(entry.name())) {
                report(
                        entry.key().place(),
                        "unknown key '%s' in %s%s"
                                .formatted(
                                        entry.name(),
                                        service.name(),
                                        Nearest.to(entry.name(), ComposeKeys.all())
                                                .map(near -> "; did you mean '" + near + "'?")
                                                .orElse("")));
            } else if (isLost(entry)) {
                lost(entry, service.name(), entry.name());
            }
        }
        for (Entry entry : service.value().entriesAt("build")) {
            if (!ComposeKeys.OF_A_BUILD.contains(entry.name()) && !entry.name().startsWith("x-")) {
                lost(entry, service.name(), "build: " + entry.name());
            }
        }
    }

    private static boolean isLost(Entry entry) {
        boolean isOff =
                entry.value() instanceof Scalar scalar
                        && (scalar.isEmpty() || scalar.text().matches("false|0|bridge"));
        return ComposeKeys.isLost(entry.name()) && !isOff;
    }

    private void lost(Entry entry, String service, String what) {
        report(
                entry.key().place(),
                "%s of %s can't be carried over, so its containers would be others; take it out, or leave the service to Compose: from: {without: [%s]}"
                        .formatted(what, service, service));
    }

    private void dependencies(Entry service) {
        for (Entry on : service.value().entriesAt("depends_on")) {
            if (!all.contains(on.name())) {
                report(on.key().place(), none("service", on.name(), all));
            } else if (!meant.contains(on.name()) && !isLeftOut(on.name())) {
                report(
                        on.key().place(),
                        "%s is of a profile that isn't active; name it in from: {profiles: […]}"
                                .formatted(on.name()));
            } else if (meant.contains(on.name())
                    && on.value()
                            .scalarAt("condition")
                            .filter(one -> one.text().equals("service_completed_successfully"))
                            .isPresent()) {
                report(
                        on.key().place(),
                        "%s runs once and ends, and Pitcrew keeps what it starts; leave it to Compose: from: {without: [%s]}"
                                .formatted(on.name(), on.name()));
            }
        }
    }

    private boolean isLeftOut(String name) {
        return project.request().without().stream().anyMatch(one -> one.value().equals(name));
    }

    private void references(Entry service, String key, String kind, boolean hasDefault) {
        var known = root.entriesAt(key).stream().map(Entry::name).toList();
        for (Node item : ServiceTree.items(service.value(), key)) {
            var named =
                    item instanceof Scalar one
                            ? one
                            : item.scalarAt("source").orElse(new Scalar(item.place(), "", true));
            boolean isDefault = hasDefault && named.text().equals("default");
            if (!named.text().isEmpty() && !isDefault && !known.contains(named.text())) {
                report(named.place(), none(kind, named.text(), known));
            }
        }
    }

    private static String none(String kind, String name, List<String> known) {
        return "no %s named '%s'%s".formatted(kind, name, Nearest.hint(name, known));
    }

    private void report(Place place, String message) {
        project.report(place, message);
    }
}
