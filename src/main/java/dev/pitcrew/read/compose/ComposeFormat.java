package dev.pitcrew.read.compose;

import dev.pitcrew.model.infra.Network;
import dev.pitcrew.model.infra.SecretSource;
import dev.pitcrew.model.infra.Setting;
import dev.pitcrew.model.infra.Storage;
import dev.pitcrew.read.env.EnvFile;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Compose files.
public final class ComposeFormat implements Format {
    private static final Pattern NAMED =
            Pattern.compile(
                    "(.*[._-])?(docker-)?compose([._-].*)?\\.ya?ml", Pattern.CASE_INSENSITIVE);
    private static final Pattern SERVICES = Pattern.compile("(?m)^services:\\s*(#.*)?$");
    private static final Pattern STARTS = Pattern.compile("(?m)^ +(image|build):");
    private static final Pattern OTHERS =
            Pattern.compile("(?m)^(apiVersion|kind|jobs|stages|system|pipeline|steps):");

    @Override
    public String name() {
        return "compose";
    }

    @Override
    public boolean claims(SourceFile file) {
        String name = file.name();
        if (!name.endsWith(".yml") && !name.endsWith(".yaml")) {
            return false;
        }
        if (NAMED.matcher(name).matches()) {
            return true;
        }
        String text = file.text();
        return text.contains("services:")
                && !name.equals("pitcrew.yaml")
                && !name.startsWith(".")
                && !file.path().contains(".github/")
                && SERVICES.matcher(text).find()
                && STARTS.matcher(text).find()
                && !OTHERS.matcher(text).find();
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        var layers = new Layers(sources, found);
        for (FileSet set : FileSets.of(files, layers)) {
            project(set, layers, sources, found);
        }
    }

    /// The files that make the projects of a repository, each under the name by which its containers say what they are part of.
    ///
    /// @param unheard takes what was found on the way
    public static List<FileSet> sets(Sources sources, Found unheard) {
        var files = sources.all().stream().filter(new ComposeFormat()::claims).toList();
        return FileSets.of(files, new Layers(sources, unheard));
    }

    private void project(FileSet set, Layers layers, Sources sources, Found found) {
        Mapping root = layers.merged(set.files());
        var variables = new Interpolation(variables(set.folder(), sources));
        var maker = new ContainerMaker(set.unit(), set.folder(), set.files(), sources);
        for (Entry entry : root.entriesAt("services")) {
            if (entry.value() instanceof Mapping tree) {
                found.fact(
                        maker.container(
                                new Service(entry.name(), entry.key().place(), tree, variables),
                                found));
            }
        }
        for (Entry entry : root.entriesAt("volumes")) {
            found.fact(
                    new Storage(
                            name(),
                            set.unit(),
                            entry.name(),
                            entry.key().place(),
                            entry.value().scalarAt("driver").map(Scalar::text).orElse(""),
                            isExternal(entry.value())));
        }
        for (Entry entry : root.entriesAt("networks")) {
            found.fact(
                    new Network(
                            name(),
                            set.unit(),
                            entry.name(),
                            entry.key().place(),
                            isExternal(entry.value()),
                            isTrue(entry.value().at("internal"))));
        }
        secrets(set.unit(), root, true, "secrets", found);
        secrets(set.unit(), root, false, "configs", found);
    }

    private void secrets(String unit, Mapping root, boolean isSecret, String key, Found found) {
        for (Entry entry : root.entriesAt(key)) {
            Node value = entry.value();
            String from =
                    value.scalarAt("file")
                            .map(one -> "file:" + one.text())
                            .or(
                                    () ->
                                            value.scalarAt("environment")
                                                    .map(one -> "environment:" + one.text()))
                            .or(() -> value.at("content").map(_ -> "content"))
                            .orElse("external");
            found.fact(
                    new SecretSource(
                            name(),
                            unit,
                            entry.name(),
                            entry.key().place(),
                            isSecret,
                            from,
                            List.of()));
        }
    }

    private static boolean isExternal(Node value) {
        return value.at("external").filter(one -> one instanceof Mapping).isPresent()
                || isTrue(value.at("external"));
    }

    private static boolean isTrue(Optional<Node> node) {
        return node.filter(one -> one instanceof Scalar scalar && scalar.text().equals("true"))
                .isPresent();
    }

    private static Map<String, String> variables(String folder, Sources sources) {
        return sources.file(folder, ".env").map(EnvFile::read).stream()
                .flatMap(List::stream)
                .collect(
                        Collectors.toMap(
                                Setting::name, one -> one.value().value(), (_, last) -> last));
    }
}
