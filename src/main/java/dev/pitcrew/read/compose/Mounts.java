package dev.pitcrew.read.compose;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container.Mount;
import dev.pitcrew.model.infra.Container.MountKind;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// What a service mounts: volumes, folders, memory, secrets and configs, short and long forms. The later one at a path wins.
final class Mounts {
    private Mounts() {}

    static List<Mount> of(Service service) {
        var mounts = new LinkedHashMap<String, Mount>();
        for (Node item : service.items("volumes")) {
            switch (item) {
                case Scalar one -> {
                    Mount mount = brief(service.located(one));
                    mounts.put(mount.target(), mount);
                }
                case Mapping one -> {
                    Mount mount = full(service, one);
                    mounts.put(mount.target(), mount);
                }
                default -> {}
            }
        }
        for (Located<String> one : service.texts("tmpfs")) {
            String target = one.value().split(":", 2)[0];
            mounts.put(target, new Mount(one.place(), MountKind.MEMORY, "", target, false));
        }
        var all = new ArrayList<>(mounts.values());
        references(service, "secrets", MountKind.SECRET, "/run/secrets/", all);
        references(service, "configs", MountKind.CONFIG, "/", all);
        return all;
    }

    private static Mount brief(Located<String> one) {
        String text = one.value();
        int from = text.matches("[A-Za-z]:[\\\\/].*") ? 2 : 0; // a drive of Windows
        int at = text.indexOf(':', from);
        if (at < 0) {
            return new Mount(one.place(), MountKind.ANONYMOUS, "", text, false);
        }
        String source = text.substring(0, at);
        String[] rest = text.substring(at + 1).split(":", 2);
        boolean isReadOnly = rest.length > 1 && List.of(rest[1].split(",")).contains("ro");
        return new Mount(one.place(), kind(source), source, rest[0], isReadOnly);
    }

    private static MountKind kind(String source) {
        return source.matches("[A-Za-z0-9][A-Za-z0-9_.-]*") ? MountKind.VOLUME : MountKind.HOST;
    }

    private static Mount full(Service service, Mapping one) {
        String type = text(service, one, "type");
        String source =
                text(service, one, "source").isEmpty()
                        ? text(service, one, "src")
                        : text(service, one, "source");
        String target = text(service, one, "target");
        MountKind kind =
                switch (type) {
                    case "bind" -> MountKind.HOST;
                    case "tmpfs" -> MountKind.MEMORY;
                    default -> source.isEmpty() ? MountKind.ANONYMOUS : kind(source);
                };
        return new Mount(
                one.place(), kind, source, target, text(service, one, "read_only").equals("true"));
    }

    private static void references(
            Service service, String key, MountKind kind, String folder, List<Mount> mounts) {
        for (Node item : service.items(key)) {
            switch (item) {
                case Scalar one -> {
                    String name = service.fill(one.text());
                    mounts.add(new Mount(one.place(), kind, name, folder + name, true));
                }
                case Mapping one -> {
                    String source = text(service, one, "source");
                    String target = text(service, one, "target");
                    String path =
                            target.startsWith("/")
                                    ? target
                                    : folder + (target.isEmpty() ? source : target);
                    mounts.add(new Mount(one.place(), kind, source, path, true));
                }
                default -> {}
            }
        }
    }

    private static String text(Service service, Mapping one, String key) {
        return one.scalarAt(key).map(value -> service.fill(value.text())).orElse("");
    }
}
