package dev.pitcrew.runtime;

import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.http.Instance;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.Processes;
import java.nio.file.Path;
import java.util.Map;

/// Instances as hooks and probes need them, for who works without a controller. `${…}` stands for the same as with one; what stands for
/// nothing now is left out, so that only the command that names it fails. Nothing is written.
public final class KnownInstances {
    private static final int NOBODY = 9; // the discard port: no service answers there

    private final TradingSystem system;
    private final Variables variables;

    /// @param folder the environment's data folder
    /// @param environment our own variables, for `${env.NAME}`
    public KnownInstances(
            TradingSystem system,
            Path folder,
            Processes processes,
            Map<String, String> environment) {
        this.system = system;
        this.variables =
                new Variables(
                        system,
                        folder,
                        folder.resolve("balancer.json"),
                        Map.of(),
                        Addresses.reading(processes, folder.resolve("ports.json")),
                        environment);
    }

    /// @param service as the instance's version of it is
    public Instance of(Service service, KnownProcess process) {
        var ports = process.ports();
        return new Instance(
                process.instance(),
                new Address(process.host(), ports.getOrDefault("http", NOBODY)),
                variables.known(service, process.version(), process.instance(), ports),
                variables.knownStores(),
                system.folder());
    }
}
