package dev.pitcrew.read.ansible;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.HostPlay;
import dev.pitcrew.model.infra.HostPlay.HostTask;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.YamlTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Playbooks, with the tasks and handlers of the roles and files of the repository that they take in.
///
/// @see <a href="https://docs.ansible.com/ansible/latest/reference_appendices/playbooks_keywords.html">playbook keywords</a>
public final class PlaybookFormat implements Format {
    private static final int DEPTH_MAX = 8;
    private static final int TASKS_MAX = 2000;
    private static final Pattern PLAY = Pattern.compile("(?m)^(- |  )hosts:[ \\t]");
    private static final Pattern WORK =
            Pattern.compile("(?m)^(- |  )(tasks|roles|pre_tasks|post_tasks|handlers):");
    private static final Pattern ROLE =
            Pattern.compile("(.*/)?roles/[^/]+/(tasks|handlers)/.*\\.ya?ml");

    @Override
    public String name() {
        return "ansible";
    }

    @Override
    public boolean claims(SourceFile file) {
        return (file.path().endsWith(".yml") || file.path().endsWith(".yaml"))
                && (ROLE.matcher(file.path()).matches()
                        || (file.text().contains("hosts:")
                                && PLAY.matcher(file.text()).find()
                                && WORK.matcher(file.text()).find()));
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        var trees = new HashMap<String, List<Node>>();
        for (SourceFile file : files) {
            if (ROLE.matcher(file.path()).matches()) {
                continue; // read with the plays that take it
            }
            var parsed = YamlTree.parseAll(file.path(), file.text());
            parsed.problems().forEach(one -> found.problem(one.place(), one.message()));
            for (var document : parsed.documents()) {
                for (Node play : items(document.root())) {
                    if (play.at("hosts").isPresent()) {
                        new Reading(file, sources, trees).play(play).ifPresent(found::fact);
                    }
                }
            }
        }
    }

    private static List<Node> items(Node node) {
        return node instanceof Node.Sequence list ? list.items() : List.of();
    }

    private final class Reading {
        private final SourceFile playbook;
        private final Sources sources;
        private final Map<String, List<Node>> trees;
        private final List<HostTask> tasks = new ArrayList<>();
        private final List<HostTask> handlers = new ArrayList<>();
        private boolean isWhole = true;

        /// @param trees of files that other plays took in as well
        Reading(SourceFile playbook, Sources sources, Map<String, List<Node>> trees) {
            this.playbook = playbook;
            this.sources = sources;
            this.trees = trees;
        }

        Optional<HostPlay> play(Node play) {
            var hosts = Tasks.texts(play, "hosts");
            if (hosts.isEmpty()) {
                return Optional.empty();
            }
            String folder = playbook.folder();
            play.at("pre_tasks").ifPresent(one -> take(items(one), folder, tasks, 0));
            for (Node role : play.at("roles").map(PlaybookFormat::items).orElse(List.of())) {
                role(roleName(role), folder, 0);
            }
            play.at("tasks").ifPresent(one -> take(items(one), folder, tasks, 0));
            play.at("post_tasks").ifPresent(one -> take(items(one), folder, tasks, 0));
            play.at("handlers").ifPresent(one -> take(items(one), folder, handlers, 0));
            String all = String.join(":", hosts.stream().map(Located::value).toList());
            return Optional.of(
                    new HostPlay(
                            name(),
                            play.place(),
                            hosts.getFirst().as(all),
                            Tasks.texts(play, "serial").stream().findFirst(),
                            tasks,
                            handlers,
                            isWhole));
        }

        private static String roleName(Node role) {
            return role instanceof Node.Scalar one
                    ? one.text()
                    : role.scalarAt("role")
                            .or(() -> role.scalarAt("name"))
                            .map(Node.Scalar::text)
                            .orElse("");
        }

        /// @param folder of the file that names it
        private void role(String name, String folder, int depth) {
            var home =
                    Stream.of(
                                    folder + "/roles/" + name,
                                    folder + "/../roles/" + name,
                                    "roles/" + name,
                                    "ansible/roles/" + name)
                            .flatMap(one -> Sources.normal(one).stream())
                            .filter(
                                    one ->
                                            main(one, "tasks").isPresent()
                                                    || main(one, "handlers").isPresent())
                            .findFirst();
            if (home.isEmpty() || depth > DEPTH_MAX) {
                isWhole = false;
                return;
            }
            for (Node one : main(home.get(), "meta").map(this::tree).orElse(List.of())) {
                for (Node needed :
                        one.at("dependencies").map(PlaybookFormat::items).orElse(List.of())) {
                    role(roleName(needed), folder, depth + 1);
                }
            }
            main(home.get(), "handlers").ifPresent(file -> takeFile(file, handlers, depth + 1));
            main(home.get(), "tasks").ifPresent(file -> takeFile(file, tasks, depth + 1));
        }

        private Optional<SourceFile> main(String home, String part) {
            return sources.file(home + "/" + part + "/main.yml")
                    .or(() -> sources.file(home + "/" + part + "/main.yaml"));
        }

        private List<Node> tree(SourceFile file) {
            return trees.computeIfAbsent(
                    file.path(),
                    _ ->
                            YamlTree.parseAll(file.path(), file.text()).documents().stream()
                                    .map(YamlTree.Document::root)
                                    .toList());
        }

        private void takeFile(SourceFile file, List<HostTask> into, int depth) {
            for (Node root : tree(file)) {
                take(items(root), file.folder(), into, depth);
            }
        }

        private void take(List<Node> all, String folder, List<HostTask> into, int depth) {
            for (Node task : all) {
                if (into.size() >= TASKS_MAX || depth > DEPTH_MAX) {
                    isWhole = false;
                    return;
                }
                var block = task.at("block");
                if (block.isPresent()) {
                    take(items(block.get()), folder, into, depth + 1);
                    task.at("rescue").ifPresent(one -> take(items(one), folder, into, depth + 1));
                    task.at("always").ifPresent(one -> take(items(one), folder, into, depth + 1));
                } else {
                    one(task, folder, into, depth);
                }
            }
        }

        private void one(Node task, String folder, List<HostTask> into, int depth) {
            var module = Tasks.module(task);
            String name = module.map(one -> Tasks.plain(one.name())).orElse("");
            switch (name) {
                case "" -> {}
                case "include_tasks", "import_tasks", "include" -> {
                    var file =
                            text(module.get(), "file")
                                    .filter(one -> !one.contains("{{"))
                                    .flatMap(one -> sources.file(folder, one));
                    if (file.isEmpty()) {
                        isWhole = false;
                    } else {
                        takeFile(file.get(), into, depth + 1);
                    }
                }
                case "include_role", "import_role" ->
                        role(text(module.get(), "name").orElse(""), playbook.folder(), depth + 1);
                default -> Tasks.of(task).ifPresent(into::add);
            }
        }

        private static Optional<String> text(Node.Entry module, String key) {
            return (module.value() instanceof Node.Scalar one
                            ? Optional.of(one)
                            : module.value().scalarAt(key))
                    .map(Node.Scalar::text)
                    .map(one -> one.replaceFirst("^(file|name)=", ""));
        }
    }
}
