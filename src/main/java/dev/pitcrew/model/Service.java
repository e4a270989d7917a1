package dev.pitcrew.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A program that runs as one or more instances, and how to start, ask, drive and change it.
///
/// @param place where the file declares it
/// @param venues names of the venues it is connected to
/// @param command the argument vector, started without a shell; of a container it may be empty, and the image says it
/// @param artifact files that make the version, hashed in this order into its digest
/// @param configuration files that every instance must have read alike before it gets traffic
/// @param flags the same for feature flags
/// @param replicas instances at rest; of a single-active service one is active, the others warm standbys
/// @param ports by name; HTTP probes and hooks speak to `http`
/// @param env environment variables set at start
/// @param secrets environment variables whose values are fetched at start, and never stored or shown
/// @param singleActive present when only one instance may send
/// @param reconcile the two independent sources of its open orders and positions
/// @param objectives limits while a new version bakes; absent: only readiness is watched
/// @param state the data formats it writes and reads; absent: it keeps no data of its own
/// @param versions the service as a whole for each version that changes something; see [#at]
/// @param dependsOn services that are started before it
/// @param owner whose it is, where that is not who owns the system
/// @param container how it runs in a container; empty: only as a process
public record Service(
        String name,
        Place place,
        Role role,
        List<String> venues,
        List<Template> command,
        List<Template> artifact,
        List<Template> configuration,
        List<Template> flags,
        int replicas,
        Map<String, Port> ports,
        Map<String, Template> env,
        Map<String, SecretRef> secrets,
        Resources resources,
        Optional<SingleActive> singleActive,
        Probes probes,
        Map<HookName, Hook> hooks,
        Optional<Reconciliation> reconcile,
        RolloutSettings rollout,
        Optional<Objectives> objectives,
        Optional<StateFormats> state,
        Map<Version, Service> versions,
        RestartLimit restarts,
        List<String> dependsOn,
        Optional<TradingSystem.Owner> owner,
        Optional<ContainerSpec> container) {
    public Service {
        Words.requireName(name);
        if ((command.isEmpty() && container.isEmpty()) || replicas < 1) {
            throw new IllegalArgumentException(
                    name + " needs a command or a container, and at least one replica");
        }
        venues = List.copyOf(venues);
        command = List.copyOf(command);
        artifact = List.copyOf(artifact);
        configuration = List.copyOf(configuration);
        flags = List.copyOf(flags);
        ports = Words.inOrder(ports);
        env = Words.inOrder(env);
        secrets = Words.inOrder(secrets);
        hooks = Words.inOrder(hooks);
        versions = Words.inOrder(versions);
        dependsOn = List.copyOf(dependsOn);
    }

    /// The service as this version of it is: what the file changes for the version, else the service itself.
    public Service at(Version version) {
        return versions.getOrDefault(version, this);
    }

    /// The service as its shadow runs: it sends its orders elsewhere, and is given no secret.
    public Service inShadow() {
        var changed = new LinkedHashMap<>(env);
        rollout.shadow().ifPresent(shadow -> changed.putAll(shadow.env()));
        return new Service(
                name,
                place,
                role,
                venues,
                command,
                artifact,
                configuration,
                flags,
                replicas,
                ports,
                changed,
                Map.of(),
                resources,
                singleActive,
                probes,
                hooks,
                reconcile,
                rollout,
                objectives,
                state,
                versions,
                restarts,
                dependsOn,
                owner,
                container);
    }

    /// How one fact about an instance is read; empty when nobody measures it, so that it is unknown for ever.
    public Optional<Probe> probe(ProbeName name) {
        return Optional.ofNullable(probes.byName().get(name));
    }

    /// How an instance is told to do something; empty when it can't be told.
    public Optional<Hook> hook(HookName name) {
        return Optional.ofNullable(hooks.get(name));
    }

    /// Whether a new instance of it waits to be activated before it may send. A single-active service without an `activate` hook knows no such
    /// mode: each of its instances is active from its start to its death.
    public boolean knowsPassiveMode() {
        return singleActive.isEmpty() || hooks.containsKey(HookName.ACTIVATE);
    }

    /// Whether requests reach it through the balancer.
    public boolean takesTraffic() {
        return role == Role.ORDER_ENTRY || role == Role.STATELESS;
    }
}
