package dev.pitcrew.runtime;

import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Environment.RuntimeName;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.docker.Beside;
import dev.pitcrew.runtime.docker.ContainerProbing;
import dev.pitcrew.runtime.docker.DockerProcesses;
import dev.pitcrew.runtime.docker.Engine;
import dev.pitcrew.runtime.docker.EnginePlace;
import dev.pitcrew.runtime.docker.Images;
import dev.pitcrew.runtime.docker.Owner;
import dev.pitcrew.runtime.docker.TarImages;
import dev.pitcrew.runtime.http.Probing;
import dev.pitcrew.runtime.process.HostedProcesses;
import dev.pitcrew.runtime.process.LocalProcesses;
import dev.pitcrew.runtime.process.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What an environment with `runtime: docker` works with: one engine, and its containers.
public final class DockerRuntime implements AutoCloseable {
    private final Engine engine;
    private final DockerProcesses containers;

    private DockerRuntime(Engine engine, Owner owner) {
        this.engine = engine;
        containers = new DockerProcesses(engine, owner);
    }

    /// Empty where instances are processes of this host.
    ///
    /// @param variables our own, of which DOCKER_HOST counts where the environment names no engine
    public static Optional<DockerRuntime> of(
            TradingSystem system, Environment environment, Map<String, String> variables) {
        if (environment.runtime() != RuntimeName.DOCKER) {
            return Optional.empty();
        }
        var place =
                environment
                        .engine()
                        .map(EnginePlace::of)
                        .orElseGet(() -> EnginePlace.usual(variables));
        return Optional.of(
                new DockerRuntime(Engine.at(place), new Owner(system.name(), environment.name())));
    }

    /// What somebody else started of this environment, to look at and to end; nothing is written.
    ///
    /// @throws IOException when this host can't be asked about processes
    public static Processes startedBefore(
            TradingSystem system,
            Environment environment,
            Path dataFolder,
            Map<String, String> variables)
            throws IOException {
        var docker = of(system, environment, variables);
        return docker.isEmpty()
                ? HostedProcesses.startedBefore(dataFolder)
                : docker.get()
                        .beside(LocalProcesses.startedBefore(dataFolder.resolve("processes")));
    }

    /// What makes a version a release there: its images by digest.
    ///
    /// @throws IllegalArgumentException from the artifacts, when an image can't be told
    public static Artifacts artifacts(
            TradingSystem system, Environment environment, Map<String, String> variables) {
        return of(system, environment, variables)
                .<Function<String, String>>map(one -> new Images(one.engine)::resolve)
                .map(images -> new Artifacts(system.folder(), images))
                .orElseGet(() -> new Artifacts(system.folder()));
    }

    /// Makes images on its engine.
    public TarImages images() {
        return new TarImages(engine);
    }

    /// Its containers, and the built-in balancer as a process.
    public Beside beside(Processes here) {
        return new Beside(containers, here, BalancerKeeper.NAME);
    }

    /// Probes that ask the engine what an instance runs.
    Probing probing(Probing probing, InstantSource clock) {
        return new ContainerProbing(probing, containers, clock);
    }

    @Override
    public void close() {
        engine.close();
    }
}
