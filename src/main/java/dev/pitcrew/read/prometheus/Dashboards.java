package dev.pitcrew.read.prometheus;

import dev.pitcrew.model.infra.Dashboard;
import dev.pitcrew.model.infra.Dashboard.Panel;
import dev.pitcrew.model.infra.Query;
import dev.pitcrew.model.infra.SourceUse;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a dashboard: what it asks, and whom.
final class Dashboards {
    private Dashboards() {}

    /// @param root what has the key `panels`
    static Dashboard read(SourceFile file, Node root) {
        var uses = new LinkedHashMap<String, SourceUse>();
        var panels = new ArrayList<Panel>();
        for (Mapping panel : GrafanaFormat.nested(root, "panels")) {
            var own = source(panel);
            own.ifPresent(one -> add(one, uses));
            var queries = new ArrayList<Query>();
            for (Mapping target : Values.mappings(panel, "targets")) {
                var source = source(target);
                source.ifPresent(one -> add(one, uses));
                String type = source.or(() -> own).map(SourceUse::type).orElse("");
                target.scalarAt("expr")
                        .filter(_ -> type.isEmpty() || type.equals("prometheus"))
                        .flatMap(expression -> Panels.query(file, expression))
                        .ifPresent(queries::add);
            }
            if (!queries.isEmpty()) {
                panels.add(
                        new Panel(
                                panel.place(),
                                panel.scalarAt("title").map(Scalar::text).orElse(""),
                                queries));
            }
        }
        var variables = new ArrayList<String>();
        for (Mapping one : Values.mappings(root, "templating", "list")) {
            one.scalarAt("name").map(Scalar::text).ifPresent(variables::add);
            source(one).ifPresent(use -> add(use, uses));
        }
        return new Dashboard(
                GrafanaFormat.NAME,
                root.scalarAt("title").map(Scalar::place).orElse(root.place()),
                root.scalarAt("title").map(Scalar::text).orElse(""),
                List.copyOf(uses.values()),
                variables,
                panels);
    }

    private static void add(SourceUse use, Map<String, SourceUse> uses) {
        uses.putIfAbsent(use.name(), use);
    }

    /// The data source of a panel, a query or a variable: a name, or a type and a uid.
    private static Optional<SourceUse> source(Mapping of) {
        return of.scalarAt("datasource")
                .filter(one -> !one.isEmpty())
                .map(one -> new SourceUse(one.place(), one.text(), ""))
                .or(
                        () ->
                                of.scalarAt("datasource", "uid")
                                        .filter(one -> !one.isEmpty())
                                        .map(
                                                uid ->
                                                        new SourceUse(
                                                                uid.place(),
                                                                uid.text(),
                                                                of.scalarAt("datasource", "type")
                                                                        .map(Scalar::text)
                                                                        .orElse(""))));
    }
}
