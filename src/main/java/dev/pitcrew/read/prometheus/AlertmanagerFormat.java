package dev.pitcrew.read.prometheus;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.AlertRouting;
import dev.pitcrew.model.infra.AlertRouting.Condition;
import dev.pitcrew.model.infra.AlertRouting.Destination;
import dev.pitcrew.model.infra.AlertRouting.Inhibition;
import dev.pitcrew.model.infra.AlertRouting.Interval;
import dev.pitcrew.model.infra.AlertRouting.Receiver;
import dev.pitcrew.model.infra.AlertRouting.Route;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Alertmanager configurations, as files or inside ConfigMaps and Secrets.
public final class AlertmanagerFormat implements Format {
    private static final int DEPTH_MAX = 30;
    private static final Pattern CONDITION =
            Pattern.compile(
                    "\\s*\"?([\\w.:-]+)\"?\\s*(=~|!~|!=|=)\\s*(?:\"((?:[^\"\\\\]|\\\\.){0,500}+)\"|'([^']*+)'|([^,}]*+))\\s*");
    private static final List<String> ADDRESSES =
            List.of(
                    "api_url",
                    "url",
                    "webhook_url",
                    "routing_key",
                    "service_key",
                    "to",
                    "api_key",
                    "bot_token",
                    "token",
                    "user_key",
                    "topic_arn",
                    "apiURL",
                    "routingKey",
                    "urlSecret");

    @Override
    public String name() {
        return "alertmanager";
    }

    @Override
    public boolean claims(SourceFile file) {
        String name = file.name();
        String text = file.text();
        return (name.endsWith(".yml") || name.endsWith(".yaml"))
                && text.contains("route:")
                && text.contains("receivers:")
                && text.contains("receiver:");
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        boolean isRendered =
                !files.isEmpty()
                        && sources.all().stream()
                                .anyMatch(
                                        file ->
                                                file.text().contains("alertmanager")
                                                        && (file.text().contains("envsubst")
                                                                || file.text().contains("gomplate")
                                                                || file.text()
                                                                        .contains(
                                                                                "consul-template")));
        for (SourceFile file : files) {
            var inside = Documents.embedded(file);
            var outside = inside.isEmpty() ? Documents.of(file) : List.<SourceFile>of();
            Stream.concat(inside.stream(), outside.stream())
                    .filter(this::claims)
                    .forEach(part -> read(part, isRendered, found));
        }
    }

    private static void read(SourceFile file, boolean isRendered, Found found) {
        var parsed = file.document();
        if (parsed.root().isEmpty()) {
            parsed.problems().forEach(one -> found.problem(one.place(), one.message()));
            return;
        }
        Node root = parsed.root().get();
        if (root.at("route").orElse(null) instanceof Mapping route
                && root.at("receivers").orElse(null) instanceof Node.Sequence
                && route.entry("receiver").isPresent()) {
            found.fact(
                    new AlertRouting(
                            "alertmanager",
                            root.place(),
                            route(route, null, 0),
                            receivers(root, isRendered),
                            Values.mappings(root, "inhibit_rules").stream()
                                    .map(AlertmanagerFormat::inhibition)
                                    .toList(),
                            intervals(root)));
        }
    }

    /// @param above the route that it stands below; absent at the top
    static Route route(Mapping route, @Nullable Route above, int depth) {
        Optional<Located<Duration>> none = Optional.empty();
        var receiver =
                Values.text(route, "receiver")
                        .orElseGet(
                                () ->
                                        above == null
                                                ? new Located<>("", route.place())
                                                : above.receiver());
        var own =
                new Route(
                        route.place(),
                        conditions(route, "matchers", "match", "match_re"),
                        receiver,
                        Values.duration(route, "group_wait")
                                .or(() -> above == null ? none : above.groupWait()),
                        Values.duration(route, "group_interval")
                                .or(() -> above == null ? none : above.groupInterval()),
                        Values.duration(route, "repeat_interval")
                                .or(() -> above == null ? none : above.repeatInterval()),
                        route.scalarAt("continue")
                                .filter(one -> one.text().equals("true"))
                                .isPresent(),
                        Stream.concat(
                                        Values.texts(route, "mute_time_intervals").stream(),
                                        Values.texts(route, "mute_timings").stream())
                                .toList(),
                        Values.texts(route, "active_time_intervals"),
                        List.of());
        var below = new ArrayList<Route>();
        if (depth < DEPTH_MAX) {
            for (Mapping one : Values.mappings(route, "routes")) {
                below.add(route(one, own, depth + 1));
            }
        }
        return new Route(
                own.place(),
                own.conditions(),
                own.receiver(),
                own.groupWait(),
                own.groupInterval(),
                own.repeatInterval(),
                own.goesOn(),
                own.mutedIn(),
                own.activeIn(),
                below);
    }

