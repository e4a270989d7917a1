package dev.pitcrew.read.prometheus;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.GrafanaAlert;
import dev.pitcrew.model.infra.Query;
import dev.pitcrew.read.prometheus.Panels.Threshold;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Alerts inside the panels of a dashboard (`panels[].alert`), as Grafana had them up to version 10. Who is told stands in
/// the alert itself, and the data source is that of its panel.
final class PanelAlerts {
    private PanelAlerts() {}

    /// @param root what has the key `panels`
    static void read(SourceFile file, Node root, Found found) {
        for (Mapping panel : GrafanaFormat.nested(root, "panels")) {
            if (panel.at("alert").orElse(null) instanceof Mapping alert) {
                Values.text(alert, "name")
                        .ifPresent(name -> leave(rule(file, panel, alert, name), alert, found));
            }
        }
    }

    private static void leave(AlertRule rule, Mapping alert, Found found) {
        found.fact(rule);
        found.fact(
                new GrafanaAlert(
                        rule,
                        Values.text(alert, "noDataState"),
                        Optional.of(told(alert, rule)),
                        List.of(),
                        false));
    }

    /// The first that is told; without one, all of the kind that Grafana tells of each alert.
    private static Located<String> told(Mapping alert, AlertRule rule) {
        return Values.mappings(alert, "notifications").stream()
                .flatMap(one -> Values.text(one, "uid").or(() -> Values.text(one, "id")).stream())
                .findFirst()
                .orElse(new Located<>("default", rule.place()));
    }

    private static AlertRule rule(
            SourceFile file, Mapping panel, Mapping alert, Located<String> name) {
        var conditions = Values.mappings(alert, "conditions");
        var queries = new ArrayList<Query>();
        boolean isWhole = !conditions.isEmpty();
        for (Mapping condition : conditions) {
            var query =
                    asked(panel, condition)
                            .flatMap(
                                    expression ->
                                            Panels.query(
                                                    file,
                                                    expression,
                                                    conditions.size() == 1
                                                            ? threshold(condition)
                                                            : Optional.empty()));
            query.ifPresent(queries::add);
            isWhole &= query.isPresent();
        }
        return new AlertRule(
                GrafanaFormat.NAME,
                name.place(),
                name.value(),
                "",
                Values.duration(alert, "frequency"),
                isWhole ? GrafanaAlerts.together(queries) : Optional.empty(),
                Values.duration(alert, "for"),
                Values.labels(alert, "alertRuleTags"),
                List.of());
    }

    /// The expression that a condition looks at, by its letter.
    private static Optional<Scalar> asked(Mapping panel, Mapping condition) {
        String letter =
                condition.scalarsAt("query", "params").stream()
                        .findFirst()
                        .map(Scalar::text)
                        .orElse("");
        return Values.mappings(panel, "targets").stream()
                .filter(one -> one.scalarAt("refId").map(Scalar::text).orElse("").equals(letter))
                .findFirst()
                .flatMap(one -> one.scalarAt("expr"));
    }

    /// The condition as a comparison with one number, where it is one.
    static Optional<Threshold> threshold(Mapping condition) {
        String type = condition.scalarAt("evaluator", "type").map(Scalar::text).orElse("");
        var number =
                condition.scalarsAt("evaluator", "params").stream()
                        .findFirst()
                        .map(Scalar::text)
                        .map(Panels::number)
                        .orElse(OptionalDouble.empty());
        return type.matches("gt|lt") && number.isPresent()
                ? Optional.of(new Threshold(type.equals("gt") ? ">" : "<", number.getAsDouble()))
                : Optional.empty();
    }
}
