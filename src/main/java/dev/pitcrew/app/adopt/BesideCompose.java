package dev.pitcrew.app.adopt;

import dev.pitcrew.deploy.Outside;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Environment.RuntimeName;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.read.compose.ComposeProject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Asks all engines of an environment what Compose runs there of the system's services. Whoever may start a service for the first time asks before.
public final class BesideCompose implements Supplier<Outside> {
    private final Optional<ComposeProject> project;
    private final Supplier<Adopt> engines;

    private BesideCompose(Optional<ComposeProject> project, Supplier<Adopt> engines) {
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
                () -> Adopt.in(system, environment, variables));
    }

    /// @throws dev.pitcrew.model.OperationFailed when an engine can't be asked: then it is not known what runs
    @Override
    public Outside get() {
        return project.map(this::asked).orElse(Outside.NONE);
    }

    private Outside asked(ComposeProject one) {
        try (var adopt = engines.get()) {
            return new Outside(one.name(), adopt.running(one));
        }
    }
}
