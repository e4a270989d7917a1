package dev.pitcrew.runtime.docker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A container, as the engine describes it.
///
/// @param id 64 hexadecimal digits
/// @param name without the slash that the engine puts before it
/// @param image as whoever made it named it: `desk:3`, or a digest
/// @param imageId the digest of the image's configuration, `sha256:…`; what it runs, whatever a tag says by now
/// @param labels of the container and of its image
/// @param entrypoint the program, of the image or the container
/// @param command its arguments, of the image or the container
/// @param environment variables, secrets included: never print it
/// @param user whom it runs as, such as `1000:1000`; empty: root
/// @param folder its working folder; empty: `/`
/// @param mounts what of the host or of volumes it sees
/// @param ports which of its ports stand where on the host
/// @param network its network mode: `host`, `bridge`, `none`, or a network's name
/// @param networks the networks that it is in, with its names there
/// @param limits what it may use
/// @param restart what the engine does when it ends
/// @param health its health check; empty when there is none
/// @param stopSignal what asks it to end, such as `SIGTERM`; empty: that
/// @param stopGrace how long after that the engine kills it; empty: 10 s
/// @param state how it is
public record Container(
        String id,
        String name,
        String image,
        String imageId,
        Map<String, String> labels,
        List<String> entrypoint,
        List<String> command,
        Map<String, String> environment,
        String user,
        String folder,
        List<Mount> mounts,
        List<Port> ports,
        String network,
        Map<String, List<String>> networks,
        Limits limits,
        Restart restart,
        Optional<HealthCheck> health,
        String stopSignal,
        Optional<Duration> stopGrace,
        State state) {
    public Container {
        labels = Map.copyOf(labels);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        mounts = List.copyOf(mounts);
        ports = List.copyOf(ports);
        networks = Map.copyOf(networks);
    }

    /// Something of the host, or a volume, that the container sees.
    ///
    /// @param volume its name; empty: a path of the host
    /// @param source the path on the host
    /// @param target the path in the container
    /// @param isReadOnly whether it can't be written there
    public record Mount(String volume, String source, String target, boolean isReadOnly) {
        /// Whether it is a path of the host.
        public boolean isBind() {
            return volume.isEmpty();
        }
    }

    /// A port of the container.
    ///
    /// @param inside its number in the container
    /// @param protocol `tcp` or `udp`
    /// @param address where on the host it stands; empty: on no address, or on all when there is a number outside
    /// @param outside its number on the host; 0: nowhere, or the engine takes one that is free
    public record Port(int inside, String protocol, String address, int outside) {
        /// Whether the host has it as well.
        public boolean isPublished() {
            return outside > 0;
        }
    }

    /// What it may use; 0 is no limit.
    ///
    /// @param memoryBytes memory, in bytes
    /// @param nanoCpus processors, in billionths of one
    /// @param pids processes and threads
    public record Limits(long memoryBytes, long nanoCpus, long pids) {}

    /// What the engine does when it ends.
    ///
    /// @param policy `no`, `always`, `unless-stopped` or `on-failure`
    /// @param most how often at most, for `on-failure`; 0: no limit
    public record Restart(String policy, int most) {}

    /// How the engine asks whether it is well.
    ///
    /// @param test `NONE`, or `CMD` and words, or `CMD-SHELL` and a line
    /// @param interval from one to the next; zero: 30 s
    public record HealthCheck(List<String> test, Duration interval) {
        public HealthCheck {
            test = List.copyOf(test);
        }
    }

    /// How it is.
    ///
    /// @param status `created`, `running`, `paused`, `restarting`, `removing`, `exited` or `dead`
    /// @param pid of its first process, on the engine's host; 0: none
    /// @param exitCode how it ended, from 0 to 255; 126 or 127 and `created` when its program could not be started
    /// @param isOutOfMemory the kernel killed something in it for its memory
    /// @param startedAt empty when it never was
    /// @param finishedAt when it last ended; empty when it never did
    /// @param health `healthy`, `unhealthy`, `starting`; empty: nobody asks
    /// @param error why it could not be started; empty: nothing was wrong
    public record State(
            String status,
            long pid,
            int exitCode,
            boolean isOutOfMemory,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt,
            String health,
            String error) {
        /// Whether something of it lives, stopped or not.
        public boolean lives() {
            return pid > 0;
        }

        /// Whether it has ended, or never ran, by the engine's word. One that is being removed has ended before.
        public boolean isOver() {
            return switch (status) {
                case "created", "exited", "dead", "removing" -> !lives();
                default -> false; // paused, or about to be started again
            };
        }
    }

    /// Names the variables and leaves out their values, which may be secrets.
    @Override
    public String toString() {
        return name + " " + id + " " + image + " " + state + " with " + environment.keySet();
    }
}
