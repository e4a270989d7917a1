package dev.pitcrew.app.adopt;

import dev.pitcrew.deploy.Outside;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Environment.RuntimeName;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.read.compose.ComposeProject;
import dev.pitcrew.runtime.DockerRuntime;
import dev.pitcrew.runtime.docker.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Asks all engines of an environment what Compose runs there of the system's services. Whoever may start something asks before each change.
public final class BesideCompose implements Supplier<Outside> {
    private final Optional<ComposeProject> project;
    private final Supplier<List<Engine>> engines;

    private BesideCompose(Optional<ComposeProject> project, Supplier<List<Engine>> engines) {
        this.project = project;
        this.engines = engines;
    }

    /// Of a system whose services come from a Compose project; of any other there is nothing to ask.
    ///
    /// @param file the system file
    /// @param variables our own, of which DOCKER_HOST counts where the environment names no engine
    public static BesideCompose of(
            Path file,
            TradingSystem system,
            Environment environment,
            Map<String, String> variables) {
        return new BesideCompose(
                environment.runtime() == RuntimeName.DOCKER
                        ? SystemFile.composeProject(file, _ -> {})
                        : Optional.empty(),
                () -> DockerRuntime.engines(system, environment, variables));
    }

    /// @throws dev.pitcrew.model.OperationFailed when an engine can't be asked: then it is not known what runs
    @Override
    public Outside get() {
        return project.map(this::asked).orElse(Outside.NONE);
    }

    private Outside asked(ComposeProject one) {
        var running = new TreeMap<String, List<String>>();
        var all = engines.get();
        try {
            for (var engine : all) {
                new Adopt(engine)
                        .running(one)
                        .forEach(
                                (service, names) ->
                                        running.computeIfAbsent(service, _ -> new ArrayList<>())
                                                .addAll(names));
            }
        } finally {
            all.forEach(Engine::close);
        }
        return new Outside(one.name(), running);
    }
}
