package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where a broker listens, as its environment says it: `KAFKA_LISTENERS=INSIDE://kafka:9092,HOST://:29092`. What it
/// gives out as its address (`KAFKA_ADVERTISED_LISTENERS`) is for its clients, on the host as well, and nothing that it calls.
public final class Listeners {
    private static final Pattern PORT = Pattern.compile("://[^:,/\\s]{0,200}:([0-9]{1,5})\\b");

    private Listeners() {}

    /// Whether a variable says where its container listens or is reached, rather than what it calls.
    static boolean isSaidIn(Container.EnvVariable variable) {
        return variable.name().toUpperCase(Locale.ROOT).endsWith("LISTENERS");
    }

    /// The ports that the environment of a container says it listens on.
    public static Set<Integer> ports(Container container) {
        return container.environment().stream()
                .filter(Listeners::isSaidIn)
                .filter(one -> !one.name().toUpperCase(Locale.ROOT).contains("ADVERTISED"))
                .flatMap(one -> one.value().stream())
                .map(Located::value)
                .flatMap(text -> PORT.matcher(text).results())
                .map(port -> Integer.valueOf(port.group(1)))
                .collect(Collectors.toSet());
    }
}
