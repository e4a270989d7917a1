package dev.pitcrew.app.init;

import dev.pitcrew.app.init.Ground.Ask;
import dev.pitcrew.app.init.Ground.Call;
import dev.pitcrew.app.init.Ground.Line;
import dev.pitcrew.app.init.Ground.Service;
import dev.pitcrew.app.init.Question.Name;
import dev.pitcrew.model.Role;
import dev.pitcrew.model.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One service: what it does, what must be active only once, and where it finds the others.
final class ServiceText {
    private static final int SHARED_MIN = 3;

    private final Ground ground;
    private final List<Question> questions;
    private final List<Service> carried;
    private final Sheet sheet;
    private final Set<Ask> shared;

    ServiceText(Ground ground, List<Question> questions, List<Service> carried, Sheet sheet) {
        this.ground = ground;
        this.questions = questions;
        this.carried = carried;
        this.sheet = sheet;
        this.shared = shared().keySet();
    }

    /// What so many leave open that it is asked once, each with whom it is about.
    Map<Ask, List<String>> shared() {
        var all = new LinkedHashMap<Ask, List<String>>();
        for (Service one : carried) {
            asks(one)
                    .forEach(
                            ask ->
                                    all.computeIfAbsent(ask, _ -> new ArrayList<>())
                                            .add(one.name()));
        }
        all.values().removeIf(names -> names.size() < SHARED_MIN);
        return all;
    }

    void write(Service service) {
        var role = role(service);
        var keys = new ArrayList<Line>(service.run());
        if (role == Role.ORDER_ENTRY || role == Role.STRATEGY) {
            single(service, role, keys);
        } else {
            several(service, role, keys);
        }
        port(service, role, keys);
        needs(service, keys);
        service.secrets()
                .forEach(
                        one ->
                                keys.add(
                                        new Line(
                                                "%s: %s"
                                                        .formatted(
                                                                Sheet.scalar(one.variable()),
                                                                one.reference()),
                                                one.why())));
        String why = why(service, role);
        var asks = asks(service);
        asks.removeAll(shared);
        if (keys.isEmpty() && asks.isEmpty() && told(service).isEmpty()) {
            sheet.line(1, "%s: {role: %s}".formatted(service.name(), Words.of(role)), why);
            return;
        }
        sheet.line(1, service.name() + ":");
        sheet.line(2, "role: " + Words.of(role), why);
        int secrets = service.secrets().size();
        var plain = keys.subList(0, keys.size() - secrets);
        plain.forEach(one -> sheet.line(2, one.text(), one.why()));
        calls(service);
        if (secrets > 0) {
            sheet.line(2, "secrets:");
            keys.subList(plain.size(), keys.size())
                    .forEach(one -> sheet.line(3, one.text(), one.why()));
        }
        asks.forEach(one -> sheet.question(2, one.question(), one.example()));
    }

    private Role role(Service service) {
        var senders = question(Name.SENDERS);
        if (senders.several().contains(service.name())) {
            return Role.ORDER_ENTRY;
        }
        boolean isNone = senders.isAnswered() && service.role() == Role.ORDER_ENTRY;
        return isNone ? Role.OTHER : service.role();
    }

    private String why(Service service, Role role) {
        return role == service.role()
                ? "%s, %s".formatted(service.because(), Said.place(service.place()))
                : "answered; by its files: %s".formatted(service.duty().text());
    }

    /// Without a passive mode each instance may send from its start to its death, so there is one, and only its death is a fence.
    private void single(Service service, Role role, List<Line> keys) {
        service.several()
                .ifPresent(
                        one ->
                                keys.add(
                                        new Line(
                                                "replicas: 1",
                                                "%s at %s; without a passive mode each would send"
                                                        .formatted(
                                                                one.text(),
                                                                Said.place(one.place())))));
        var drain = question(Name.DRAIN);
        var grace = service.stopGrace();
        String limit = drain.isAnswered() || grace.isEmpty() ? drain.chosen() : grace.get().text();
        keys.add(
                new Line(
                        "singleActive: {fence: [process], drain: {policy: wait, limit: %s}}"
                                .formatted(limit),
                        drain.isAnswered()
                                ? "answered"
                                : grace.map(one -> Said.place(one.place()) + " gives as long")
                                        .orElse(
                                                role == Role.ORDER_ENTRY
                                                        ? "two would send twice; only the old one's death is a proof"
                                                        : "two would decide twice")));
    }

