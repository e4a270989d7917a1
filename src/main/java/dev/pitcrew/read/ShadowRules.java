package dev.pitcrew.read;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Template;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// That two versions of a strategy don't trade at once, and that a shadow knows no way to a venue.
final class ShadowRules {
    private final String name;
    private final Node service;
    private final Map<String, Node> services;
    private final Consumer<Problem> problems;
    private final String strategy;
    private final Place place;

    /// @param services all of them, as an environment changes them
    ShadowRules(String name, Node service, Map<String, Node> services, Consumer<Problem> problems) {
        this.name = name;
        this.service = service;
        this.services = services;
        this.problems = problems;
        this.strategy =
                service.scalarAt("rollout", "strategy").map(Scalar::text).orElse("stop-start");
        this.place = service.at("rollout", "strategy").orElse(service).place();
    }

    void check() {
        if (strategy.equals("shadow")) {
            shadow();
        } else if (Set.of("rolling", "blue-green", "canary").contains(strategy)
                && isRole("strategy")
                && service.at("singleActive").isEmpty()) {
            twoThatTrade();
        }
    }

    private void shadow() {
        if (isRole("order-entry")) {
            report(
                    place,
                    "%s enters orders and holds the venue's session, which no shadow can; use handoff"
                            .formatted(name));
            return;
        }
        if (service.at("singleActive").isEmpty()) {
            report(place, "a shadow is compared with the one that is active; say singleActive");
        }
        if (service.at("rollout", "judge").isEmpty()) {
            report(
                    place,
                    "the judge compares a shadow with the active one; say rollout: judge: {metrics: …}");
        }
        var other = service.at("rollout", "shadow");
        if (other.isEmpty()) {
            report(
                    place,
                    "a shadow sends its orders to a recorder; say rollout: shadow: {env: {NAME: …}} with the variable that tells %s where orders go"
                            .formatted(name));
            return;
        }
        var changed =
                service.entriesAt("rollout", "shadow", "env").stream()
                        .collect(Collectors.toMap(Entry::name, Entry::value, (a, _) -> a));
        changed.forEach((_, value) -> leadsNowhere(value));
        service.entriesAt("env").stream()
                .filter(one -> !changed.containsKey(one.name()))
                .forEach(one -> leadsNowhere(one.value()));
        service.scalarsAt("command").forEach(this::leadsNowhere);
    }

    /// What is nowhere to be read can't be sent to.
    private void leadsNowhere(Node value) {
        if (!(value instanceof Scalar scalar)) {
            return;
        }
        for (String variable : new Template(scalar.text()).variables()) {
            wayOut(variable)
                    .ifPresent(
                            to ->
                                    report(
                                            scalar.place(),
                                            "in shadow %s would know the way to %s by ${%s}; give the variable another value in rollout: shadow: env"
                                                    .formatted(name, to, variable)));
        }
    }

    private Optional<String> wayOut(String variable) {
        var dot = variable.indexOf('.');
        var rest = variable.substring(dot + 1);
        return switch (dot < 0 ? "" : variable.substring(0, dot)) {
            case "venue" -> Optional.of("the venue");
            case "traffic" -> Optional.of(rest);
            case "instance-of" ->
                    Optional.ofNullable(services.get(rest))
                            .flatMap(one -> one.scalarAt("role"))
                            .filter(role -> role.text().equals("order-entry"))
                            .map(_ -> rest);
            default -> Optional.empty();
        };
    }

    private void twoThatTrade() {
        var limits =
                service.scalarAt("rollout", "canary", "limits").map(Scalar::text).orElse("none");
        if (!Set.of("shared", "scaled").contains(limits)) {
            report(
                    place,
                    "with %s two versions of %s trade at once, each with limits and positions of its own; compare them in shadow (singleActive, strategy: shadow) or on paper (follows, and `pitcrew promote`)"
                            .formatted(strategy, name));
        }
    }

    private boolean isRole(String wanted) {
        return service.scalarAt("role").filter(role -> role.text().equals(wanted)).isPresent();
    }

    private void report(Place where, String message) {
        problems.accept(new Problem(where, message));
    }
}
