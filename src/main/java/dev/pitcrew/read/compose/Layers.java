package dev.pitcrew.read.compose;

import dev.pitcrew.model.Place;
import dev.pitcrew.read.Nearest;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import dev.pitcrew.read.yaml.YamlTree.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The files of one survey as trees, each with what it includes and extends; a file is parsed once.
final class Layers {
    private static final int DEPTH_MAX = 20;
    private static final int LAYERS_MAX = 300; // files that include each other would never end

    private final Sources sources;
    private final Found found;
    private final Map<String, List<Mapping>> parsed = new HashMap<>();
    private final Map<Place, String> tags = new HashMap<>();
    private final Merge merge = new Merge(tags);
    private final Set<String> used = new HashSet<>();
    private final boolean isStrict;
    private int left;

    Layers(Sources sources, Found found) {
        this(sources, found, false);
    }

    /// @param isStrict whether it is a problem when what a file includes or extends isn't there
    Layers(Sources sources, Found found, boolean isStrict) {
        this.sources = sources;
        this.found = found;
        this.isStrict = isStrict;
    }

    /// Paths of the files that others include or extend.
    Set<String> used() {
        return used;
    }

    /// One tree of several files, the later over the earlier.
    Mapping merged(List<SourceFile> files) {
        Node root = new Mapping(new Place(files.getFirst().path(), 1, 1), List.of());
        left = LAYERS_MAX;
        for (SourceFile file : files) {
            for (Mapping layer : layers(file, 0)) {
                root = merge.merge("", root, layer);
            }
        }
        return (Mapping) root;
    }

    /// A file's services by themselves, without what lies below; includes count.
    List<Entry> services(SourceFile file) {
        return merged(List.of(file)).entriesAt("services");
    }

    private List<Mapping> layers(SourceFile file, int depth) {
        var layers = new ArrayList<Mapping>();
        if (depth > DEPTH_MAX || left-- <= 0) {
            return layers;
        }
        for (Mapping document : documents(file)) {
            document.at("include").ifPresent(list -> included(file, list, depth, layers));
            layers.add(extended(file, document, depth));
        }
        return layers;
    }

    private List<Mapping> documents(SourceFile file) {
        return parsed.computeIfAbsent(
                file.path(),
                _ -> {
                    var all = file.documents();
                    all.problems().forEach(one -> found.problem(one.place(), one.message()));
                    var roots = new ArrayList<Mapping>();
                    for (Document document : all.documents()) {
                        tags.putAll(document.tags());
                        if (document.root() instanceof Mapping root) {
                            roots.add(root);
                        }
                    }
                    return roots;
                });
    }

    private void included(SourceFile from, Node list, int depth, List<Mapping> layers) {
        if (!(list instanceof Sequence several)) {
            return;
        }
        for (Node item : several.items()) {
            Node paths = item.at("path").orElse(item);
            var names =
                    paths instanceof Sequence many
                            ? many.items().stream()
                                    .filter(Scalar.class::isInstance)
                                    .map(Scalar.class::cast)
                                    .toList()
                            : paths instanceof Scalar one ? List.of(one) : List.<Scalar>of();
            for (Scalar name : names) {
                sources.file(from.folder(), name.text())
                        .ifPresentOrElse(
                                file -> {
                                    used.add(file.path());
                                    layers.addAll(layers(file, depth + 1));
                                },
                                () -> missing(name.place(), "there is no file " + name.text()));
            }
        }
    }

    private Mapping extended(SourceFile file, Mapping document, int depth) {
        Optional<Node> services = document.at("services");
        if (!(services.orElse(null) instanceof Mapping all)) {
            return document;
        }
        var entries = new ArrayList<Entry>();
        for (Entry entry : all.entries()) {
            if (entry.value() instanceof Mapping service) {
                entries.add(new Entry(entry.key(), extend(file, all, service, depth)));
            }
        }
        var whole = new ArrayList<Entry>();
        for (Entry entry : document.entries()) {
            whole.add(
                    entry.name().equals("services")
                            ? new Entry(entry.key(), new Mapping(all.place(), entries))
                            : entry);
        }
        return new Mapping(document.place(), whole);
    }

    private Mapping extend(SourceFile file, Mapping siblings, Mapping service, int depth) {
        Mapping own = Merge.service(service);
        Optional<Node> wish = service.at("extends");
        if (wish.isEmpty() || depth > DEPTH_MAX) {
            return own;
        }
        Optional<String> name =
                wish.get() instanceof Scalar s
                        ? Optional.of(s.text())
                        : wish.get().scalarAt("service").map(Scalar::text);
        Optional<String> path = wish.get().scalarAt("file").map(Scalar::text);
        Optional<SourceFile> other =
                path.isEmpty() ? Optional.of(file) : sources.file(file.folder(), path.get());
        if (name.isEmpty() || other.isEmpty()) {
            missing(
                    wish.get().place(),
                    name.isEmpty()
                            ? "extends names no service"
                            : "there is no file " + path.orElse(""));
            return own;
        }
        path.ifPresent(_ -> used.add(other.get().path()));
        var pool =
                path.isEmpty()
                        ? Optional.of(siblings)
                        : documents(other.get()).stream()
                                .flatMap(root -> root.at("services").stream())
                                .filter(Mapping.class::isInstance)
                                .map(Mapping.class::cast)
                                .findFirst();
        if (pool.flatMap(all -> all.at(name.get())).isEmpty()) {
            var known = pool.stream().flatMap(all -> all.entries().stream()).map(Entry::name);
            missing(
                    wish.get().place(),
                    "no service named '%s' in %s%s"
                            .formatted(
                                    name.get(),
                                    path.orElse("this file"),
                                    Nearest.hint(name.get(), known.toList())));
        }
        return pool.flatMap(all -> all.at(name.get()))
                .filter(Mapping.class::isInstance)
                .map(
                        base ->
                                (Mapping)
                                        merge.merge(
                                                "",
                                                extend(
                                                        other.get(),
                                                        pool.get(),
                                                        (Mapping) base,
                                                        depth + 1),
                                                own))
                .orElse(own);
    }

    private void missing(Place place, String message) {
        if (isStrict) {
            found.problem(place, message);
        }
    }
}
