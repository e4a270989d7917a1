package dev.pitcrew.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How an instance of a service runs in a container. What holds for a process as well, such as command, environment and memory, is the
/// service's own.
///
/// @param image the name of what it runs; with a build, what the built image is called
/// @param build how its image is built; empty: it is pulled
/// @param entrypoint what the command is handed to; empty: as the image says
/// @param ports inside the container, by the names of the service's ports
/// @param mounts in the order of the file
/// @param health what the engine asks to tell whether it is well; a service without a probe `ready` is ready once this says so. Empty: as the image says
/// @param stopGrace how long it may take to stop before it is killed
/// @param stopSignal such as `SIGTERM`; empty: as the image says
/// @param login for the registry that the image is pulled from; empty: as `docker login` left it
/// @param networks that it joins, each with the names that it is known by there besides its service's
/// @param newNetworks of these, those that are made where the engine has none
/// @param cpus the most cores it may use; empty: all
/// @param isolation what it may do
/// @param logging where its output goes; empty: as the engine does by itself
/// @param labels of others, such as a proxy's; those of Pitcrew are not here
public record ContainerSpec(
        Optional<Template> image,
        Optional<Build> build,
        List<Template> entrypoint,
        Map<String, Integer> ports,
        List<Mount> mounts,
        Optional<Health> health,
        Duration stopGrace,
        Optional<String> stopSignal,
        Optional<Login> login,
        Map<String, List<String>> networks,
        List<String> newNetworks,
        Optional<Double> cpus,
        Isolation isolation,
        Optional<Logging> logging,
        Map<String, Template> labels) {
    public ContainerSpec {
        if (image.isEmpty() && build.isEmpty()) {
            throw new IllegalArgumentException("a container needs an image, or how to build one");
        }
        entrypoint = List.copyOf(entrypoint);
        ports = Words.inOrder(ports);
        mounts = List.copyOf(mounts);
        networks = Words.inOrder(networks);
        newNetworks = List.copyOf(newNetworks);
        labels = Words.inOrder(labels);
    }

    /// How an image is built.
    ///
    /// @param context the folder that is sent to whoever builds, relative to the system file's
    /// @param dockerfile relative to the context
    /// @param target the stage that is built; empty: the last one
    /// @param args arguments of the build
    public record Build(
            Template context,
            String dockerfile,
            Optional<String> target,
            Map<String, Template> args) {
        public Build {
            args = Words.inOrder(args);
        }
    }

    /// How a registry knows who pulls.
    ///
    /// @param password where it is fetched from, when an image is pulled
    public record Login(String user, SecretRef password) {}

    /// What a mount keeps.
    public enum MountKind {
        /// A folder or file of the host.
        FOLDER,
        /// A volume with a name, which outlives the container.
        VOLUME,
        /// Memory, which ends with it.
        MEMORY
    }

    /// Something mounted.
    ///
    /// @param source the path on the host, relative to the system file's folder, or the volume's name; of memory empty, and of a
    ///     volume that each container has for itself
    /// @param at the path in the container
    public record Mount(MountKind kind, Template source, String at, boolean isReadOnly) {}

    /// A health check of the engine.
    ///
    /// @param command without a shell, unless it is one line for it
    /// @param isShell whether the command is one line for the image's shell
    /// @param grace failures so soon after the start don't count
    /// @param retries failures in a row until it counts as unwell
    public record Health(
            List<String> command,
            boolean isShell,
            Duration every,
            Duration timeout,
            Duration grace,
            int retries) {
        public Health {
            command = List.copyOf(command);
        }
    }

    /// Where the output of a container goes.
    ///
    /// @param driver such as `json-file`
    public record Logging(String driver, Map<String, String> options) {
        public Logging {
            options = Words.inOrder(options);
        }
    }

    /// What a container may do.
    ///
    /// @param user name or number; empty: as the image says
    /// @param workingDirectory empty: as the image says
    /// @param hasInit whether a small first process hands signals on and reaps
    /// @param isReadOnly whether its own file system can't be written
    /// @param extraHosts further names of hosts, with their addresses
    public record Isolation(
            Optional<String> user,
            Optional<String> workingDirectory,
            boolean hasInit,
            boolean isReadOnly,
            List<String> addCapabilities,
            List<String> dropCapabilities,
            List<String> securityOptions,
            Map<String, String> extraHosts) {
        public Isolation {
            addCapabilities = List.copyOf(addCapabilities);
            dropCapabilities = List.copyOf(dropCapabilities);
            securityOptions = List.copyOf(securityOptions);
            extraHosts = Words.inOrder(extraHosts);
        }
    }
}
