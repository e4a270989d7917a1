package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Job;
import dev.pitcrew.model.infra.Pipeline.Step;
import dev.pitcrew.model.infra.ShellCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A manifest runs a tag of an image that no pipeline builds any more.
public final class TagNobodyBuilds implements Check {
    @Override
    public Id id() {
        return new Id(
                "SYS-030",
                "tag-nobody-builds",
                Severity.HIGH,
                "A manifest runs a tag of an image that no pipeline builds any more");
    }

    private static final Pattern SAID_LATER =
            Pattern.compile(
                    "(?s).*(set image|kustomize edit|sed -i|yq |envsubst|--set |docker tag|helm ).*");

    @Override
    public void look(Subject subject, Report report) {
        var pushed = new LinkedHashMap<String, List<Located<String>>>();
        boolean saidLater = false;
        for (Pipeline pipeline : subject.all(Pipeline.class)) {
            for (Job job : pipeline.jobs()) {
                for (Step step : job.steps()) {
                    tags(step).forEach(tag -> put(pushed, tag));
                    saidLater |=
                            step.run()
                                    .filter(run -> SAID_LATER.matcher(run.value()).matches())
                                    .isPresent();
                }
            }
        }
        if (saidLater || pushed.isEmpty() || pushed.containsKey("")) {
            return;
        }
        for (Container one : subject.all(Container.class)) {
            if (one.image().isEmpty() || one.build().isPresent() || Paths.isTest(one.place())) {
                continue;
            }
            String image = one.image().get().value();
            var tags = pushed.getOrDefault(name(image), List.of());
            if (!tags.isEmpty()
                    && !image.contains("$")
                    && !image.contains("@")
                    && tags.stream().noneMatch(tag -> mayBe(tag(tag.value()), tag(image)))) {
                report.finding(
                                one.image().get().place(),
                                "%s runs %s, and the pipeline pushes only %s"
                                        .formatted(one.name(), image, tags.getFirst().value()))
                        .about(one)
                        .also(tags.getFirst().place(), "it is pushed here");
            }
        }
    }

    private static void put(Map<String, List<Located<String>>> pushed, Located<String> image) {
        pushed.computeIfAbsent(name(image.value()), _ -> new ArrayList<>()).add(image);
    }

    /// What a step pushes; something without a name where that can't be told.
    private static List<Located<String>> tags(Step step) {
        var tags = new ArrayList<Located<String>>();
        if (step.action().equals("docker/build-push-action")) {
            for (String line : step.input("tags").orElse("").strip().split("[\\n,]", -1)) {
                tags.add(new Located<>(known(line.strip()), step.place()));
            }
        }
        for (ShellCommand one : step.commands()) {
            boolean pushes =
                    one.runs("docker", "podman") && one.verb().filter("push"::equals).isPresent();
            if (pushes) {
                boolean all = one.hasArgument("-a", "--all-tags");
                tags.add(new Located<>(all ? "" : known(one.arguments().getLast()), one.place()));
            }
        }
        return tags;
    }

    /// An image whose name stands there in full; its tag may be told later.
    private static String known(String image) {
        return name(image).matches("[a-z0-9][a-z0-9./_-]*(:[0-9]+/[a-z0-9./_-]+)?") ? image : "";
    }

    private static String name(String image) {
        int colon =
                image.indexOf(
                        ':',
                        image.lastIndexOf(
                                        '/',
                                        image.indexOf('$') < 0
                                                ? image.length()
                                                : image.indexOf('$'))
                                + 1);
        return colon < 0 ? image : image.substring(0, colon);
    }

    private static String tag(String image) {
        String name = name(image);
        return name.length() == image.length() ? "latest" : image.substring(name.length() + 1);
    }

    /// Whether a tag as the pipeline writes it may be the tag of a manifest.
    private static boolean mayBe(String written, String tag) {
        if (!written.contains("$")) {
            return written.equals(tag);
        }
        return !written.matches(
                        "\\$\\{\\{\\s*github\\.sha\\s*}}|\\$\\{?(GITHUB_SHA|CI_COMMIT_SHA|CI_COMMIT_SHORT_SHA)}?")
                || tag.matches("[0-9a-f]{7,40}");
    }
}