    private static List<Condition> conditions(
            Node of, String matchers, String equal, String expressions) {
        var conditions = new ArrayList<Condition>();
        of.scalarsAt(matchers).forEach(one -> parse(one, conditions));
        objects(of, conditions);
        for (var entry : of.entriesAt(equal)) {
            if (entry.value() instanceof Scalar value) {
                conditions.add(new Condition(entry.key().place(), entry.name(), "=", value.text()));
            }
        }
        for (var entry : of.entriesAt(expressions)) {
            if (entry.value() instanceof Scalar value) {
                conditions.add(
                        new Condition(entry.key().place(), entry.name(), "=~", value.text()));
            }
        }
        return conditions;
    }

    /// Grafana's `[severity, =, page]`.
    private static void objects(Node of, List<Condition> conditions) {
        if (of.at("object_matchers").orElse(null) instanceof Node.Sequence list) {
            for (Node one : list.items()) {
                if (one instanceof Node.Sequence parts
                        && parts.items().size() == 3
                        && parts.items().stream().allMatch(Scalar.class::isInstance)) {
                    var words = parts.items().stream().map(part -> ((Scalar) part).text()).toList();
                    conditions.add(
                            new Condition(one.place(), words.get(0), words.get(1), words.get(2)));
                }
            }
        }
    }

    /// `severity="page"`, or several in braces.
    private static void parse(Scalar scalar, List<Condition> conditions) {
        String text = scalar.text().strip();
        if (text.startsWith("{") && text.endsWith("}")) {
            text = text.substring(1, text.length() - 1);
        }
        var condition = CONDITION.matcher(text);
        while (condition.lookingAt()) {
            String value =
                    Stream.of(condition.group(3), condition.group(4), condition.group(5))
                            .filter(one -> one != null)
                            .findFirst()
                            .orElse("");
            conditions.add(
                    new Condition(
                            scalar.place(),
                            condition.group(1),
                            condition.group(2),
                            value.strip().replace("\\\"", "\"").replace("\\\\", "\\")));
            int end = condition.end();
            if (end >= text.length() || text.charAt(end) != ',') {
                return;
            }
            condition.region(end + 1, text.length());
        }
    }

    private static List<Receiver> receivers(Node root, boolean isRendered) {
        var receivers = new ArrayList<Receiver>();
        for (Mapping receiver : Values.mappings(root, "receivers")) {
            Values.text(receiver, "name")
                    .ifPresent(
                            name ->
                                    receivers.add(
                                            new Receiver(
                                                    name.place(),
                                                    name.value(),
                                                    destinations(root, receiver, isRendered))));
        }
        return receivers;
    }

    private static List<Destination> destinations(Node root, Mapping receiver, boolean isRendered) {
        var destinations = new ArrayList<Destination>();
        for (var entry : receiver.entries()) {
            if (!entry.name().endsWith("_configs")) {
                continue;
            }
            String kind = entry.name().replace("_configs", "");
            for (Mapping one : Values.mappings(receiver, entry.name())) {
                Optional<Scalar> address =
                        ADDRESSES.stream().flatMap(key -> one.scalarAt(key).stream()).findFirst();
                Optional<Scalar> usual =
                        address.or(
                                () ->
                                        one.entries().stream()
                                                        .anyMatch(
                                                                own -> own.name().endsWith("_file"))
                                                ? Optional.empty()
                                                : root.scalarAt("global", kind + "_api_url"));
                destinations.add(
                        new Destination(
                                usual.map(Scalar::place).orElse(one.place()),
                                kind,
                                usual.map(Scalar::text).orElse(""),
                                isRendered));
            }
        }
        return destinations;
    }

    private static Inhibition inhibition(Mapping rule) {
        return new Inhibition(
                rule.place(),
                conditions(rule, "source_matchers", "source_match", "source_match_re"),
                conditions(rule, "target_matchers", "target_match", "target_match_re"),
                rule.scalarsAt("equal").stream().map(Scalar::text).toList());
    }

    private static List<Interval> intervals(Node root) {
        return Stream.of("time_intervals", "mute_time_intervals")
                .flatMap(key -> Values.mappings(root, key).stream())
                .flatMap(
                        one ->
                                Values.text(one, "name").stream()
                                        .map(
                                                name ->
                                                        new Interval(
                                                                name.place(),
                                                                name.value(),
                                                                Spans.of(one))))
                .toList();
    }
}
