package dev.pitcrew.read.compose;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container.Mount;
import dev.pitcrew.read.Nearest;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a service mounts, in the words of a system file: volumes by the names that the engine knows them by, secrets and configs as the files
/// that they come from.
final class MountTree {
    private final ComposeProject project;
    private final Service service;

    MountTree(ComposeProject project, Service service) {
        this.project = project;
        this.service = service;
    }

    List<Mapping> mounts() {
        var all = new ArrayList<Mapping>();
        for (Mount mount : Mounts.of(service)) {
            Place at = project.shown(mount.place());
            var tree = new Trees(at);
            boolean isThere =
                    switch (mount.kind()) {
                        case HOST -> {
                            tree.put("folder", Trees.text(at, path(mount, mount.source())));
                            yield true;
                        }
                        case VOLUME -> volume(mount, tree);
                        case ANONYMOUS -> {
                            tree.put("volume", Trees.text(at, "new"));
                            yield true;
                        }
                        case MEMORY, EPHEMERAL -> {
                            tree.put("memory", Trees.plain(at, "true"));
                            yield true;
                        }
                        case SECRET -> file(mount, "secrets", tree);
                        case CONFIG -> file(mount, "configs", tree);
                    };
            if (isThere) {
                tree.put("at", Trees.text(at, new Filled(mount.target()).ofController()));
                if (mount.isReadOnly()) {
                    tree.put("readOnly", Trees.plain(at, "true"));
                }
                all.add(tree.mapping());
            }
        }
        return all;
    }

    private String path(Mount mount, String named) {
        return ServiceTree.path(project, mount.place(), named);
    }

    private boolean volume(Mount mount, Trees tree) {
        var name = realName("volumes", mount.source());
        if (name.isEmpty()) {
            var known = project.root().entriesAt("volumes").stream().map(Entry::name).toList();
            project.report(
                    mount.place(),
                    "no volume named '%s'%s"
                            .formatted(mount.source(), Nearest.hint(mount.source(), known)));
            return false;
        }
        tree.put("volume", Trees.text(project.shown(mount.place()), name.get()));
        return true;
    }

    /// What the engine calls a volume or network of the project; empty when the project has none of this name.
    Optional<String> realName(String key, String name) {
        var said = project.root().at(key, name);
        if (said.isEmpty()) {
            boolean isDefault = key.equals("networks") && name.equals("default");
            return isDefault ? Optional.of(project.name() + "_default") : Optional.empty();
        }
        return said.get()
                .scalarAt("name")
                .or(() -> said.get().scalarAt("external", "name"))
                .map(own -> new Filled(service.fill(own.text())).ofController())
                .or(() -> Optional.of(isExternal(said.get()) ? name : project.name() + "_" + name));
    }

    private static boolean isExternal(Node one) {
        return one.scalarAt("external").filter(it -> it.text().equals("true")).isPresent();
    }

    private boolean file(Mount mount, String key, Trees tree) {
        var source = project.root().at(key, mount.source());
        if (source.isEmpty()) {
            return false; // which is reported as a reference that leads nowhere
        }
        var file = source.get().scalarAt("file");
        if (file.isEmpty()) {
            project.report(
                    source.get().place(),
                    "%s comes from no file, and can't be mounted without Compose; put it in a file, or leave %s to Compose: from: {without: [%s]}"
                            .formatted(mount.source(), service.name(), service.name()));
            return false;
        }
        var named = service.located(file.get());
        tree.put(
                "folder",
                Trees.text(
                        project.shown(mount.place()),
                        ServiceTree.path(project, named.place(), named.value())));
        return true;
    }
}
