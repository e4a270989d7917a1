package dev.pitcrew.read.compose;

import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.yaml.Node.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which Compose files are started together: a folder's default file with its override, as Docker does by itself, and every other file either alone or, when it leaves services
/// unfinished, over the file that finishes them. A file that others include or extend is no set of its own.
final class FileSets {
    private static final List<String> DEFAULTS =
            List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");

    private final Layers layers;
    private final Map<String, List<Entry>> services = new LinkedHashMap<>();

    private FileSets(Layers layers) {
        this.layers = layers;
    }

    static List<FileSet> of(List<SourceFile> files, Layers layers) {
        var byFolder =
                files.stream()
                        .collect(
                                Collectors.groupingBy(
                                        SourceFile::folder, TreeMap::new, Collectors.toList()));
        var sets = new FileSets(layers);
        // Whoever includes or extends others says so when it is looked at, so all are, first.
        files.forEach(sets::services);
        var all = new ArrayList<FileSet>();
        byFolder.forEach((folder, some) -> sets.folder(folder, some, byFolder, all));
        return all;
    }

    private void folder(
            String folder,
            List<SourceFile> files,
            Map<String, List<SourceFile>> byFolder,
            List<FileSet> all) {
        Optional<SourceFile> base = base(files);
        Optional<SourceFile> override =
                base.flatMap(
                                one ->
                                        named(
                                                files,
                                                one.name()
                                                        .replaceFirst(
                                                                "\\.(ya?ml)$", ".override.$1")))
                        .or(
                                () ->
                                        base.flatMap(
                                                one ->
                                                        named(
                                                                files,
                                                                one.name()
                                                                        .replaceFirst(
                                                                                "\\.ya?ml$",
                                                                                ".override.yml"))));
        base.filter(file -> !layers.used().contains(file.path()))
                .ifPresent(
                        file -> {
                            var both = new ArrayList<>(List.of(file));
                            override.ifPresent(both::add);
                            all.add(new FileSet(folder.isEmpty() ? "." : folder, folder, both));
                        });
        for (SourceFile file : files) {
            if (base.filter(file::equals).isPresent()
                    || override.filter(file::equals).isPresent()
                    || layers.used().contains(file.path())) {
                continue;
            }
            var unfinished = unfinished(file);
            Optional<SourceFile> below =
                    unfinished.isEmpty()
                            ? base.filter(one -> saysThatItLiesOn(file, one))
                            : base.or(() -> finishing(files, file, unfinished))
                                    .or(() -> above(folder, byFolder));
            var set = new ArrayList<SourceFile>();
            below.ifPresent(set::add);
            set.add(file);
            String from = below.map(SourceFile::folder).orElse(folder);
            all.add(new FileSet(file.path(), from, set));
        }
    }

    /// A file that changes another may be complete by itself, as when it names other images: then its own comment says with `-f` what it lies on.
    private static boolean saysThatItLiesOn(SourceFile file, SourceFile base) {
        return Pattern.compile(
                        "-f\\s+\\S{0,200}\\b%s\\s[^\\n]{0,300}-f\\s+\\S{0,200}\\b%s\\b"
                                .formatted(Pattern.quote(base.name()), Pattern.quote(file.name())))
                .matcher(file.text())
                .find();
    }

    private static Optional<SourceFile> base(List<SourceFile> files) {
        return DEFAULTS.stream().flatMap(name -> named(files, name).stream()).findFirst();
    }

    private static Optional<SourceFile> named(List<SourceFile> files, String name) {
        return files.stream().filter(file -> file.name().equals(name)).findFirst();
    }

    private Optional<SourceFile> finishing(
            List<SourceFile> files, SourceFile file, Set<String> unfinished) {
        return files.stream()
                .filter(other -> !other.equals(file))
                .filter(other -> finished(other).containsAll(unfinished))
                .min(
                        Comparator.comparing(
                                other -> !other.name().matches(".*(base|common|main).*")));
    }

    private static Optional<SourceFile> above(
            String folder, Map<String, List<SourceFile>> byFolder) {
        int slash = folder.lastIndexOf('/');
        String parent = slash < 0 ? "" : folder.substring(0, slash);
        return folder.isEmpty() ? Optional.empty() : base(byFolder.getOrDefault(parent, List.of()));
    }

    private Set<String> unfinished(SourceFile file) {
        return services(file).stream()
                .filter(one -> !isFinished(one))
                .map(Entry::name)
                .collect(Collectors.toSet());
    }

    private Set<String> finished(SourceFile file) {
        return services(file).stream()
                .filter(FileSets::isFinished)
                .map(Entry::name)
                .collect(Collectors.toSet());
    }

    private static boolean isFinished(Entry service) {
        return service.value().at("image").isPresent() || service.value().at("build").isPresent();
    }

    private List<Entry> services(SourceFile file) {
        return services.computeIfAbsent(file.path(), _ -> layers.services(file));
    }
}
