package dev.pitcrew.read.pipeline;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Concurrency;
import dev.pitcrew.model.infra.Pipeline.Job;
import dev.pitcrew.model.infra.Pipeline.Step;
import dev.pitcrew.model.infra.Pipeline.Trigger;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.read.shell.Shell;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// GitLab CI files. `extends` is followed one file deep; `include` is not.
public final class GitLabCi implements Format {
    private static final Pattern FILES =
            Pattern.compile("(.*/)?\\.gitlab-ci\\.ya?ml|(.*/)?\\.gitlab/ci/[^/]+\\.ya?ml");

    private static final int EXTENDS_MAX = 10;
    private static final List<String> STAGES = List.of(".pre", "build", "test", "deploy", ".post");
    private static final Set<String> RESERVED =
            Set.of(
                    "default",
                    "include",
                    "stages",
                    "variables",
                    "workflow",
                    "image",
                    "services",
                    "cache",
                    "before_script",
                    "after_script",
                    "spec");

    @Override
    public String name() {
        return "gitlab-ci";
    }

    @Override
    public boolean claims(SourceFile file) {
        return FILES.matcher(file.path()).matches();
    }

    @Override
    public boolean readsEachAlone() {
        return true;
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            var parsed = file.document();
            parsed.problems().forEach(problem -> found.problem(problem.place(), problem.message()));
            parsed.root()
                    .filter(Mapping.class::isInstance)
                    .ifPresent(root -> found.fact(pipeline(file, (Mapping) root)));
        }
    }

    private Pipeline pipeline(SourceFile file, Mapping root) {
        var stages = Parts.words(root, "stages").stream().map(Located::value).toList();
        var jobs = new ArrayList<Job>();
        var stageOf = new ArrayList<Integer>();
        for (Entry entry : root.entries()) {
            if (entry.name().startsWith(".")
                    || RESERVED.contains(entry.name())
                    || !(entry.value() instanceof Mapping)) {
                continue;
            }
            var chain = chain(root, entry.value());
            String stage = get(chain, "stage").map(one -> text(one)).orElse("test");
            int number = (stages.isEmpty() ? STAGES : stages).indexOf(stage);
            var before =
                    get(chain, "needs").isPresent()
                            ? needs(get(chain, "needs").get())
                            : earlier(jobs, stageOf, number, entry.key().place());
            jobs.add(job(file, root, entry, chain, before));
            stageOf.add(number);
        }
        return new Pipeline(
                name(),
                root.place(),
                file.path(),
                List.of(new Trigger(root.place(), "push", List.of())),
                List.of(),
                Optional.empty(),
                Parts.variables(root, "variables"),
                jobs);
    }

    /// A job and what it extends, the nearest first.
    private static List<Node> chain(Mapping root, Node job) {
        var chain = new ArrayList<Node>();
        chain.add(job);
        for (int i = 0; i < chain.size() && chain.size() < EXTENDS_MAX; i++) {
            for (var name : Parts.words(chain.get(i), "extends").reversed()) {
                root.entry(name.value()).map(Entry::value).ifPresent(chain::add);
            }
        }
        return chain;
    }

    private static Optional<Node> get(List<Node> chain, String key) {
        return chain.stream().flatMap(node -> node.at(key).stream()).findFirst();
    }

    private static String text(Node node) {
        return node instanceof Scalar scalar ? scalar.text() : "";
    }

    private static List<Located<String>> needs(Node needs) {
        var names = new ArrayList<Located<String>>();
        if (needs instanceof Sequence list) {
            for (Node item : list.items()) {
                if (item instanceof Scalar one) {
                    names.add(Parts.located(one));
                } else {
                    Parts.scalar(item, "job").ifPresent(names::add);
                }
            }
        }
        return names;
    }

    private static List<Located<String>> earlier(
            List<Job> jobs, List<Integer> stages, int stage, Place place) {
        var names = new ArrayList<Located<String>>();
        for (int i = 0; i < jobs.size(); i++) {
            if (stages.get(i) < stage) {
                names.add(new Located<>(jobs.get(i).name(), place));
            }
        }
        return names;
    }

    private static Job job(
            SourceFile file,
            Mapping root,
            Entry entry,
            List<Node> chain,
            List<Located<String>> needs) {
        var environment =
                get(chain, "environment")
                        .flatMap(
                                node ->
                                        node instanceof Scalar one
                                                ? Optional.of(Parts.located(one))
                                                : Parts.scalar(node, "name"));
        var rules = get(chain, "rules");
        var steps = new ArrayList<Step>();
        get(chain, "before_script")
                .or(() -> root.at("before_script"))
                .or(() -> root.at("default", "before_script"))
                .ifPresent(node -> steps.add(step(file, "before_script", node)));
        get(chain, "script").ifPresent(node -> steps.add(step(file, "script", node)));
        get(chain, "after_script").ifPresent(node -> steps.add(step(file, "after_script", node)));
        return new Job(
                entry.key().place(),
                entry.name(),
                needs,
                environment,
                get(chain, "resource_group")
                        .filter(Scalar.class::isInstance)
                        .map(one -> new Concurrency(one.place(), text(one), Optional.empty())),
                get(chain, "when").map(one -> text(one).equals("manual")).orElse(false)
                        || rules.filter(GitLabCi::isManual).isPresent(),
                get(chain, "allow_failure")
                        .filter(one -> text(one).equals("true"))
                        .map(Node::place),
                condition(rules, chain),
                false, // whose the runner is, only its registration says
                Parts.variables(entry.value(), "variables"),
                steps);
    }

    /// Whether each rule that starts the job asks for a hand.
    private static boolean isManual(Node rules) {
        if (!(rules instanceof Sequence list) || list.items().isEmpty()) {
            return false;
        }
        return list.items().stream()
                .map(rule -> rule.scalarAt("when").map(Scalar::text).orElse("on_success"))
                .filter(when -> !when.equals("never"))
                .allMatch("manual"::equals);
    }

    private static Optional<Located<String>> condition(Optional<Node> rules, List<Node> chain) {
        var conditions = new ArrayList<String>();
        Place place = null;
        if (rules.orElse(null) instanceof Sequence list) {
            for (Node rule : list.items()) {
                var one = Parts.scalar(rule, "if");
                if (one.isPresent()) {
                    place = place == null ? one.get().place() : place;
                    conditions.add(one.get().value());
                }
            }
        }
        for (var only : get(chain, "only").map(Parts::words).orElse(List.of())) {
            place = place == null ? only.place() : place;
            conditions.add(only.value());
        }
        return place == null
                ? Optional.empty()
                : Optional.of(new Located<>(String.join(" || ", conditions), place));
    }

    private static Step step(SourceFile file, String name, Node node) {
        var commands = new ArrayList<ShellCommand>();
        var texts = new ArrayList<String>();
        for (Scalar scalar : Parts.scripts(node)) {
            texts.add(scalar.text());
            commands.addAll(Shell.parse(scalar.text(), Embedded.places(file, scalar)));
        }
        return new Step(
                node.place(),
                name,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of(new Located<>(String.join("\n", texts), node.place())),
                commands,
                Optional.empty(),
                Optional.empty());
    }
}
