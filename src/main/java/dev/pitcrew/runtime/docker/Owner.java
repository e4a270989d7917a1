package dev.pitcrew.runtime.docker;

import dev.pitcrew.runtime.process.ProcessSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Whose containers these are, as their labels and names say.
///
/// @param system the trading system's name
/// @param environment the environment's
public record Owner(String system, String environment) {
    static final String SERVICE = "dev.pitcrew.service";
    static final String INSTANCE = "dev.pitcrew.instance";
    static final String VERSION = "dev.pitcrew.version";
    static final String RELEASE = "dev.pitcrew.release";
    static final String LAUNCH = "dev.pitcrew.launch";
    private static final String SYSTEM = "dev.pitcrew.system";
    private static final String ENVIRONMENT = "dev.pitcrew.environment";
    private static final String PORTS = "dev.pitcrew.ports";

    /// The labels that all of them have.
    Map<String, String> labels() {
        return Map.of(SYSTEM, system, ENVIRONMENT, environment);
    }

    /// The labels of one.
    ///
    /// @param launch tells this start of the instance from every other
    Map<String, String> labels(ProcessSpec spec, String launch) {
        var labels = new LinkedHashMap<>(labels());
        labels.put(SERVICE, spec.service());
        labels.put(INSTANCE, spec.instance());
        labels.put(VERSION, spec.version());
        labels.put(LAUNCH, launch);
        labels.put(
                PORTS,
                new TreeMap<>(spec.ports())
                        .entrySet().stream()
                                .map(one -> one.getKey() + "=" + one.getValue())
                                .collect(Collectors.joining(",")));
        spec.contained().ifPresent(one -> labels.put(RELEASE, one.release()));
        return labels;
    }

    /// The name of an instance's container: one engine has it once, so at most one of them is there.
    String name(String instance) {
        return "pitcrew-" + system + "-" + environment + "-" + instance;
    }

    /// Whether it is one of ours.
    boolean owns(Container container) {
        return container.labels().entrySet().containsAll(labels().entrySet())
                && container.labels().containsKey(INSTANCE);
    }

    /// Its own ports by name, as it was given them.
    static Map<String, Integer> ports(Container container) {
        var ports = new TreeMap<String, Integer>();
        for (var one : container.labels().getOrDefault(PORTS, "").split(",", -1)) {
            var pair = one.split("=", 2);
            if (pair.length == 2) {
                ports.put(pair[0], Integer.valueOf(pair[1]));
            }
        }
        return ports;
    }
}
