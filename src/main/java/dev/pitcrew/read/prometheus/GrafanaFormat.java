package dev.pitcrew.read.prometheus;

import dev.pitcrew.model.infra.DashboardFolder;
import dev.pitcrew.model.infra.DataSource;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a Grafana is given: dashboards, and the provisioning of data sources, of folders of dashboards, of alerts, contact points and notification policies, as YAML or JSON, also inside ConfigMaps.
///
/// @see <a href="https://grafana.com/docs/grafana/latest/administration/provisioning/">provisioning</a>
public final class GrafanaFormat implements Format {
    static final String NAME = "grafana";

    private static final Pattern YAML =
            Pattern.compile(
                    "(?m)^ *\"?(datasources|contactPoints|muteTimes|policies|providers|datasourceUid|- +datasourceUid|- +\"?datasourceUid)\"?:");
    private static final Pattern OBJECT = Pattern.compile("(?m)^kind: *[A-Z]");
    private static final Pattern CONFIG_MAP = Pattern.compile("(?m)^kind: *ConfigMap");

    /// Of which it takes one.
    private static final List<String> WORDS =
            List.of(
                    "datasources",
                    "contactPoints",
                    "muteTimes",
                    "policies",
                    "providers",
                    "datasourceUid");

    private static final Pattern PAIR =
            Pattern.compile("\\\\u[dD][89abAB]\\p{XDigit}{2}\\\\u[dD][c-fC-F]\\p{XDigit}{2}");
    private static final Function<SourceFile, YamlTree.Parsed> JSON = GrafanaFormat::json;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean claims(SourceFile file) {
        String name = file.name();
        String text = file.text();
        if (name.endsWith(".json")) {
            return isDashboard(text)
                    || (text.contains("\"apiVersion\"")
                            && (text.contains("\"datasourceUid\"")
                                    || text.contains("\"contactPoints\"")
                                    || (text.contains("\"policies\"")
                                            && text.contains("\"receiver\""))));
        }
        return (name.endsWith(".yml") || name.endsWith(".yaml"))
                && (isDashboard(text)
                        || (WORDS.stream().anyMatch(text::contains) && YAML.matcher(text).find()))
                && !isOtherObject(text);
    }

    /// An object of Kubernetes that is no ConfigMap: a scaler has `policies` as well.
    private static boolean isOtherObject(String text) {
        return OBJECT.matcher(text).find() && !CONFIG_MAP.matcher(text).find();
    }

    private static boolean isDashboard(String text) {
        return text.contains("\"panels\"")
                && (text.contains("\"schemaVersion\"") || text.contains("\"gridPos\""));
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        var folders = new TreeMap<String, GrafanaAlerts>();
        for (SourceFile file : files) {
            var inside = Documents.embedded(file);
            // Grafana reads all files of one folder together.
            var alerts =
                    folders.computeIfAbsent(
                            inside.isEmpty() ? file.folder() : file.path(),
                            _ -> new GrafanaAlerts(found));
            (inside.isEmpty() ? Stream.of(file) : inside.stream())
                    .filter(this::claims)
                    .filter(part -> !inside.isEmpty() || !OBJECT.matcher(part.text()).find())
                    .forEach(part -> read(part, !inside.isEmpty(), alerts, found));
        }
        folders.values().forEach(GrafanaAlerts::leave);
    }

    private static void read(SourceFile file, boolean isInside, GrafanaAlerts alerts, Found found) {
        boolean isJson = file.name().endsWith(".json") || (isInside && isDashboard(file.text()));
        var parsed = isJson ? file.once(JSON) : file.document();
        if (parsed.root().isEmpty()) {
            parsed.problems().stream()
                    .limit(1)
                    .forEach(one -> found.problem(one.place(), "can't be read as Grafana would"));
            return;
        }
        Node root = parsed.root().get();
        if (root.at("panels").isPresent() || root.at("dashboard", "panels").isPresent()) {
            Node dashboard = root.at("dashboard").orElse(root);
            found.fact(Dashboards.read(file, dashboard));
            PanelAlerts.read(file, dashboard, found);
            return;
        }
        sources(root, found);
        if (root.at("apiVersion").isPresent()) {
            for (Mapping one : Values.mappings(root, "providers")) {
                Values.text(one, "options", "path")
                        .ifPresent(
                                path ->
                                        found.fact(
                                                new DashboardFolder(
                                                        NAME, path.place(), path.value())));
            }
            alerts.read(file, root);
        }
    }

    private static void sources(Node root, Found found) {
        for (Mapping one : Values.mappings(root, "datasources")) {
            var type = one.scalarAt("type").map(Scalar::text);
            var name = Values.text(one, "name");
            if (type.isPresent() && name.isPresent()) {
                found.fact(
                        new DataSource(
                                NAME,
                                name.get().place(),
                                name.get().value(),
                                Values.text(one, "uid").map(uid -> uid.value()),
                                type.get()));
            }
        }
    }

    /// JSON is YAML but for tabs, and for characters in two halves; all places stay.
    private static YamlTree.Parsed json(SourceFile file) {
        String plain =
                PAIR.matcher(file.text().replace('\t', ' '))
                        .replaceAll(pair -> ".".repeat(pair.group().length()));
        return YamlTree.parse(file.path(), plain);
    }

    /// The mappings of a list, those in the lists of the same name below them as well.
    static List<Mapping> nested(Node node, String key) {
        var all = new ArrayList<Mapping>();
        for (Mapping one : Values.mappings(node, key)) {
            all.add(one);
            all.addAll(Values.mappings(one, key));
        }
        return all;
    }
}