    private void several(Service service, Role role, List<Line> keys) {
        service.several()
                .filter(_ -> role == Role.STATELESS)
                .ifPresent(
                        one ->
                                keys.add(
                                        new Line(
                                                "rollout: {strategy: rolling}",
                                                "%s run, %s"
                                                        .formatted(
                                                                one.text(),
                                                                Said.place(one.place())))));
    }

    private void port(Service service, Role role, List<Line> keys) {
        boolean isCalled =
                carried.stream()
                        .flatMap(one -> one.calls().stream())
                        .anyMatch(one -> one.isUrl() && one.to().equals(service.original()));
        boolean takes = role == Role.ORDER_ENTRY || role == Role.STATELESS;
        if (service.hasPort()) {
            boolean isSingle = role == Role.ORDER_ENTRY || role == Role.STRATEGY;
            if (service.several().isPresent() && !isSingle) {
                keys.add(new Line("ports: {http: auto}", "several can't share one of the host"));
            }
            return;
        }
        service.listens()
                .filter(_ -> isCalled || takes)
                .ifPresent(
                        one -> {
                            keys.add(new Line("ports: {http: auto}", ""));
                            keys.add(
                                    new Line(
                                            "container: {ports: {http: %s}}".formatted(one.text()),
                                            Said.place(one.place())));
                        });
    }

    private void needs(Service service, List<Line> keys) {
        var needs =
                carried.stream()
                        .filter(
                                one ->
                                        service.needs().contains(one.original())
                                                && !one.equals(service))
                        .map(Service::name)
                        .toList();
        if (!needs.isEmpty()) {
            keys.add(new Line("dependsOn: " + Sheet.list(needs), Said.place(service.place())));
        }
    }

    /// A container that Pitcrew starts answers to no name, so who calls it is told where it is.
    private List<Call> told(Service service) {
        return service.calls().stream()
                .filter(call -> call.isUrl() && target(call).isPresent())
                .toList();
    }

    private void calls(Service service) {
        var told = told(service);
        if (told.size() == 1) {
            sheet.line(2, "env: {" + line(told.getFirst()) + "}", why(told.getFirst()));
        } else if (!told.isEmpty()) {
            sheet.line(2, "env:");
            told.forEach(call -> sheet.line(3, line(call), why(call)));
        }
    }

    private String line(Call call) {
        var to = target(call).orElseThrow();
        return "%s: \"${%s.%s}%s\""
                .formatted(
                        Sheet.scalar(call.variable()),
                        takesTraffic(to) ? "traffic" : "instance-of",
                        to.name(),
                        call.path());
    }

    private static String why(Call call) {
        return "by name at %s; Pitcrew's containers have none".formatted(Said.place(call.place()));
    }

    /// Variables that name others and that nothing of a system file can take the place of; empty when there are none.
    String named(Service service) {
        var calls =
                service.calls().stream()
                        .filter(call -> !call.isUrl() && target(call).isPresent())
                        .toList();
        if (calls.isEmpty()) {
            return "";
        }
        return "%s (%s, %s)"
                .formatted(
                        service.name(),
                        calls.size() == 1
                                ? calls.getFirst().variable()
                                : calls.size() + " variables",
                        Said.place(calls.getFirst().place()));
    }

    private Optional<Service> target(Call call) {
        return carried.stream().filter(one -> one.original().equals(call.to())).findFirst();
    }

    private boolean takesTraffic(Service service) {
        var role = role(service);
        return role == Role.ORDER_ENTRY || role == Role.STATELESS;
    }

    /// What its files leave open.
    List<Ask> asks(Service service) {
        var role = role(service);
        var asks = new ArrayList<Ask>();
        boolean isPlaced = service.hasPort() || service.listens().isPresent();
        boolean takes = role == Role.ORDER_ENTRY || role == Role.STATELESS;
        if (takes && !isPlaced && ground.origin() == Origin.COMPOSE) {
            asks.add(
                    new Ask(
                            "where does it listen, if anybody calls it?",
                            "ports: {http: auto}   # and container: {ports: {http: 8080}}"));
        }
        if (role == Role.ORDER_ENTRY) {
            asks.add(
                    new Ask(
                            "who counts its open orders? A change then waits until none rests",
                            "probes: {openOrders: {http: /status, pointer: /openOrders}}"));
        }
        asks.addAll(service.asks());
        return asks;
    }

    private Question question(Name name) {
        return Question.among(questions, name);
    }
}
