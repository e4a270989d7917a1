package dev.pitcrew.runtime;

import dev.pitcrew.model.Service;
import dev.pitcrew.runtime.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Makes the process of an instance from what the system file says of its service.
final class Launcher {
    private final Path folder;
    private final Path dataFolder;
    private final Addresses addresses;
    private final Variables variables;
    private final Secrets secrets;

    /// @param folder of the system file, where instances run
    Launcher(
            Path folder,
            Path dataFolder,
            Addresses addresses,
            Variables variables,
            Secrets secrets) {
        this.folder = folder;
        this.dataFolder = dataFolder;
        this.addresses = addresses;
        this.variables = variables;
        this.secrets = secrets;
    }

    /// What to start. Chooses its ports.
    ///
    /// @param service as the version has it
    /// @param change what the start belongs to
    /// @throws IOException when a port or a secret can't be had
    /// @throws IllegalArgumentException when a template names something unknown
    ProcessSpec spec(Service service, String version, String instance, String change)
            throws IOException {
        var ports = addresses.choose(service, instance);
        var valueOf = variables.of(version, instance, ports);
        Map<String, String> environment = new TreeMap<>();
        service.env().forEach((name, value) -> environment.put(name, value.fill(valueOf)));
        environment.putAll(secrets.fetch(service.secrets(), valueOf));
        environment.put("PITCREW_CHANGE", change);
        return new ProcessSpec(
                instance,
                service.name(),
                version,
                service.command().stream().map(word -> word.fill(valueOf)).toList(),
                environment,
                folder,
                dataFolder.resolve("logs").resolve(instance + ".log"),
                ports);
    }
}
