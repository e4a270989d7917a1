package dev.pitcrew.read.prometheus;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.AlertRouting;
import dev.pitcrew.model.infra.AlertRouting.Destination;
import dev.pitcrew.model.infra.AlertRouting.Interval;
import dev.pitcrew.model.infra.AlertRouting.Receiver;
import dev.pitcrew.model.infra.AlertRouting.Route;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.ContactPoint;
import dev.pitcrew.model.infra.GrafanaAlert;
import dev.pitcrew.model.infra.Query;
import dev.pitcrew.model.infra.SourceUse;
import dev.pitcrew.read.prometheus.Panels.Threshold;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The alerting of one provisioning folder of a Grafana: alerts, and who is told.
final class GrafanaAlerts {
    private static final List<String> ADDRESSES =
            List.of(
                    "url",
                    "addresses",
                    "integrationKey",
                    "bottoken",
                    "endpointUrl",
                    "topic_arn",
                    "apiToken",
                    "apiKey",
                    "token",
                    "chatid");

    private final Found found;
    private final List<Receiver> receivers = new ArrayList<>();
    private final List<Route> roots = new ArrayList<>();
    private final List<Interval> intervals = new ArrayList<>();

    GrafanaAlerts(Found found) {
        this.found = found;
    }

    void read(SourceFile file, Node root) {
        for (Mapping group : Values.mappings(root, "groups")) {
            for (Mapping rule : Values.mappings(group, "rules")) {
                Values.text(rule, "title")
                        .filter(_ -> rule.at("data").isPresent())
                        .ifPresent(title -> rule(file, group, rule, title));
            }
        }
        Values.mappings(root, "contactPoints").forEach(this::contact);
        for (Mapping policy : Values.mappings(root, "policies")) {
            if (policy.entry("receiver").isPresent()) {
                roots.add(AlertmanagerFormat.route(policy, null, 0));
            }
        }
        for (Mapping mute : Values.mappings(root, "muteTimes")) {
            Values.text(mute, "name")
                    .ifPresent(
                            name ->
                                    intervals.add(
                                            new Interval(
                                                    name.place(), name.value(), Spans.of(mute))));
        }
    }

    /// Leaves what only all files of the folder say together.
    void leave() {
        roots.forEach(
                root ->
                        found.fact(
                                new AlertRouting(
                                        GrafanaFormat.NAME,
                                        root.place(),
                                        root,
                                        receivers,
                                        List.of(),
                                        intervals)));
    }

    private void contact(Mapping point) {
        var name = Values.text(point, "name");
        if (name.isEmpty()) {
            return;
        }
        var destinations = new ArrayList<Destination>();
        for (Mapping one : Values.mappings(point, "receivers")) {
            var address =
                    ADDRESSES.stream()
                            .flatMap(key -> one.scalarAt("settings", key).stream())
                            .findFirst();
            destinations.add(
                    new Destination(
                            address.map(Scalar::place).orElse(one.place()),
                            one.scalarAt("type").map(Scalar::text).orElse(""),
                            address.map(Scalar::text).orElse(""),
                            true)); // Grafana fills variables in
        }
        var receiver = new Receiver(name.get().place(), name.get().value(), destinations);
        receivers.add(receiver);
        found.fact(new ContactPoint(GrafanaFormat.NAME, receiver.place(), receiver));
    }

    private void rule(SourceFile file, Mapping group, Mapping rule, Located<String> title) {
        var sources = new ArrayList<SourceUse>();
        var queries = new ArrayList<Query>();
        var data = Values.mappings(rule, "data");
        long asked = data.stream().filter(one -> one.scalarAt("model", "expr").isPresent()).count();
        boolean isWhole = true;
        for (Mapping one : data) {
            String type = one.scalarAt("model", "datasource", "type").map(Scalar::text).orElse("");
            var use =
                    one.scalarAt("datasourceUid")
                            .map(uid -> new SourceUse(uid.place(), uid.text(), type));
            use.ifPresent(sources::add);
            if (use.filter(SourceUse::isBuiltIn).isPresent()) {
                continue;
            }
            var query =
                    one.scalarAt("model", "expr")
                            .filter(_ -> type.isEmpty() || type.equals("prometheus"))
                            .flatMap(
                                    expression ->
                                            Panels.query(
                                                    file,
                                                    expression,
                                                    asked == 1
                                                            ? threshold(data)
                                                            : Optional.empty()));
            query.ifPresent(queries::add);
            isWhole &= query.isPresent();
        }
        var alert =
                new AlertRule(
                        GrafanaFormat.NAME,
                        title.place(),
                        title.value(),
                        group.scalarAt("name").map(Scalar::text).orElse(""),
                        Values.duration(group, "interval"),
                        isWhole ? together(queries) : Optional.empty(),
                        Values.duration(rule, "for"),
                        Values.labels(rule, "labels"),
                        Values.labels(rule, "annotations"));
        found.fact(alert);
        found.fact(
                new GrafanaAlert(
                        alert,
                        Values.text(rule, "noDataState"),
                        Values.text(rule, "notification_settings", "receiver"),
                        sources,
                        rule.scalarAt("isPaused")
                                .filter(one -> one.text().equals("true"))
                                .isPresent()));
    }

    /// What several queries ask, as one that only says what all of them read.
    static Optional<Query> together(List<Query> queries) {
        if (queries.size() < 2) {
            return queries.stream().findFirst();
        }
        return Optional.of(
                new Query(
                        queries.getFirst().text(),
                        queries.getFirst().place(),
                        queries.stream().flatMap(one -> one.selectors().stream()).toList(),
                        queries.stream().flatMap(one -> one.comparisons().stream()).toList(),
                        Optional.empty(),
                        false));
    }

    /// The one condition of an alert, where it is one number.
    private static Optional<Threshold> threshold(List<Mapping> data) {
        for (Mapping one : data) {
            if (one.scalarAt("model", "type").map(Scalar::text).orElse("").equals("math")) {
                return Optional.empty();
            }
        }
        for (Mapping one : data.reversed()) {
            for (Mapping condition : Values.mappings(one, "model", "conditions")) {
                var threshold = PanelAlerts.threshold(condition);
                if (threshold.isPresent()) {
                    return threshold;
                }
            }
        }
        return Optional.empty();
    }
}
