package dev.pitcrew.read.kubernetes;

import static dev.pitcrew.read.kubernetes.KubeObject.items;
import static dev.pitcrew.read.kubernetes.KubeObject.text;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container.Mount;
import dev.pitcrew.model.infra.Container.MountKind;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import java.util.ArrayList;
import java.util.List;

/// Says what a container finds at which path, and what becomes of it when the pod ends.
final class PodMounts {
    private PodMounts() {}

    /// Those of a container.
    ///
    /// @param volumes of its pod
    static List<Mount> of(Mapping one, List<Node> volumes) {
        var mounts = new ArrayList<Mount>();
        for (Node item : items(one, "volumeMounts")) {
            String name = text(item, "name").map(Located::value).orElse("");
            String target = text(item, "mountPath").map(Located::value).orElse("");
            boolean isReadOnly =
                    text(item, "readOnly").filter(at -> at.value().equals("true")).isPresent();
            Mount mount =
                    volumes.stream()
                            .filter(
                                    volume ->
                                            text(volume, "name")
                                                    .filter(at -> at.value().equals(name))
                                                    .isPresent())
                            .findFirst()
                            .map(volume -> mount(item.place(), volume, name, target, isReadOnly))
                            .orElse(
                                    new Mount(
                                            item.place(),
                                            MountKind.VOLUME,
                                            name,
                                            target,
                                            isReadOnly));
            mounts.add(mount);
        }
        return mounts;
    }

    private static Mount mount(
            Place place, Node volume, String name, String target, boolean isReadOnly) {
        if (volume.at("emptyDir").isPresent()) {
            boolean isMemory =
                    text(volume, "emptyDir", "medium")
                            .filter(at -> at.value().equals("Memory"))
                            .isPresent();
            return new Mount(
                    place,
                    isMemory ? MountKind.MEMORY : MountKind.EPHEMERAL,
                    name,
                    target,
                    isReadOnly);
        }
        if (volume.at("hostPath").isPresent()) {
            return new Mount(
                    place,
                    MountKind.HOST,
                    text(volume, "hostPath", "path").map(Located::value).orElse(name),
                    target,
                    isReadOnly);
        }
        if (volume.at("secret").isPresent()) {
            return new Mount(
                    place,
                    MountKind.SECRET,
                    text(volume, "secret", "secretName").map(Located::value).orElse(name),
                    target,
                    true);
        }
        if (volume.at("configMap").isPresent()) {
            return new Mount(
                    place,
                    MountKind.CONFIG,
                    text(volume, "configMap", "name").map(Located::value).orElse(name),
                    target,
                    true);
        }
        return new Mount(
                place,
                MountKind.VOLUME,
                text(volume, "persistentVolumeClaim", "claimName").map(Located::value).orElse(name),
                target,
                isReadOnly);
    }
}
