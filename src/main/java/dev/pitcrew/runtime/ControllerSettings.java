package dev.pitcrew.runtime;

import dev.pitcrew.ledger.SigningKey;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.model.ContainerSpec;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Environment.PostgresLedger;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Words;
import dev.pitcrew.runtime.ledger.KeyFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a controller works with.
///
/// @param system as the environment changes it; see [TradingSystem#in]
/// @param environment the name of the environment
/// @param dataFolder where everything about the environment is kept, absolute
/// @param variables what `${env.NAME}` stands for: the controller's own environment
/// @param host under which address the controllers of other hosts reach what runs here; empty where the desk has one host
public record ControllerSettings(
        TradingSystem system,
        String environment,
        Path dataFolder,
        Map<String, String> variables,
        Optional<String> host) {
    /// Of a desk on one host.
    ///
    /// @throws IllegalArgumentException when this release can't drive it
    public ControllerSettings(
            TradingSystem system,
            String environment,
            Path dataFolder,
            Map<String, String> variables) {
        this(system, environment, dataFolder, variables, Optional.empty());
    }

    public ControllerSettings {
        dataFolder = dataFolder.toAbsolutePath().normalize();
        variables = Map.copyOf(variables);
        var where = system.environment(environment);
        if (where.kind() == Environment.Kind.LIVE
                && where.balancer() == Environment.Balancer.BUILT_IN) {
            throw new IllegalArgumentException(
                    "the built-in balancer is for demo and paper only; in a live environment put HAProxy or nginx"
                            + " in front and name it in pitcrew.yaml");
        }
        if (where.balancer() != Environment.Balancer.BUILT_IN
                && where.proxy().isEmpty()
                && system.services().stream().anyMatch(Service::takesTraffic)) {
            throw new IllegalArgumentException(
                    "environment %s names %s as its balancer, and doesn't say where that is; say so in proxy, as docs/traffic.md shows"
                            .formatted(environment, Words.of(where.balancer())));
        }
        if (where.runtime() == Environment.RuntimeName.DOCKER) {
            system.services().stream()
                    .filter(one -> one.container().flatMap(ContainerSpec::image).isEmpty())
                    .findFirst()
                    .ifPresent(
                            one -> {
                                throw new IllegalArgumentException(
                                        "environment %s runs containers, and %s names no image; add container: {image: …}"
                                                .formatted(where.name(), one.name()));
                            });
            if (host.isPresent()) {
                throw new IllegalArgumentException(
                        "one controller reaches the Docker engines of all hosts; name them at `hosts:`, and leave out --host");
            }
        } else {
            system.services().stream()
                    .filter(one -> one.command().isEmpty())
                    .findFirst()
                    .ifPresent(
                            one -> {
                                throw new IllegalArgumentException(
                                        "environment %s runs processes, and %s has no command; add one, or runtime: docker"
                                                .formatted(where.name(), one.name()));
                            });
        }
        if (host.isPresent() && !(where.ledger() instanceof PostgresLedger)) {
            throw new IllegalArgumentException(
                    "controllers on several hosts have their ledger in one database; name it at `ledger:`, of kind postgres");
        }
        if (host.isPresent()) {
            system.services().stream()
                    .filter(Service::takesTraffic)
                    .findFirst()
                    .ifPresent(
                            one -> {
                                throw new IllegalArgumentException(
                                        "%s takes traffic from the built-in balancer, which one host's controller steers alone, so the desk can't be on several hosts (--host)"
                                                .formatted(one.name()));
                            });
        }
    }

    /// The environment that is meant.
    Environment where() {
        return system.environment(environment);
    }

    /// The key that signs the environment's ledger.
    ///
    /// @param isNew whether the ledger is: a new key beside an old one would be another identity, which no witness knows
    SigningKey key(boolean isNew) {
        var name = system.name() + "/" + environment;
        var file = dataFolder.resolve("ledger.key");
        return isNew
                ? KeyFile.loadOrCreate(file, name, VerifierKey.Kind.NOTE)
                : KeyFile.load(file, name, VerifierKey.Kind.NOTE);
    }

    /// The variables' names only, since one may be a secret.
    @Override
    public String toString() {
        return system.name()
                + " "
                + environment
                + " in "
                + dataFolder
                + " with "
                + variables.keySet();
    }
}
