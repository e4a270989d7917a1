package dev.pitcrew.read.kubernetes;

import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.Rendered;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import dev.pitcrew.read.yaml.YamlTree;
import dev.pitcrew.read.yaml.YamlTree.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The objects of all files, in the sets in which they are applied: each overlay of Kustomize with its bases, each chart with its own values, every other file as it is.
final class Manifests {
    private static final Pattern KUSTOMIZATION =
            Pattern.compile("kustomization\\.ya?ml|Kustomization");

    private static final int DEPTH_MAX = 10;
    private static final int OBJECTS_MAX = 20_000;

    private final List<SourceFile> files;
    private final Sources sources;
    private final Found found;
    private final Map<String, List<Node>> parsed = new HashMap<>();
    private final Map<String, Optional<Node>> values = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private int left = OBJECTS_MAX;

    Manifests(List<SourceFile> files, Sources sources, Found found) {
        this.files = files;
        this.sources = sources;
        this.found = found;
    }

    /// @param name of the overlay, chart or folder
    record Group(String name, List<KubeObject> objects) {
        Group {
            objects = List.copyOf(objects);
        }
    }

    List<Group> groups() {
        var groups = new ArrayList<Group>();
        var overlays = new ArrayList<Group>();
        for (SourceFile file : files) {
            if (isKustomization(file)) {
                overlays.add(new Group(file.folder(), overlay(file, 0)));
            }
        }
        overlays.stream().filter(one -> !used.contains(one.name())).forEach(groups::add);
        for (SourceFile file : files) {
            if (!isKustomization(file) && !used.contains(file.path())) {
                var objects =
                        documents(file).stream()
                                .flatMap(one -> KubeObject.of(one).stream())
                                .toList();
                groups.add(new Group(file.folder(), objects));
            }
        }
        return groups;
    }

    static boolean isKustomization(SourceFile file) {
        return KUSTOMIZATION.matcher(file.name()).matches();
    }

    private List<Node> documents(SourceFile file) {
        return parsed.computeIfAbsent(
                file.path(),
                _ -> {
                    var all = parsed(file);
                    all.problems().forEach(one -> found.problem(one.place(), one.message()));
                    var roots = new ArrayList<Node>();
                    for (Document document : all.documents()) {
                        boolean isList =
                                document.root()
                                        .scalarAt("kind")
                                        .filter(one -> one.text().equals("List"))
                                        .isPresent();
                        roots.addAll(
                                isList
                                        ? KubeObject.items(document.root(), "items")
                                        : List.of(document.root()));
                    }
                    file.rendered().ifPresent(one -> roots.replaceAll(root -> placed(root, one)));
                    return roots;
                });
    }

    private YamlTree.ParsedAll parsed(SourceFile file) {
        if (file.rendered().isPresent()) {
            return YamlTree.parseAll(file.path(), file.rendered().get().text());
        }
        return chart(file)
                .map(values -> YamlTree.parseAll(file.path(), file.text(), values))
                .orElseGet(file::documents);
    }

    /// The same with the places of the template.
    private static Node placed(Node node, Rendered rendered) {
        var place = rendered.place(node.place());
        return switch (node) {
            case Scalar one -> new Scalar(place, one.text(), one.plain());
            case Sequence several ->
                    new Sequence(
                            place,
                            several.items().stream().map(one -> placed(one, rendered)).toList());
            case Mapping mapping ->
                    new Mapping(
                            place,
                            mapping.entries().stream()
                                    .map(
                                            one ->
                                                    new Entry(
                                                            (Scalar) placed(one.key(), rendered),
                                                            placed(one.value(), rendered)))
                                    .toList());
        };
    }

    /// What a chart's templates may name; empty for a file that belongs to none.
    private Optional<Node> chart(SourceFile file) {
        int at = file.path().lastIndexOf("templates/");
        if (at < 0 || (at > 0 && file.path().charAt(at - 1) != '/')) {
            return Optional.empty();
        }
        String folder = at == 0 ? "" : file.path().substring(0, at - 1);
        return values.computeIfAbsent(
                folder,
                _ -> {
                    var chart =
                            sources.file(folder, "Chart.yaml")
                                    .or(() -> sources.file(folder, "Chart.yml"));
                    if (chart.isEmpty()) {
                        return Optional.empty();
                    }
                    var entries = new ArrayList<Entry>();
                    root(chart).ifPresent(one -> chartEntries(one, entries));
                    root(sources.file(folder, "values.yaml"))
                            .ifPresent(
                                    one ->
                                            entries.add(
                                                    new Entry(
                                                            new Scalar(one.place(), "Values", true),
                                                            one)));
                    return Optional.of(new Mapping(chart.get().place(1, 1), entries));
                });
    }

    private static void chartEntries(Node chart, List<Entry> entries) {
        var facts = new ArrayList<Entry>();
        for (Entry entry : chart.entriesAt()) {
            String name = entry.name();
            if (!name.isEmpty()) {
                String upper = Character.toUpperCase(name.charAt(0)) + name.substring(1);
                facts.add(new Entry(new Scalar(entry.key().place(), upper, true), entry.value()));
            }
        }
        entries.add(
                new Entry(
                        new Scalar(chart.place(), "Chart", true),
                        new Mapping(chart.place(), facts)));
    }

    private static Optional<Node> root(Optional<SourceFile> file) {
        return file.flatMap(
                one -> one.documents().documents().stream().findFirst().map(Document::root));
    }

