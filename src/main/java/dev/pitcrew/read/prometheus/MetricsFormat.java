package dev.pitcrew.read.prometheus;

import dev.pitcrew.model.infra.ExportedMetric;
import dev.pitcrew.model.infra.ExportedMetric.Kind;
import dev.pitcrew.model.infra.MetricsServer;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What code says about the metrics that it exports: clients of Prometheus in Python, Java and Go, Micrometer, and texts of the exposition format.
public final class MetricsFormat implements Format {
    /// Python `Counter("name", …)`, also behind an alias of the module.
    private static final Pattern PYTHON =
            Pattern.compile(
                    "\\b(Counter|Gauge|Histogram|Summary|Info|Enum)\\(\\s{0,200}(?:name\\s?=\\s?)?([frb]?)[\"']([A-Za-z_:{}][\\w:{}.]{0,120})[\"']");

    private static final Pattern JAVA =
            Pattern.compile(
                    "\\b(Counter|Gauge|Histogram|Summary|Timer|DistributionSummary|FunctionCounter|TimeGauge)\\s?\\.\\s?(?:build|builder)\\(\\s{0,200}\"([\\w.:-]{1,120})\"");
    private static final Pattern JAVA_NAME =
            Pattern.compile(
                    "\\b(Counter|Gauge|Histogram|Summary)\\s?\\.\\s?builder\\(\\)\\s{0,200}\\.\\s?name\\(\\s{0,50}\"([\\w.:-]{1,120})\"");
    private static final Pattern REGISTRY =
            Pattern.compile(
                    "\\b(?:\\w*[rR]egistry|Metrics|meters?)\\s?\\.\\s?(counter|gauge|timer|summary)\\(\\s{0,200}\"([\\w.:-]{1,120})\"");
    private static final Pattern GO =
            Pattern.compile(
                    "\\b(Counter|Gauge|Histogram|Summary)(?:Func)?(?:Vec)?Opts?\\{([^}]{1,600})\\}|New(Counter|Gauge|Histogram|Summary)(?:Func)?(?:Vec)?\\(\\s{0,50}prometheus\\.\\w+Opts\\{([^}]{1,600})\\}");
    private static final Pattern GO_NAME =
            Pattern.compile("\\b(Namespace|Subsystem|Name):\\s{0,50}\"(\\w{1,120})\"");
    private static final Pattern TYPE =
            Pattern.compile(
                    "# TYPE ([A-Za-z_:][\\w:]{0,120}) (counter|gauge|histogram|summary|untyped)");
    private static final Pattern SERVER =
            Pattern.compile(
                    "\\bstart_(?:http|wsgi)_server\\(\\s{0,50}(?:port\\s?=\\s?)?([0-9]{2,5})\\b");

    private static final Pattern NAME =
            Pattern.compile("(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]{0,60}+[_.:][\\w.:]{0,120}\\w");
    private static final Pattern CODE = Pattern.compile(".*\\.(py|java|go|kt|ts|js|rs|cs|cpp)");
    private static final Function<SourceFile, Set<String>> ASKED = MetricsFormat::askedIn;
    private static final Function<SourceFile, Map<String, Integer>> WORDS = MetricsFormat::wordsIn;
    private static final List<String> ENDINGS =
            List.of("_total", "_seconds", "_bucket", "_count", "_sum", "_seconds_bucket");

    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public boolean claims(SourceFile file) {
        String name = file.name();
        if (!name.endsWith(".py") && !name.endsWith(".java") && !name.endsWith(".go")) {
            return false;
        }
        String text = file.text();
        return text.contains("prometheus")
                || text.contains("micrometer")
                || text.contains("# TYPE ");
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        mentions(sources, found);
        for (SourceFile file : files) {
            if (file.name().endsWith(".py")) {
                python(file, found);
            } else if (file.name().endsWith(".java")) {
                java(file, found);
            } else {
                go(file, found);
            }
            var type = TYPE.matcher(file.text());
            while (type.find()) {
                export(file, type.start(1), type.group(1), kind(type.group(2)), true, found);
            }
        }
    }

    private static boolean asksInPanels(SourceFile file) {
        return file.name().endsWith(".json")
                && file.text().contains("\"panels\"")
                && file.text().contains("\"expr\"");
    }

