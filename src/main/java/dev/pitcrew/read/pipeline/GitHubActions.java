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
import java.util.regex.Pattern;

/// Workflows of GitHub Actions; Gitea and Forgejo have the same.
public final class GitHubActions implements Format {
    private static final Pattern FILES =
            Pattern.compile("(.*/)?\\.(github|gitea|forgejo)/workflows/[^/]+\\.ya?ml");

    @Override
    public String name() {
        return "github-actions";
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
                    .ifPresent(root -> found.fact(pipeline(file, root)));
        }
    }

    private Pipeline pipeline(SourceFile file, Node root) {
        return new Pipeline(
                name(),
                root.place(),
                root.scalarAt("name").map(Scalar::text).orElse(file.path()),
                root.at("on").map(on -> triggers(on)).orElse(List.of()),
                permissions(root),
                concurrency(root),
                Parts.variables(root, "env"),
                root.entriesAt("jobs").stream().map(entry -> job(file, entry)).toList());
    }

    private static List<Trigger> triggers(Node on) {
        var triggers = new ArrayList<Trigger>();
        switch (on) {
            case Scalar one -> triggers.add(new Trigger(one.place(), one.text(), List.of()));
            case Sequence list ->
                    Parts.words(list)
                            .forEach(
                                    word ->
                                            triggers.add(
                                                    new Trigger(
                                                            word.place(),
                                                            word.value(),
                                                            List.of())));
            case Mapping events ->
                    events.entries()
                            .forEach(
                                    event ->
                                            triggers.add(
                                                    new Trigger(
                                                            event.key().place(),
                                                            event.name(),
                                                            filters(event.value()))));
        }
        return triggers;
    }

    private static List<Located<String>> filters(Node event) {
        var filters = new ArrayList<Located<String>>(Parts.words(event, "branches"));
        Parts.words(event, "tags").forEach(tag -> filters.add(tag.as("tag:" + tag.value())));
        filters.addAll(Parts.words(event, "workflows"));
        if (event instanceof Sequence crons) {
            crons.items().forEach(item -> Parts.scalar(item, "cron").ifPresent(filters::add));
        }
        return filters;
    }

    private static List<Located<String>> permissions(Node node) {
        var one = Parts.scalar(node, "permissions");
        if (one.isPresent()) {
            return List.of(one.get());
        }
        return Parts.variables(node, "permissions").stream()
                .map(entry -> new Located<>(entry.name() + ":" + entry.value(), entry.place()))
                .toList();
    }

    private static Optional<Concurrency> concurrency(Node node) {
        return node.at("concurrency")
                .flatMap(
                        at ->
                                at instanceof Scalar group
                                        ? Optional.of(
                                                new Concurrency(
                                                        group.place(),
                                                        group.text(),
                                                        Optional.empty()))
                                        : at.scalarAt("group")
                                                .map(
                                                        group ->
                                                                new Concurrency(
                                                                        group.place(),
                                                                        group.text(),
                                                                        truth(
                                                                                at,
                                                                                "cancel-in-progress"))));
    }

    private static Optional<Place> truth(Node node, String key) {
        return node.scalarAt(key).filter(one -> one.text().equals("true")).map(Scalar::place);
    }

    private static Job job(SourceFile file, Entry entry) {
        Node job = entry.value();
        var environment =
                Parts.scalar(job, "environment").or(() -> Parts.scalar(job, "environment", "name"));
        var steps = new ArrayList<Step>();
        if (job.at("steps").orElse(null) instanceof Sequence list) {
            list.items().forEach(step -> steps.add(step(file, step)));
        }
        Parts.scalar(job, "uses") // a job that is another workflow
                .ifPresent(
                        uses ->
                                steps.add(
                                        new Step(
                                                uses.place(),
                                                "",
                                                Optional.of(uses),
                                                Parts.variables(job, "with"),
                                                Parts.variables(job, "secrets"),
                                                Optional.empty(),
                                                List.of(),
                                                Optional.empty(),
                                                Optional.empty())));
        return new Job(
                entry.key().place(),
                entry.name(),
                Parts.words(job, "needs"),
                environment,
                concurrency(job),
                false,
                truth(job, "continue-on-error"),
                Parts.scalar(job, "if"),
                isHosted(job),
                Parts.variables(job, "env"),
                steps);
    }

    /// A machine that GitHub starts for one job; a label that a matrix gives is taken for one of those.
    private static boolean isHosted(Node job) {
        return job.scalarAt("runs-on")
                .filter(
                        one ->
                                one.text()
                                        .matches(
                                                "(ubuntu|macos|windows)-.*|\\$\\{\\{ *matrix\\..*"))
                .isPresent();
    }

    private static Step step(SourceFile file, Node step) {
        var uses = Parts.scalar(step, "uses");
        var script =
                step.scalarAt("run").or(() -> uses.flatMap(_ -> step.scalarAt("with", "script")));
        boolean remote =
                uses.filter(one -> one.value().contains("ssh")).isPresent()
                        && step.scalarAt("run").isEmpty();
        boolean shell =
                step.scalarAt("shell")
                                .filter(
                                        one ->
                                                one.text()
                                                        .matches(
                                                                "(python|node|pwsh|powershell|cmd).*"))
                                .isEmpty()
                        && (uses.isEmpty() || remote);
        List<ShellCommand> commands =
                script.filter(_ -> shell)
                        .map(
                                text -> {
                                    var places = Embedded.places(file, text);
                                    return remote
                                            ? Shell.parseRemote(text.text(), places)
                                            : Shell.parse(text.text(), places);
                                })
                        .orElse(List.of());
        return new Step(
                step.place(),
                step.scalarAt("name").map(Scalar::text).orElse(""),
                uses,
                Parts.variables(step, "with"),
                Parts.variables(step, "env"),
                script.map(Parts::located),
                commands,
                truth(step, "continue-on-error"),
                Parts.scalar(step, "if"));
    }
}