    private List<KubeObject> overlay(SourceFile file, int depth) {
        var objects = new ArrayList<Node>();
        if (depth > DEPTH_MAX || left <= 0) {
            return List.of();
        }
        for (Node wish : documents(file)) {
            for (String key : List.of("resources", "bases", "components")) {
                for (Scalar path : wish.scalarsAt(key)) {
                    resource(file, path.text(), depth, objects);
                }
            }
            for (Node patch : patches(file, wish)) {
                apply(patch, objects);
            }
            for (Node count : KubeObject.items(wish, "replicas")) {
                replicas(count, objects);
            }
            for (Node image : KubeObject.items(wish, "images")) {
                objects.replaceAll(one -> Images.renamed(one, image));
            }
        }
        left -= objects.size();
        return objects.stream().flatMap(one -> KubeObject.of(one).stream()).toList();
    }

    private void resource(SourceFile from, String path, int depth, List<Node> objects) {
        var direct = sources.file(from.folder(), path);
        if (direct.isPresent()) {
            used.add(direct.get().path());
            objects.addAll(documents(direct.get()));
            return;
        }
        for (String name : List.of("kustomization.yaml", "kustomization.yml", "Kustomization")) {
            var base = sources.file(from.folder(), path + "/" + name);
            if (base.isPresent()) {
                used.add(base.get().folder());
                overlay(base.get(), depth + 1).forEach(one -> objects.add(one.tree()));
                return;
            }
        }
    }

    /// A patch: an object to merge, or a mapping of `target` and `operations`.
    private List<Node> patches(SourceFile file, Node wish) {
        var patches = new ArrayList<Node>();
        for (Scalar path : wish.scalarsAt("patchesStrategicMerge")) {
            patches.addAll(patchFile(file, path.text()));
        }
        for (String key : List.of("patches", "patchesJson6902")) {
            for (Node item : KubeObject.items(wish, key)) {
                var texts =
                        item.scalarAt("path").isPresent()
                                ? patchFile(
                                        file, item.scalarAt("path").map(Scalar::text).orElse(""))
                                : item.scalarAt("patch")
                                        .map(inline -> inline(inline))
                                        .orElse(List.of());
                for (Node text : texts) {
                    patches.add(
                            item.at("target").map(target -> targeted(target, text)).orElse(text));
                }
            }
        }
        return patches;
    }

    private static Node targeted(Node target, Node patch) {
        return new Mapping(
                patch.place(),
                List.of(
                        new Entry(new Scalar(target.place(), "target", true), target),
                        new Entry(new Scalar(patch.place(), "patch", true), patch)));
    }

    private List<Node> patchFile(SourceFile from, String path) {
        return sources.file(from.folder(), path)
                .map(
                        file -> {
                            used.add(file.path());
                            return documents(file);
                        })
                .orElse(List.of());
    }

    /// A patch in a block scalar begins on the line after its key.
    private static List<Node> inline(Scalar text) {
        String lines = "\n".repeat(Math.min(text.place().line(), 100_000)) + text.text();
        return YamlTree.parseAll(text.place().file(), lines).documents().stream()
                .map(Document::root)
                .toList();
    }

    private static void apply(Node patch, List<Node> objects) {
        Optional<Node> target = patch.at("target");
        Node body = target.isPresent() ? patch.at("patch").orElse(patch) : patch;
        for (int i = 0; i < objects.size(); i++) {
            Node object = objects.get(i);
            boolean isMeant =
                    target.isPresent()
                            ? matches(target.get(), object, "kind", "kind")
                                    && matches(target.get(), object, "name", "metadata", "name")
                            : body.scalarAt("kind")
                                            .map(Scalar::text)
                                            .equals(object.scalarAt("kind").map(Scalar::text))
                                    && body.scalarAt("metadata", "name")
                                            .map(Scalar::text)
                                            .equals(
                                                    object.scalarAt("metadata", "name")
                                                            .map(Scalar::text));
            if (isMeant) {
                objects.set(
                        i,
                        body instanceof Sequence operations
                                ? Patches.operated(object, operations)
                                : Patches.merged(object, withoutName(body)));
            }
        }
    }

    /// A patch with a target may carry any name.
    private static Node withoutName(Node body) {
        return body instanceof Mapping mapping
                ? new Mapping(
                        mapping.place(),
                        mapping.entries().stream()
                                .filter(
                                        one ->
                                                !one.name().equals("metadata")
                                                        || one.value().entriesAt().size() > 1)
                                .toList())
                : body;
    }

    private static boolean matches(Node target, Node object, String key, String... path) {
        var wanted = target.scalarAt(key).map(Scalar::text);
        return wanted.isEmpty()
                || object.scalarAt(path).map(Scalar::text).filter(wanted.get()::equals).isPresent();
    }

    private static void replicas(Node count, List<Node> objects) {
        var name = count.scalarAt("name").map(Scalar::text);
        var number = count.at("count");
        if (name.isEmpty() || number.isEmpty()) {
            return;
        }
        Node spec =
                new Mapping(
                        count.place(),
                        List.of(
                                new Entry(
                                        new Scalar(count.place(), "replicas", true),
                                        number.get())));
        Node patch =
                new Mapping(
                        count.place(),
                        List.of(new Entry(new Scalar(count.place(), "spec", true), spec)));
        objects.replaceAll(
                one ->
                        one.scalarAt("metadata", "name").map(Scalar::text).equals(name)
                                        && one.at("spec", "template").isPresent()
                                ? Patches.merged(one, patch)
                                : one);
    }
}
