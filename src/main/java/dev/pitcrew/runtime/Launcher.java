package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Release;
import dev.pitcrew.model.ByteSize;
import dev.pitcrew.model.ContainerSpec;
import dev.pitcrew.model.ContainerSpec.Mount;
import dev.pitcrew.model.ContainerSpec.MountKind;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.StrategyName;
import dev.pitcrew.model.Template;
import dev.pitcrew.runtime.docker.Images;
import dev.pitcrew.runtime.process.Contained;
import dev.pitcrew.runtime.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Makes the process of an instance from what the system file says of its service.
final class Launcher {
    private final Path folder;
    private final Path dataFolder;
    private final Addresses addresses;
    private final Variables variables;
    private final Secrets secrets;
    private final boolean isContaining;

    /// @param folder of the system file, where instances run
    /// @param isContaining whether they run in containers
    Launcher(
            Path folder,
            Path dataFolder,
            Addresses addresses,
            Variables variables,
            Secrets secrets,
            boolean isContaining) {
        this.folder = folder;
        this.dataFolder = dataFolder;
        this.addresses = addresses;
        this.variables = variables;
        this.secrets = secrets;
        this.isContaining = isContaining;
    }

    /// What to start. Chooses its ports.
    ///
    /// @param service as the version has it
    /// @param change what the start belongs to
    /// @param release what was approved; a container runs its image, by digest
    /// @throws IOException when a port or a secret can't be had, or nobody approved an image
    /// @throws IllegalArgumentException when a template names something unknown
    ProcessSpec spec(
            Service service,
            String version,
            String instance,
            String change,
            Optional<Release> release)
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
                ports,
                isContaining
                        ? Optional.of(contained(service, instance, release, valueOf))
                        : Optional.empty());
    }

    private Contained contained(
            Service service,
            String instance,
            Optional<Release> release,
            Function<String, String> valueOf)
            throws IOException {
        var declared =
                service.container()
                        .orElseThrow(() -> new IOException(service.name() + " has no container"));
        var approved =
                release.filter(one -> !one.binary().isEmpty())
                        .orElseThrow(
                                () -> new IOException("nobody approved an image for " + instance));
        return new Contained(
                Images.id(approved.binary()),
                approved.binary() + "/" + approved.configuration(),
                declared.entrypoint().stream().map(word -> word.fill(valueOf)).toList(),
                declared.mounts().stream().map(one -> filled(one, valueOf)).toList(),
                filled(declared.labels(), valueOf),
                networks(service, declared),
                declared,
                service.resources().memory().map(ByteSize::bytes).orElse(0L),
                grace(service));
    }

    /// Mounts of the host by absolute paths: the engine knows no folder of ours.
    private Mount filled(Mount one, Function<String, String> valueOf) {
        var source = one.source().fill(valueOf);
        return one.kind() != MountKind.FOLDER
                ? new Mount(one.kind(), new Template(source), one.at(), one.isReadOnly())
                : new Mount(
                        one.kind(),
                        new Template(
                                folder.toAbsolutePath().resolve(source).normalize().toString()),
                        one.at(),
                        one.isReadOnly());
    }

    /// A name in a network is for whoever bears it, so two versions side by side must not: it is given where the old one ends before the new one starts.
    static Map<String, List<String>> networks(Service service, ContainerSpec declared) {
        var isAlone = service.rollout().strategy() == StrategyName.STOP_START;
        var networks = new LinkedHashMap<String, List<String>>();
        declared.networks()
                .forEach(
                        (network, more) -> {
                            var names = new LinkedHashSet<String>();
                            names.add(service.name());
                            names.addAll(more);
                            networks.put(network, isAlone ? List.copyOf(names) : List.of());
                        });
        return networks;
    }

    private static Map<String, String> filled(
            Map<String, Template> labels, Function<String, String> valueOf) {
        var filled = new TreeMap<String, String>();
        labels.forEach((name, value) -> filled.put(name, value.fill(valueOf)));
        return filled;
    }

    /// How long an instance in a container has from being asked to end to being killed: what it says, and no less than its drain may take.
    ///
    /// @return zero for a process of this host
    Duration grace(Service service) {
        if (!isContaining) {
            return Duration.ZERO;
        }
        var own = service.container().map(ContainerSpec::stopGrace).orElse(Duration.ZERO);
        var drain = service.singleActive().map(one -> one.drain().limit()).orElse(Duration.ZERO);
        return own.compareTo(drain) > 0 ? own : drain;
    }
}
