package dev.pitcrew.runtime.docker;

import com.github.dockerjava.api.model.ContainerNetwork;
import dev.pitcrew.runtime.docker.EngineAnswer.Got;
import dev.pitcrew.runtime.docker.EngineAnswer.Missing;
import dev.pitcrew.runtime.docker.EngineAnswer.Refused;
import dev.pitcrew.runtime.docker.EngineAnswer.Silent;
import dev.pitcrew.runtime.process.Contained;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The networks that containers join. Those that may be made are made when the first container needs them, and stay.
final class Networks {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int TAKEN = 409;
    private static final Set<String> OF_THE_ENGINE = Set.of(Contained.HOST, "bridge", "none");

    private final Engine engine;
    private final Owner owner;

    Networks(Engine engine, Owner owner) {
        this.engine = engine;
        this.owner = owner;
    }

    /// Why a container can't join all of its networks; nothing of it is made yet.
    Optional<String> objection(Contained contained) {
        for (var name : contained.networks().keySet()) {
            var isMade = contained.declared().newNetworks().contains(name);
            var why = OF_THE_ENGINE.contains(name) ? "" : objection(name, isMade);
            if (!why.isEmpty()) {
                return Optional.of(why);
            }
        }
        return Optional.empty();
    }

    private String objection(String name, boolean isMade) {
        return switch (look(name)) {
            case Got<String> _ -> "";
            case Missing<String> _ when isMade -> make(name);
            case Missing<String> _ ->
                    "the engine has no network %s; `docker network create %s`, or name it in container: newNetworks"
                            .formatted(name, name);
            case Refused<String>(_, var what) -> what;
            case Silent<String>(var why) -> why;
        };
    }

    private EngineAnswer<String> look(String name) {
        return engine.call(
                Engine.READ_LIMIT,
                client -> client.inspectNetworkCmd().withNetworkId(name).exec().getId());
    }

    private String make(String name) {
        var made =
                engine.call(
                        LIMIT,
                        client ->
                                client.createNetworkCmd()
                                        .withName(name)
                                        .withCheckDuplicate(true)
                                        .withLabels(owner.labels())
                                        .exec()
                                        .getId());
        return made instanceof Refused<String>(int status, _) && status == TAKEN
                ? "" // somebody else made it just now
                : made.why();
    }

    /// Joins all but the one that it begins in, before it starts.
    ///
    /// @return why it can't
    Optional<String> join(String id, Contained contained) {
        for (var each : contained.networks().entrySet()) {
            if (!each.getKey().equals(contained.network())) {
                var joined = join(id, each.getKey(), each.getValue());
                if (!joined.why().isEmpty()) {
                    return Optional.of(joined.why());
                }
            }
        }
        return Optional.empty();
    }

    private EngineAnswer<String> join(String id, String network, List<String> names) {
        return engine.call(
                LIMIT,
                client -> {
                    client.connectToNetworkCmd()
                            .withNetworkId(network)
                            .withContainerId(id)
                            .withContainerNetwork(new ContainerNetwork().withAliases(names))
                            .exec();
                    return id;
                });
    }
}