    /// Names that rules and panels ask for, where code only mentions them: something else may put them together.
    private static void mentions(Sources sources, Found found) {
        var asked = new HashSet<String>();
        sources.all().forEach(file -> asked.addAll(file.once(ASKED)));
        if (asked.isEmpty()) {
            return;
        }
        for (SourceFile file : sources.all()) {
            file.once(WORDS)
                    .forEach(
                            (name, at) -> {
                                if (answered(asked, name)) {
                                    export(file, at, name, Kind.UNKNOWN, false, found);
                                }
                            });
        }
    }

    /// The names that a file of rules or panels asks for; none when it is no such file.
    private static Set<String> askedIn(SourceFile file) {
        return new PrometheusFormat().claims(file) || asksInPanels(file)
                ? NAME.matcher(file.text())
                        .results()
                        .map(MatchResult::group)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /// What may be a name in a file of code, with where it stands first; in order.
    private static Map<String, Integer> wordsIn(SourceFile file) {
        var words = new LinkedHashMap<String, Integer>();
        if (CODE.matcher(file.name()).matches()) {
            var word = NAME.matcher(file.text());
            while (word.find()) {
                words.putIfAbsent(word.group().replace('.', '_'), word.start());
            }
        }
        return words;
    }

    private static boolean answered(Set<String> asked, String name) {
        return asked.contains(name)
                || ENDINGS.stream()
                        .anyMatch(
                                ending ->
                                        asked.contains(name + ending)
                                                || (name.endsWith(ending)
                                                        && asked.contains(
                                                                name.substring(
                                                                        0,
                                                                        name.length()
                                                                                - ending
                                                                                        .length()))));
    }

    private static void python(SourceFile file, Found found) {
        if (!file.text().contains("prometheus")) {
            return; // a Counter of collections, say
        }
        var metric = PYTHON.matcher(file.text());
        while (metric.find()) {
            boolean isSure = !metric.group(3).contains("{");
            String name = metric.group(3).replaceAll("\\{[^}]*}?", "*");
            var kind = kind(metric.group(1));
            export(
                    file,
                    metric.start(3),
                    kind == Kind.COUNTER ? total(name) : name,
                    kind,
                    isSure,
                    found);
        }
        var server = SERVER.matcher(file.text());
        while (server.find()) {
            found.fact(
                    new MetricsServer(
                            "metrics",
                            file.place(server.start(1)),
                            Integer.parseInt(server.group(1))));
        }
    }

    private static void java(SourceFile file, Found found) {
        for (Pattern pattern : List.of(JAVA, JAVA_NAME, REGISTRY)) {
            var metric = pattern.matcher(file.text());
            while (metric.find()) {
                String base = metric.group(2).replaceAll("[.-]", "_");
                var kind = kind(metric.group(1));
                String name =
                        switch (metric.group(1).toLowerCase(Locale.ROOT)) {
                            case "timer" -> base.endsWith("_seconds") ? base : base + "_seconds";
                            case "counter", "functioncounter" -> total(base);
                            default -> base;
                        };
                export(file, metric.start(2), name, kind, true, found);
            }
        }
    }

    private static void go(SourceFile file, Found found) {
        var metric = GO.matcher(file.text());
        while (metric.find()) {
            boolean isShort = metric.group(1) != null;
            String body = isShort ? metric.group(2) : metric.group(4);
            String space = "";
            String part = "";
            String name = "";
            var field = GO_NAME.matcher(body);
            while (field.find()) {
                switch (field.group(1)) {
                    case "Namespace" -> space = field.group(2) + "_";
                    case "Subsystem" -> part = field.group(2) + "_";
                    default -> name = field.group(2);
                }
            }
            if (!name.isEmpty()
                    && !body.contains("Namespace: n")
                    && !body.contains("Subsystem: s")) {
                export(
                        file,
                        metric.start(),
                        space + part + name,
                        kind(isShort ? metric.group(1) : metric.group(3)),
                        true,
                        found);
            }
        }
    }

    private static String total(String name) {
        return name.endsWith("_total") ? name : name + "_total";
    }

    private static void export(
            SourceFile file, int at, String name, Kind kind, boolean isSure, Found found) {
        found.fact(new ExportedMetric("metrics", file.place(at), name, kind, isSure));
    }

    private static Kind kind(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "counter", "functioncounter" -> Kind.COUNTER;
            case "gauge", "info", "enum", "timegauge" -> Kind.GAUGE;
            case "histogram" -> Kind.HISTOGRAM;
            case "summary", "timer", "distributionsummary" -> Kind.SUMMARY;
            default -> Kind.UNKNOWN;
        };
    }
}
