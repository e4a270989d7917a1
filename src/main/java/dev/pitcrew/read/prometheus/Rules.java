package dev.pitcrew.read.prometheus;

import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.Query;
import dev.pitcrew.model.infra.RecordingRule;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.Optional;

/// Groups of rules.
final class Rules {
    private Rules() {}

    /// @param root what has the key `groups`
    static void read(SourceFile file, Node root, String format, Found found) {
        for (Mapping group : Values.mappings(root, "groups")) {
            for (Mapping rule : Values.mappings(group, "rules")) {
                rule(file, group, rule, format, found);
            }
        }
    }

    private static void rule(
            SourceFile file, Mapping group, Mapping rule, String format, Found found) {
        String name = group.scalarAt("name").map(Scalar::text).orElse("");
        var query = rule.scalarAt("expr").flatMap(expression -> query(file, expression, found));
        Values.text(rule, "alert")
                .ifPresent(
                        alert ->
                                found.fact(
                                        new AlertRule(
                                                format,
                                                alert.place(),
                                                alert.value(),
                                                name,
                                                Values.duration(group, "interval"),
                                                query,
                                                Values.duration(rule, "for"),
                                                Values.labels(rule, "labels"),
                                                Values.labels(rule, "annotations"))));
        Values.text(rule, "record")
                .ifPresent(
                        record ->
                                found.fact(
                                        new RecordingRule(
                                                format,
                                                record.place(),
                                                record.value(),
                                                name,
                                                query)));
    }

    private static Optional<Query> query(SourceFile file, Scalar expression, Found found) {
        var places = ScalarPlaces.of(file, expression);
        try {
            return Optional.of(Queries.of(expression.text(), places));
        } catch (PromQlParser.Unreadable e) {
            if (!isTemplate(expression.text())) {
                found.problem(
                        places.apply(e.at()),
                        "not an expression that Prometheus takes: " + e.getMessage());
            }
            return Optional.empty();
        }
    }

    /// Something else fills this in before Prometheus reads it.
    private static boolean isTemplate(String text) {
        return text.contains("{{")
                || text.contains("${")
                || text.contains("[[")
                || text.contains("<%")
                || text.contains("$__")
                || text.contains("%(");
    }
}
