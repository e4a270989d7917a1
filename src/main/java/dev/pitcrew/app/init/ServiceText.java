package dev.pitcrew.app.init;

import dev.pitcrew.app.init.Ground.Call;
import dev.pitcrew.app.init.Ground.Key;
import dev.pitcrew.app.init.Ground.Service;
import dev.pitcrew.app.init.Question.Name;
import dev.pitcrew.model.Role;
import dev.pitcrew.model.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One service: what it does, what must be active only once, and where it finds the others.
final class ServiceText {
    private final Ground ground;
    private final List<Question> questions;
    private final List<Service> carried;
    private final Sheet sheet;

    ServiceText(
            Ground ground, List<Question> questions, List<Service> carried, Sheet sheet) {
        this.ground = ground;
        this.questions = questions;
        this.carried = carried;
        this.sheet = sheet;
    }

    void write(Service service) {
        var role = role(service);
        var keys = new ArrayList<Key>(service.run());
        if (role == Role.ORDER_ENTRY || role == Role.STRATEGY) {
            single(service, role, keys);
        } else {
            several(service, role, keys);
        }
        port(service, role, keys);
        needs(service, keys);
        calls(service, keys);
        service.secrets()
                .forEach(
                        one ->
                                keys.add(
                                        new Key(
                                                "%s: %s"
                                                        .formatted(
                                                                Sheet.scalar(one.variable()),
                                                                one.reference()),
                                                one.why())));
        String why = why(service, role);
        var asks = asks(service, role);
        if (keys.isEmpty() && asks.isEmpty()) {
            sheet.line(1, "%s: {role: %s}".formatted(service.name(), Words.of(role)), why);
            return;
        }
        sheet.line(1, service.name() + ":");
        sheet.line(2, "role: " + Words.of(role), why);
        int secrets = service.secrets().size();
        var plain = keys.subList(0, keys.size() - secrets);
        plain.forEach(one -> sheet.line(2, one.text(), one.why()));
        if (secrets > 0) {
            sheet.line(2, "secrets:");
            keys.subList(plain.size(), keys.size())
                    .forEach(one -> sheet.line(3, one.text(), one.why()));
        }
        asks.forEach(one -> sheet.note(2, "Question: " + one));
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
    private void single(Service service, Role role, List<Key> keys) {
        service.several()
                .ifPresent(
                        one ->
                                keys.add(
                                        new Key(
                                                "replicas: 1",
                                                "%s at %s; without a passive mode each would send"
                                                        .formatted(
                                                                one.text(),
                                                                Said.place(one.place())))));
        var drain = question(Name.DRAIN);
        var grace = service.stopGrace();
        String limit =
                drain.isAnswered() || grace.isEmpty() ? drain.chosen() : grace.get().text();
        keys.add(
                new Key(
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

    private void several(Service service, Role role, List<Key> keys) {
        service.several()
                .filter(_ -> role == Role.STATELESS)
                .ifPresent(
                        one ->
                                keys.add(
                                        new Key(
                                                "rollout: {strategy: rolling}",
                                                "%s run, %s"
                                                        .formatted(
                                                                one.text(),
                                                                Said.place(one.place())))));
    }

    private void port(Service service, Role role, List<Key> keys) {
        boolean isCalled =
                carried.stream()
                        .flatMap(one -> one.calls().stream())
                        .anyMatch(one -> one.isUrl() && one.to().equals(service.original()));
        boolean takes = role == Role.ORDER_ENTRY || role == Role.STATELESS;
        if (service.hasPort()) {
            if (service.several().isPresent() && takes && role == Role.STATELESS) {
                keys.add(new Key("ports: {http: auto}", "several can't share one of the host"));
            }
            return;
        }
        service.listens()
                .filter(_ -> isCalled || takes)
                .ifPresent(
                        one -> {
                            keys.add(new Key("ports: {http: auto}", ""));
                            keys.add(
                                    new Key(
                                            "container: {ports: {http: %s}}".formatted(one.text()),
                                            Said.place(one.place())));
                        });
    }

    private void needs(Service service, List<Key> keys) {
        var needs =
                carried.stream()
                        .filter(one -> service.needs().contains(one.original()) && one != service)
                        .map(Service::name)
                        .toList();
        if (!needs.isEmpty()) {
            keys.add(new Key("dependsOn: " + Sheet.list(needs), Said.place(service.place())));
        }
    }

    /// A container that Pitcrew starts answers to no name, so who calls it is told where it is.
    private void calls(Service service, List<Key> keys) {
        var told = new ArrayList<String>();
        var places = new ArrayList<String>();
        for (Call call : service.calls()) {
            target(call)
                    .filter(_ -> call.isUrl())
                    .ifPresent(
                            to -> {
                                told.add(
                                        "%s: \"${%s.%s}%s\""
                                                .formatted(
                                                        Sheet.scalar(call.variable()),
                                                        takesTraffic(to)
                                                                ? "traffic"
                                                                : "instance-of",
                                                        to.name(),
                                                        call.path()));
                                places.add(Said.place(call.place()));
                            });
        }
        if (!told.isEmpty()) {
            keys.add(
                    new Key(
                            "env: {" + String.join(", ", told) + "}",
                            "by name at %s; Pitcrew's containers have none"
                                    .formatted(String.join(", ", places))));
        }
    }

    private Optional<Service> target(Call call) {
        return carried.stream().filter(one -> one.original().equals(call.to())).findFirst();
    }

    private boolean takesTraffic(Service service) {
        var role = role(service);
        return role == Role.ORDER_ENTRY || role == Role.STATELESS;
    }

    private List<String> asks(Service service, Role role) {
        var asks = new ArrayList<String>();
        boolean isPlaced = service.hasPort() || service.listens().isPresent();
        boolean takes = role == Role.ORDER_ENTRY || role == Role.STATELESS;
        if (takes && !isPlaced && ground.origin() == Origin.COMPOSE) {
            asks.add(
                    "does anybody call it? Then ports: {http: auto} and container: {ports: {http: 8080}}");
        }
        for (Call call : service.calls()) {
            target(call)
                    .filter(_ -> !call.isUrl())
                    .ifPresent(
                            to ->
                                    asks.add(
                                            "%s names %s at %s, and Pitcrew's containers answer to no name; how is it to find it?"
                                                    .formatted(
                                                            call.variable(),
                                                            to.original(),
                                                            Said.place(call.place()))));
        }
        if (role == Role.ORDER_ENTRY) {
            asks.add(
                    "who counts its open orders? probes: {openOrders: {http: /PATH, pointer: /COUNT}}; a change then waits until none rests");
        }
        asks.addAll(service.asks());
        return asks;
    }

    private Question question(Name name) {
        return questions.stream()
                .filter(one -> one.name() == name)
                .findFirst()
                .orElseGet(() -> new Question(name, "", List.of(), true, "", "", false));
    }
}
