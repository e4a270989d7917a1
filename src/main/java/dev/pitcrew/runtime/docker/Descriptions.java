package dev.pitcrew.runtime.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.NetworkSettings;
import com.github.dockerjava.api.model.Ports;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The engine's descriptions as our records. Whatever the engine leaves out is empty, zero or no.
final class Descriptions {
    private Descriptions() {}

    static Container container(InspectContainerResponse one) {
        var config = one.getConfig();
        var host = one.getHostConfig();
        return new Container(
                one.getId(),
                withoutSlash(one.getName()),
                text(config.getImage()),
                text(one.getImageId()),
                map(config.getLabels()),
                list(config.getEntrypoint()),
                list(config.getCmd()),
                environment(config.getEnv()),
                text(config.getUser()),
                text(config.getWorkingDir()),
                mounts(one),
                ports(host, one.getNetworkSettings()),
                host == null ? "" : text(host.getNetworkMode()),
                networks(one.getNetworkSettings()),
                limits(host),
                restart(host),
                health(config.getHealthcheck()),
                text(raw(one, "StopSignal") instanceof String signal ? signal : null),
                seconds(raw(one, "StopTimeout")),
                state(one.getState()));
    }

    /// What docker-java has no accessor for.
    private static @Nullable Object raw(InspectContainerResponse one, String name) {
        return one.getRawValues().get("Config") instanceof Map<?, ?> config
                ? config.get(name)
                : null;
    }

    static Image image(InspectImageResponse one) {
        var config = one.getConfig();
        return new Image(
                text(one.getId()),
                one.getRepoTags() == null ? List.of() : one.getRepoTags(),
                one.getRepoDigests() == null ? List.of() : one.getRepoDigests(),
                config == null ? Map.of() : map(config.getLabels()),
                config == null ? List.of() : list(config.getEntrypoint()),
                config == null ? List.of() : list(config.getCmd()),
                config == null ? Map.of() : environment(config.getEnv()),
                config == null ? Optional.empty() : health(config.getHealthcheck()),
                one.getSize() == null ? 0 : one.getSize());
    }

    /// What the engine said, without the JSON around it.
    static String words(DockerException e) {
        var text = String.valueOf(e.getMessage());
        var start = text.indexOf("{\"message\":\"");
        if (start < 0) {
            return text.strip();
        }
        var rest = text.substring(start + "{\"message\":\"".length()).strip();
        var end = rest.lastIndexOf("\"}");
        return (end < 0 ? rest : rest.substring(0, end)).replace("\\\"", "\"").replace("\\n", " ");
    }

    private static Container.State state(ContainerState state) {
        var health = state.getHealth();
        return new Container.State(
                text(state.getStatus()),
                state.getPidLong() == null ? 0 : state.getPidLong(),
                state.getExitCodeLong() == null ? 0 : state.getExitCodeLong().intValue() & 0xff,
                Boolean.TRUE.equals(state.getOOMKilled()),
                time(state.getStartedAt()),
                time(state.getFinishedAt()),
                health == null || "none".equals(health.getStatus()) ? "" : text(health.getStatus()),
                text(state.getError()));
    }

    private static List<Container.Mount> mounts(InspectContainerResponse one) {
        var mounts = new ArrayList<Container.Mount>();
        if (one.getMounts() != null) {
            for (var mount : one.getMounts()) {
                mounts.add(
                        new Container.Mount(
                                text(mount.getName()),
                                text(mount.getSource()),
                                mount.getDestination() == null
                                        ? ""
                                        : mount.getDestination().getPath(),
                                Boolean.FALSE.equals(mount.getRW())));
            }
        }
        return mounts;
    }

    /// Those that the engine has given out while it runs, else those that it was told to.
    private static List<Container.Port> ports(
            @Nullable HostConfig host, @Nullable NetworkSettings network) {
        var ports = new ArrayList<Container.Port>();
        var given = network == null ? null : network.getPorts();
        if (given != null) {
            add(ports, given);
        }
        if (ports.isEmpty() && host != null && host.getPortBindings() != null) {
            add(ports, host.getPortBindings());
        }
        return ports;
    }

    private static void add(List<Container.Port> ports, Ports given) {
        given.getBindings()
                .forEach(
                        (inside, outside) -> {
                            var protocol = inside.getProtocol().toString();
                            if (outside == null || outside.length == 0) {
                                ports.add(new Container.Port(inside.getPort(), protocol, "", 0));
                                return;
                            }
                            for (var one : outside) {
                                ports.add(
                                        new Container.Port(
                                                inside.getPort(),
                                                protocol,
                                                text(one.getHostIp()),
                                                number(one.getHostPortSpec())));
                            }
                        });
    }

    private static int number(@Nullable String port) {
        try {
            return port == null || port.isEmpty() ? 0 : Integer.parseInt(port);
        } catch (NumberFormatException _) { // a range, of which one is taken at the start
            return 0;
        }
    }

    private static Map<String, List<String>> networks(@Nullable NetworkSettings network) {
        var names = new TreeMap<String, List<String>>();
        if (network != null && network.getNetworks() != null) {
            network.getNetworks()
                    .forEach(
                            (name, in) ->
                                    names.put(
                                            name,
                                            in.getAliases() == null
                                                    ? List.of()
                                                    : List.copyOf(in.getAliases())));
        }
        return names;
    }

    private static Container.Limits limits(@Nullable HostConfig host) {
        return host == null
                ? new Container.Limits(0, 0, 0)
                : new Container.Limits(
                        number(host.getMemory()),
                        number(host.getNanoCPUs()),
                        Math.max(0, number(host.getPidsLimit())));
    }

    private static Container.Restart restart(@Nullable HostConfig host) {
        var policy = host == null ? null : host.getRestartPolicy();
        if (policy == null) {
            return new Container.Restart("no", 0);
        }
        var name = text(policy.getName());
        return new Container.Restart(
                name.isEmpty() ? "no" : name,
                policy.getMaximumRetryCount() == null ? 0 : policy.getMaximumRetryCount());
    }

    private static Optional<Container.HealthCheck> health(@Nullable HealthCheck check) {
        if (check == null || check.getTest() == null || check.getTest().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Container.HealthCheck(
                        check.getTest(), Duration.ofNanos(number(check.getInterval()))));
    }

    private static Map<String, String> environment(String @Nullable [] pairs) {
        var variables = new LinkedHashMap<String, String>();
        for (var pair : list(pairs)) {
            var end = pair.indexOf('=');
            variables.put(
                    end < 0 ? pair : pair.substring(0, end),
                    end < 0 ? "" : pair.substring(end + 1));
        }
        return variables;
    }

    private static Optional<Duration> seconds(@Nullable Object value) {
        return value instanceof Number number
                ? Optional.of(Duration.ofSeconds(number.longValue()))
                : Optional.empty();
    }

    /// The engine writes the year 1 for never.
    private static Optional<Instant> time(@Nullable String text) {
        try {
            return text == null || text.startsWith("0001-")
                    ? Optional.empty()
                    : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static long number(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static List<String> list(String @Nullable [] values) {
        return values == null ? List.of() : Arrays.asList(values);
    }

    private static Map<String, String> map(@Nullable Map<String, String> values) {
        return values == null ? Map.of() : values;
    }

    private static String withoutSlash(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }
}
