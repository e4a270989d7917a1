package dev.pitcrew.runtime.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// One process to start.
///
/// @param instance its name, such as `gateway-2`; at most one process of a name lives at a time
/// @param service the service that it is an instance of
/// @param version what it runs
/// @param argv the command line: a program and its arguments, never read by a shell
/// @param environment its whole environment, but for PATH, HOME, LANG and TZ, which it takes from ours; may hold
///     secrets, so it is neither stored nor printed
/// @param folder the working folder; made if missing
/// @param log where its output goes; rotated by size
/// @param ports its own ports by name
/// @param contained how it is contained; empty: it is a process of this host
public record ProcessSpec(
        String instance,
        String service,
        String version,
        List<String> argv,
        Map<String, String> environment,
        Path folder,
        Path log,
        Map<String, Integer> ports,
        Optional<Contained> contained) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]*");

    public ProcessSpec {
        if (!NAME.matcher(instance).matches()) { // it becomes a file name
            throw new IllegalArgumentException(
                    "an instance is named with letters, digits, dots and dashes, got " + instance);
        }
        argv = List.copyOf(argv);
        if (argv.isEmpty() && contained.isEmpty()) {
            throw new IllegalArgumentException("no command for " + instance);
        }
        environment = Map.copyOf(environment);
        ports = Map.copyOf(ports);
    }

    /// A process of this host.
    public ProcessSpec(
            String instance,
            String service,
            String version,
            List<String> argv,
            Map<String, String> environment,
            Path folder,
            Path log,
            Map<String, Integer> ports) {
        this(instance, service, version, argv, environment, folder, log, ports, Optional.empty());
    }

    /// The same in a container.
    public ProcessSpec in(Contained container) {
        return new ProcessSpec(
                instance,
                service,
                version,
                argv,
                environment,
                folder,
                log,
                ports,
                Optional.of(container));
    }

    /// Names the environment's variables and leaves out their values.
    @Override
    public String toString() {
        return instance + " " + version + " " + argv + " with " + environment.keySet();
    }
}
