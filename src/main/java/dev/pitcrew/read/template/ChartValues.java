package dev.pitcrew.read.template;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.MissingValue;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/// The values that templates of a Helm chart put in as they are: without a default, a guard or a condition.
public final class ChartValues implements Format {
    private static final Pattern TEMPLATES =
            Pattern.compile("(.*/)?templates/([^/]+/)*[^/]+\\.ya?ml");

    private static final Pattern PLAIN =
            Pattern.compile(
                    "\\{\\{-? ?\\$?\\.Values\\.([A-Za-z0-9_]+(?:\\.[A-Za-z0-9_]+){1,6}) ?(?:\\|"
                            + " ?(?:quote|squote|toString|trim|lower) ?)?-?\\}\\}");
    private static final int USES_MAX = 2000;

    @Override
    public String name() {
        return "helm";
    }

    @Override
    public boolean claims(SourceFile file) {
        return TEMPLATES.matcher(file.path()).matches() && file.text().contains(".Values.");
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        var charts = new HashMap<String, List<Node>>();
        for (SourceFile file : files) {
            int at = file.path().lastIndexOf("templates/");
            String chart = file.path().substring(0, at);
            boolean isPart = chart.matches("(.*/)?charts/[^/]+/"); // its parent gives it values
            var values =
                    isPart
                            ? List.<Node>of()
                            : charts.computeIfAbsent(chart, name -> values(name, sources));
            if (!values.isEmpty()) {
                var said = sources.file(chart + "values.yaml").map(SourceFile::text).orElse("");
                read(file, values, said, found);
            }
        }
    }

    /// What `values.yaml` holds, then what files for environments add to it.
    private static List<Node> values(String chart, Sources sources) {
        if (sources.file(chart + "Chart.yaml").isEmpty()
                || sources.file(chart + "values.yaml").isEmpty()) {
            return List.of();
        }
        return sources.all().stream()
                .filter(file -> file.path().startsWith(chart))
                .filter(
                        file ->
                                file.path()
                                        .substring(chart.length())
                                        .matches("values[^/]*\\.ya?ml"))
                .sorted(Comparator.comparing(file -> !file.name().equals("values.yaml")))
                .flatMap(file -> file.document().root().stream())
                .toList();
    }

    private static void read(SourceFile file, List<Node> values, String written, Found found) {
        var said = new HashSet<String>();
        var uses = PLAIN.matcher(file.text());
        for (int i = 0; i < USES_MAX && uses.find(); i++) {
            String path = uses.group(1);
            String[] keys = path.split("\\.");
            var parent =
                    values.getFirst()
                            .at(List.of(keys).subList(0, keys.length - 1).toArray(String[]::new));
            boolean isMissing =
                    parent.filter(Mapping.class::isInstance)
                                    .filter(one -> ((Mapping) one).entries().size() > 0)
                                    .isPresent()
                            && values.stream().allMatch(one -> one.at(keys).isEmpty());
            if (isMissing
                    && said.add(path)
                    && !isGuarded(file.text(), path)
                    && !isOffered(written, parent.get().place(), keys[keys.length - 1])) {
                found.fact(new MissingValue(file.place(uses.start(1)), path, parent.get().place()));
            }
        }
    }

    /// Whether the values have it as a comment in the mapping where it should stand, for whoever wants it.
    private static boolean isOffered(String values, Place mapping, String key) {
        return values.lines()
                .skip(mapping.line() - 1L)
                .takeWhile(
                        line ->
                                line.isBlank()
                                        || line.stripLeading().startsWith("#")
                                        || indent(line) >= mapping.column() - 1)
                .anyMatch(line -> line.matches("\\s*#+\\s*" + key + ":.*"));
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    /// Whether the template asks first whether it is there.
    private static boolean isGuarded(String text, String path) {
        return text.lines()
                .filter(line -> line.length() < 2000 && line.contains("Values." + path))
                .anyMatch(
                        line -> line.matches(".*\\b(if|with|range|required|hasKey|default)\\b.*"));
    }
}
