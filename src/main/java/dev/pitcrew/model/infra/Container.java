package dev.pitcrew.model.infra;

import dev.pitcrew.model.ByteSize;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A container that some file starts: a Compose service, a container of a Kubernetes pod.
///
/// @param format such as `compose` or `kubernetes`
/// @param unit what it is part of: the Compose project's folder, or kind and name of the Kubernetes object
/// @param name as its file calls it
/// @param place of its name
/// @param image what it runs, if it says so
/// @param build the Dockerfile that its image is built from, relative to the repository
/// @param entrypoint as given here; empty when the image decides
/// @param command as given here; empty when the image decides
/// @param environment in the order of the file, secret references included
/// @param ports that it opens or publishes
/// @param mounts of volumes, folders and files
/// @param healthChecks those that are given here; an image may bring one as well
/// @param stopGrace how long it may take to stop before it is killed, if it is said
/// @param restart `no`, `always`, `on-failure`, `unless-stopped`, if it is said
/// @param replicas how many run, if it is said
/// @param update how one version follows the other, if it is said
/// @param memoryMax the limit, if there is one
/// @param cpusMax the limit in cores, if there is one
/// @param user if it is said
/// @param traits what else it says of itself: `privileged`, `read-only`, `no-new-privileges`, `host-network`, `stdin-open`, `host-pid`, `cap-add:NET_ADMIN`, …
/// @param dependsOn the containers that it waits for; the value is `NAME` or `NAME:healthy`
/// @param networks that it joins
/// @param profiles under which alone it starts; empty: always
/// @param labels `key=value`, annotations as well
public record Container(
        String format,
        String unit,
        String name,
        Place place,
        Optional<Located<String>> image,
        Optional<Located<String>> build,
        List<Located<String>> entrypoint,
        List<Located<String>> command,
        List<EnvVariable> environment,
        List<PortUse> ports,
        List<Mount> mounts,
        List<HealthCheck> healthChecks,
        Optional<Located<Duration>> stopGrace,
        Optional<Located<String>> restart,
        Optional<Located<Integer>> replicas,
        Optional<Located<UpdateKind>> update,
        Optional<Located<ByteSize>> memoryMax,
        Optional<Located<Double>> cpusMax,
        Optional<Located<String>> user,
        List<Located<String>> traits,
        List<Located<String>> dependsOn,
        List<Located<String>> networks,
        List<Located<String>> profiles,
        List<Located<String>> labels)
        implements InfraFact {
    public Container {
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        ports = List.copyOf(ports);
        mounts = List.copyOf(mounts);
        healthChecks = List.copyOf(healthChecks);
        traits = List.copyOf(traits);
        dependsOn = List.copyOf(dependsOn);
        networks = List.copyOf(networks);
        profiles = List.copyOf(profiles);
        labels = List.copyOf(labels);
    }

    /// The value of a variable, if it is given in the open.
    public Optional<Located<String>> variable(String name) {
        return environment.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .flatMap(EnvVariable::value);
    }

    /// Where it says this of itself, if it does.
    public Optional<Place> trait(String name) {
        return traits.stream()
                .filter(one -> one.value().equals(name))
                .findFirst()
                .map(Located::place);
    }

    /// A variable of the environment.
    ///
    /// @param value in the open, if it is; after substitution where that is known
    /// @param secret the reference, where the value comes from a secret
    public record EnvVariable(
            String name, Place place, Optional<Located<String>> value, Optional<String> secret) {}

    /// A port.
    ///
    /// @param host the address and port on the host, if it is published; `0.0.0.0` when no address is said
    /// @param inside the port in the container; 0 when a name or a range stands there
    /// @param protocol `tcp` or `udp`
    public record PortUse(
            Place place, Optional<HostPort> host, int inside, String protocol, String text) {
        /// Whether others than this machine can reach it.
        public boolean isOpen() {
            return host.filter(one -> !one.isLoopback()).isPresent();
        }
    }

    /// An address and port on the host.
    ///
    /// @param port 0 when the engine picks one
    public record HostPort(String address, int port) {
        /// Whether only this machine can reach it.
        public boolean isLoopback() {
            return address.startsWith("127.")
                    || address.equals("localhost")
                    || address.equals("::1");
        }
    }

    /// Something mounted.
    ///
    /// @param kind of what it keeps
    /// @param source the volume's name, the path on the host, the secret's or config's name; empty for an anonymous volume
    /// @param target the path in the container
    public record Mount(
            Place place, MountKind kind, String source, String target, boolean isReadOnly) {}

    /// What a mount keeps.
    public enum MountKind {
        /// A folder or file of the host.
        HOST,
        /// A volume with a name, which outlives the container.
        VOLUME,
        /// A volume without one, which a new container doesn't get back.
        ANONYMOUS,
        /// Memory.
        MEMORY,
        /// A folder that lives as long as the pod.
        EPHEMERAL,
        SECRET,
        CONFIG
    }

    /// A health check.
    ///
    /// @param kind `health`, `liveness`, `readiness` or `startup`
    /// @param test what it does, in one line: a command, or `GET path:port`; empty: it was disabled
    /// @param interval between two, if it is said
    /// @param timeout of one, if it is said
    /// @param retries failures until it counts, if it is said
    public record HealthCheck(
            Place place,
            String kind,
            String test,
            Optional<Duration> interval,
            Optional<Duration> timeout,
            Optional<Integer> retries) {}

    /// How one version follows the other.
    public enum UpdateKind {
        /// The new one starts before the old one stops.
        START_FIRST,
        /// The old one stops first.
        STOP_FIRST
    }
}
