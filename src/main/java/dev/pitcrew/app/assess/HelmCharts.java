package dev.pitcrew.app.assess;

import dev.pitcrew.model.Problem;
import dev.pitcrew.read.survey.Repository.Contents;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.runtime.helm.Helm;
import dev.pitcrew.runtime.helm.HelmMissing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Charts that use functions, rendered by the user's `helm`. One that can't be is read as it would be without.
final class HelmCharts {
    private static final int CHARTS_MAX = 50;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern FUNCTIONS =
            Pattern.compile(
                    "\\{\\{-? ?(include|template|range|with|toYaml|tpl|printf|define)\\b|\\|\\s?(n?indent|toYaml|default|tpl|required|trunc)\\b");
    private static final Pattern TEMPLATE =
            Pattern.compile("(.*/)?templates/([^/]+/)*[^/]+\\.ya?ml");

    private HelmCharts() {}

    /// @param folder that the contents were read from
    /// @throws HelmMissing when the program can't be started
    static Contents rendered(Path folder, Contents contents, String helm) throws HelmMissing {
        if (!Files.isDirectory(folder)) {
            return contents; // one file is no chart
        }
        var problems = new ArrayList<>(contents.problems());
        var made = new HashMap<String, SourceFile>();
        var charts = charts(contents.sources());
        for (SourceFile chart : charts.subList(0, Math.min(CHARTS_MAX, charts.size()))) {
            render(chart, folder, contents.sources(), new Helm(helm, LIMIT), made, problems);
        }
        charts.stream()
                .skip(CHARTS_MAX)
                .limit(1)
                .forEach(
                        one ->
                                problems.add(
                                        new Problem(
                                                one.place(1, 1),
                                                "and later charts were not rendered: there are more than "
                                                        + CHARTS_MAX)));
        var files =
                contents.sources().all().stream()
                        .map(file -> made.getOrDefault(file.path(), file))
                        .toList();
        return new Contents(new Sources(files), problems);
    }

    /// Those that use functions and are no part of another one.
    private static List<SourceFile> charts(Sources sources) {
        return sources.all().stream()
                .filter(file -> file.name().equals("Chart.yaml"))
                .filter(
                        file ->
                                !file.path().matches("(.*/)?charts/[^/]+/Chart\\.yaml")
                                        || sources.file(parent(file) + "Chart.yaml").isEmpty())
                .filter(
                        chart ->
                                sources.all().stream()
                                        .filter(file -> isTemplate(file, root(chart)))
                                        .anyMatch(file -> FUNCTIONS.matcher(file.text()).find()))
                .toList();
    }

    private static String root(SourceFile chart) {
        return chart.folder().isEmpty() ? "" : chart.folder() + "/";
    }

    private static String parent(SourceFile chart) {
        return chart.path().replaceFirst("charts/[^/]+/Chart\\.yaml$", "");
    }

    private static boolean isTemplate(SourceFile file, String root) {
        return file.path().startsWith(root)
                && TEMPLATE.matcher(file.path().substring(root.length())).matches();
    }

    private static void render(
            SourceFile chart,
            Path folder,
            Sources sources,
            Helm helm,
            Map<String, SourceFile> made,
            List<Problem> problems)
            throws HelmMissing {
        String release =
                chart.document()
                        .root()
                        .flatMap(root -> root.scalarAt("name"))
                        .map(Scalar::text)
                        .filter(name -> name.matches("[a-z0-9]([a-z0-9-]{0,50}[a-z0-9])?"))
                        .orElse("release");
        try {
            var parts = helm.template(release, folder.resolve(chart.folder()));
            int lost = 0;
            int lines = 0;
            for (SourceFile file : sources.all()) {
                if (isTemplate(file, root(chart))) {
                    String text =
                            parts.getOrDefault(file.path().substring(root(chart).length()), "");
                    var one = file.rendered(text);
                    made.put(file.path(), one);
                    lost += one.rendered().orElseThrow().lost();
                    lines += (int) text.lines().count();
                }
            }
            if (lost > 0) {
                problems.add(
                        new Problem(
                                chart.place(1, 1),
                                "%d of %d lines that helm made of this chart come from elsewhere than their template; what is told of them stands at its first line"
                                        .formatted(lost, lines)));
            }
        } catch (HelmMissing e) {
            throw e;
        } catch (IOException e) {
            problems.add(
                    new Problem(
                            chart.place(1, 1),
                            "helm did not render this chart, so it is read as far as plain substitution goes: "
                                    + e.getMessage()));
        }
    }
}
