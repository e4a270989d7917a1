package dev.pitcrew.runtime;

import dev.pitcrew.model.EngineHost;
import dev.pitcrew.model.EngineRef;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Template;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.docker.Engine;
import dev.pitcrew.runtime.docker.EnginePlace;
import dev.pitcrew.runtime.docker.EnginePlace.Keys;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Docker engines that an environment names.
final class Engines {
    private final TradingSystem system;
    private final Map<String, String> variables;

    private Engines(TradingSystem system, Map<String, String> variables) {
        this.system = system;
        this.variables = variables;
    }

    /// One, or one for each of its hosts, in order. None is asked yet.
    ///
    /// @throws IllegalArgumentException when an address is none, or a variable stands for nothing
    /// @throws dev.pitcrew.model.OperationFailed when certificates can't be used
    static List<Engine> of(
            TradingSystem system, Environment environment, Map<String, String> variables) {
        var engines = new Engines(system, variables);
        if (!environment.hosts().isEmpty()) {
            return environment.hosts().stream()
                    .map(EngineHost::engine)
                    .map(one -> Engine.at(engines.place(one)))
                    .toList();
        }
        return List.of(
                Engine.at(
                        environment
                                .engine()
                                .map(engines::place)
                                .orElseGet(() -> EnginePlace.usual(variables))));
    }

    private EnginePlace place(EngineRef ref) {
        return EnginePlace.named(
                new Template(ref.at()).fill(this::value),
                new Keys(file(ref.certificates()), file(ref.identity()), file(ref.knownHosts())),
                variables);
    }

    private Optional<Path> file(Optional<Template> path) {
        return path.map(one -> system.folder().resolve(one.fill(this::value)));
    }

    private String value(String name) {
        var value =
                name.equals("config")
                        ? system.folder().toString()
                        : name.startsWith("env.")
                                ? variables.get(name.substring("env.".length()))
                                : null;
        if (value == null) {
            throw new IllegalArgumentException(
                    "nothing is known as ${" + name + "} where a Docker engine is named");
        }
        return value;
    }
}
