package dev.pitcrew.read;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// The rules about the Docker engines of one environment that span several keys.
record EngineRules(Node environment, Consumer<Problem> problems) {
    private static final Pattern ADDRESS =
            Pattern.compile("(unix:///|tcp://|ssh://[^@/]+@|context:).+|.*\\$\\{.*");

    void check() {
        var isDocker =
                environment
                        .scalarAt("runtime")
                        .filter(one -> one.text().equals("docker"))
                        .isPresent();
        var engine = environment.at("engine");
        var keys = environment.at("engineKeys");
        var hosts = environment.at("hosts");
        if (hosts.isPresent() && !isDocker) {
            report(
                    hosts.get().place(),
                    "hosts are machines with a Docker engine each; say runtime: docker, or leave them out");
        }
        if (hosts.isPresent() && engine.isPresent()) {
            report(
                    engine.get().place(),
                    "each of hosts names its own engine; leave this one or hosts out");
        }
        if (keys.isPresent() && engine.isEmpty()) {
            report(keys.get().place(), "engineKeys are for the engine that `engine` names");
        }
        environment.scalarAt("engine").ifPresent(this::address);
        for (Entry host : environment.entriesAt("hosts")) {
            host.value().scalarAt("engine").ifPresent(this::address);
        }
        addresses();
    }

    private void address(Scalar engine) {
        if (!ADDRESS.matcher(engine.text()).matches()) {
            report(
                    engine.place(),
                    "an engine is at unix:///PATH, tcp://HOST:PORT, ssh://USER@HOST or context:NAME, is '%s'"
                            .formatted(engine.text()));
        }
    }

    /// Two hosts at one address would take each other's instances for their own.
    private void addresses() {
        Map<String, String> seen = new HashMap<>();
        for (Entry host : environment.entriesAt("hosts")) {
            host.value()
                    .scalarAt("address")
                    .ifPresent(
                            one -> {
                                var other = seen.put(one.text(), host.name());
                                if (other != null) {
                                    report(
                                            one.place(),
                                            "%s has the address of %s"
                                                    .formatted(host.name(), other));
                                }
                            });
        }
    }

    private void report(Place place, String text) {
        problems.accept(new Problem(place, text));
    }
}
