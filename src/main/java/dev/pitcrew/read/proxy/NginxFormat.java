package dev.pitcrew.read.proxy;

import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Configurations of nginx: main files, files of servers, and what they include.
public final class NginxFormat implements Format {
    private static final int INCLUDES_MAX = 5;
    private static final int DIRECTIVES_MAX = 200_000;
    private static final Pattern SERVER =
            Pattern.compile(
                    "(?m)^[ \\t]*(server|upstream[ \\t]+[\\w.-]+|events|http|location[ \\t][^;{]{1,200})\\s*\\{");
    private static final Pattern DIRECTIVE =
            Pattern.compile(
                    "(?m)\\b(listen|proxy_pass|server_name|worker_connections|proxy_set_header|auth_basic)[ \\t]");

    /// Files that come with nginx and say nothing that a check asks for.
    private static final Set<String> KNOWN =
            Set.of(
                    "mime.types",
                    "fastcgi_params",
                    "fastcgi.conf",
                    "uwsgi_params",
                    "scgi_params",
                    "modules-enabled/*.conf");

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public boolean claims(SourceFile file) {
        String name = file.name();
        boolean isNamed =
                name.endsWith(".conf")
                        || name.endsWith(".nginx")
                        || (name.contains("nginx")
                                && !name.matches(
                                        ".*\\.(ya?ml|json|sh|py|md|service|xml|txt|java|go)"))
                        || name.contains(".conf.")
                        || file.folder().endsWith("sites-available")
                        || file.folder().endsWith("sites-enabled")
                        || file.folder().endsWith("nginx/snippets");
        return isNamed
                && !name.toLowerCase(java.util.Locale.ROOT).contains("dockerfile")
                && (SERVER.matcher(file.text()).find() && DIRECTIVE.matcher(file.text()).find());
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        var trees = new LinkedHashMap<String, List<Directive>>();
        for (SourceFile file : files) {
            trees.put(file.path(), NginxParser.parse(file, found));
        }
        var reader = new Reader(files, trees, sources, found);
        var included = new HashSet<String>();
        trees.forEach((path, tree) -> reader.gather(tree, path, included));
        trees.forEach(
                (path, tree) -> {
                    if (!included.contains(path)) {
                        var whole = reader.whole(tree, path, 0, new ArrayList<>());
                        NginxFacts.of(whole, found);
                    }
                });
    }

    private static final class Reader {
        private final List<SourceFile> files;
        private final Map<String, List<Directive>> trees;
        private final Sources sources;
        private final Found found;
        private final Map<String, Optional<SourceFile>> targets = new HashMap<>();
        private int directives;

        Reader(
                List<SourceFile> files,
                Map<String, List<Directive>> trees,
                Sources sources,
                Found found) {
            this.files = files;
            this.trees = trees;
            this.sources = sources;
            this.found = found;
        }

        /// Which files others take in.
        void gather(List<Directive> tree, String from, Set<String> included) {
            for (Directive one : tree) {
                if (one.name().equals("include")) {
                    for (SourceFile file : targets(one.argument(0), from)) {
                        included.add(file.path());
                    }
                }
                gather(one.block(), from, included);
            }
        }

        /// The tree with what it includes in place of the includes; an include of a file that is not here stays.
        List<Directive> whole(List<Directive> tree, String from, int depth, List<String> stack) {
            var whole = new ArrayList<Directive>();
            for (Directive one : tree) {
                if (++directives > DIRECTIVES_MAX) {
                    return whole;
                }
                if (one.name().equals("include") && depth < INCLUDES_MAX) {
                    var targets = targets(one.argument(0), from);
                    if (targets.isEmpty() && !isKnown(one.argument(0))) {
                        whole.add(one);
                    }
                    for (SourceFile file : targets) {
                        if (!stack.contains(file.path())) {
                            stack.add(file.path());
                            var inside =
                                    trees.containsKey(file.path())
                                            ? trees.get(file.path())
                                            : NginxParser.parse(file, found);
                            whole.addAll(whole(inside, file.path(), depth + 1, stack));
                            stack.removeLast();
                        }
                    }
                } else {
                    whole.add(
                            one.isBlock()
                                    ? new Directive(
                                            one.place(),
                                            one.name(),
                                            one.arguments(),
                                            whole(one.block(), from, depth, stack),
                                            true)
                                    : one);
                }
            }
            return whole;
        }

        private static boolean isKnown(String path) {
            return KNOWN.stream().anyMatch(path::endsWith);
        }

        /// The files that an include means: those whose path ends like it, for the path is that of the machine where nginx runs.
        private List<SourceFile> targets(String path, String from) {
            String tail = path.replaceAll("^.*/(?=[^/]+/[^/]+$)", "").replaceAll("^/+", "");
            if (path.contains("*")) {
                var pattern =
                        Pattern.compile("(.*/)?" + Pattern.quote(tail).replace("*", "\\E[^/]*\\Q"));
                return files.stream()
                        .filter(file -> !file.path().equals(from))
                        .filter(file -> pattern.matcher(file.path()).matches())
                        .filter(file -> isNear(file, from))
                        .toList();
            }
            return targets
                    .computeIfAbsent(
                            from + "\n" + path,
                            _ ->
                                    sources.all().stream()
                                            .filter(file -> !file.path().equals(from))
                                            .filter(
                                                    file ->
                                                            file.path().equals(tail)
                                                                    || file.path()
                                                                            .endsWith("/" + tail)
                                                                    || (!tail.contains("/")
                                                                            && file.name()
                                                                                    .equals(tail)))
                                            .filter(file -> isNear(file, from))
                                            .findFirst())
                    .stream()
                    .toList();
        }

        /// In the same folder tree: another desk's files in the same repository are not meant.
        private static boolean isNear(SourceFile file, String from) {
            String top = from.contains("/") ? from.substring(0, from.indexOf('/')) : "";
            return top.isEmpty() || file.path().startsWith(top + "/");
        }
    }
}
