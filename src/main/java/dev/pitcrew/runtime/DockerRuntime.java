package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Environment.RuntimeName;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.docker.Beside;
import dev.pitcrew.runtime.docker.BuiltImages;
import dev.pitcrew.runtime.docker.ContainerProbing;
import dev.pitcrew.runtime.docker.Containers;
import dev.pitcrew.runtime.docker.DockerProcesses;
import dev.pitcrew.runtime.docker.Engine;
import dev.pitcrew.runtime.docker.ImageMaking;
import dev.pitcrew.runtime.docker.Owner;
import dev.pitcrew.runtime.docker.SameImage;
import dev.pitcrew.runtime.docker.Spread;
import dev.pitcrew.runtime.http.Probing;
import dev.pitcrew.runtime.process.HostedProcesses;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.LocalProcesses;
import dev.pitcrew.runtime.process.Placing;
import dev.pitcrew.runtime.process.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// What an environment with `runtime: docker` works with: one engine or one of each of several hosts, and its containers.
public final class DockerRuntime implements AutoCloseable {
    private static final Duration AGAIN = Duration.ofMillis(250);

    private final List<Engine> engines;
    private final Containers containers;
    private final List<BuiltImages> built;

    private DockerRuntime(List<Engine> engines, Containers containers, String system) {
        this.engines = engines;
        this.containers = containers;
        built = engines.stream().map(one -> new BuiltImages(one, system)).toList();
    }

    /// Empty where instances are processes of this host.
    ///
    /// @param dataFolder in which it is written what was taken over, and where there are several hosts who is on which
    /// @param variables our own, of which DOCKER_HOST counts where the environment names no engine
    /// @throws IOException when that can't be read
    public static Optional<DockerRuntime> of(
            TradingSystem system,
            Environment environment,
            Path dataFolder,
            Map<String, String> variables)
            throws IOException {
        if (environment.runtime() != RuntimeName.DOCKER) {
            return Optional.empty();
        }
        var engines = Engines.of(system, environment, variables);
        var owner = new Owner(system.name(), environment.name());
        return Optional.of(
                new DockerRuntime(
                        engines,
                        environment.hosts().isEmpty()
                                ? new DockerProcesses(
                                        engines.getFirst(),
                                        owner,
                                        dataFolder.resolve("adopted.json"))
                                : Spread.over(
                                        environment.hosts(),
                                        engines,
                                        owner,
                                        dataFolder.resolve("places.json")),
                        system.name()));
    }

    /// Waits until the engine of an environment says what runs; of several hosts none is waited for, since a silent one is worked without.
    ///
    /// @param limit for all of it; an engine on a busy host may take longer than one question may
    /// @param said takes what is waited for, once
    /// @throws OperationFailed with `UNREACHABLE` when it does not say by then
    /// @throws IOException when the data folder can't be read
    public static void await(ControllerSettings settings, Duration limit, Consumer<String> said)
            throws IOException {
        await(
                settings.system(),
                settings.where(),
                settings.dataFolder(),
                settings.variables(),
                limit,
                said);
    }

    static void await(
            TradingSystem system,
            Environment environment,
            Path dataFolder,
            Map<String, String> variables,
            Duration limit,
            Consumer<String> said)
            throws IOException {
        if (environment.runtime() != RuntimeName.DOCKER || !environment.hosts().isEmpty()) {
            return;
        }
        try (var docker = of(system, environment, dataFolder, variables).orElseThrow()) {
            var until = System.nanoTime() + limit.toNanos();
            for (var isFirst = true; ; isFirst = false) {
                try {
                    var _ = docker.containers.known();
                    return;
                } catch (OperationFailed e) {
                    var engine = docker.engines.getFirst().place();
                    if (System.nanoTime() > until) {
                        throw new OperationFailed(
                                Code.UNREACHABLE,
                                "the Docker engine at %s did not say within %d s what runs: %s; see whether `docker --host %s ps` answers"
                                        .formatted(
                                                engine, limit.toSeconds(), e.getMessage(), engine),
                                e);
                    }
                    if (isFirst) {
                        said.accept(
                                "waiting for the Docker engine, %d s at most: %s"
                                        .formatted(limit.toSeconds(), e.getMessage()));
                    }
                    LockSupport.parkNanos(AGAIN.toNanos());
                }
            }
        }
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
        var docker = of(system, environment, dataFolder, variables);
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
        if (environment.runtime() != RuntimeName.DOCKER) {
            return new Artifacts(system.folder());
        }
        return new Artifacts(
                system.folder(),
                names(system, variables, Engines.of(system, environment, variables))::digest);
    }

    private static ImageNames names(
            TradingSystem system, Map<String, String> variables, List<Engine> engines) {
        return new ImageNames(
                system, variables, (names, isMeant) -> SameImage.find(names, isMeant, engines));
    }

    /// All engines of an environment, in the order of its hosts where it has some; none is asked yet, and whoever asked for them closes them.
    ///
    /// @throws IllegalArgumentException when its instances are processes of this host
    public static List<Engine> engines(
            TradingSystem system, Environment environment, Map<String, String> variables) {
        if (environment.runtime() != RuntimeName.DOCKER) {
            throw new IllegalArgumentException(
                    "instances of %s are processes of this host, not containers; say runtime: docker"
                            .formatted(environment.name()));
        }
        return Engines.of(system, environment, variables);
    }

    /// What builds and pulls the images of an environment.
    ///
    /// @param limit for one image on one engine
    /// @param progress takes what is said meanwhile, line by line
    /// @throws IllegalArgumentException when its instances are processes of this host
    public static ImageMaker images(
            TradingSystem system,
            Environment environment,
            Map<String, String> variables,
            Duration limit,
            Consumer<String> progress) {
        if (environment.runtime() != RuntimeName.DOCKER) {
            throw new IllegalArgumentException(
                    "instances of %s are processes of this host, not containers"
                            .formatted(environment.name()));
        }
        var engines = Engines.of(system, environment, variables);
        return new ImageMaker(
                system,
                names(system, variables, engines),
                engines.stream()
                        .map(one -> new ImageMaking(one.place(), "docker", limit, progress))
                        .toList(),
                new Secrets(system.folder(), variables));
    }

    /// Removes images that Pitcrew built and that turned out to be not good.
    void tidy(Desk desk) {
        var failed = FailedImages.of(desk);
        if (!failed.isEmpty()) {
            built.forEach(one -> one.remove(failed));
        }
    }

    /// Where instances are put, by address.
    ///
    /// @param host our own among several controllers' hosts
    static Placing placing(Optional<DockerRuntime> docker, Optional<String> host) {
        return docker.map(one -> one.containers)
                .filter(Placing.class::isInstance)
                .map(Placing.class::cast)
                .orElseGet(() -> Placing.at(host.orElse(KnownProcess.LOOPBACK)));
    }

    /// The name of the host on which an instance is; empty where there is only one, or for who was never placed.
    Optional<String> host(String instance) {
        return containers instanceof Placing all ? all.named(instance) : Optional.empty();
    }

    /// Makes images on its engine, or on the first host's, and says nothing of how it goes.
    ///
    /// @param limit for one image
    public ImageMaking images(Duration limit) {
        return new ImageMaking(engines.getFirst().place(), "docker", limit, _ -> {});
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
        engines.forEach(Engine::close);
    }
}
