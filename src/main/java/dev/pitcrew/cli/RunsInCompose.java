package dev.pitcrew.cli;

import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.app.DeskStatus.ServiceLine;
import dev.pitcrew.app.adopt.Adopt;
import dev.pitcrew.model.Environment.RuntimeName;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.read.compose.ComposeProject;
import dev.pitcrew.runtime.DockerRuntime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What Compose started and runs still. Pitcrew starts no service beside it for the first time: of an order gateway that would be a second sender.
final class RunsInCompose {
    private RunsInCompose() {}

    /// Before services are started for the first time.
    ///
    /// @param services that are about to be started
    /// @param status by which it is known whether one ever was
    /// @throws Refused when one of them runs already
    /// @throws dev.pitcrew.model.OperationFailed when the engine can't be asked
    static void refuseBeside(Where.Place place, Set<String> services, DeskStatus status) {
        var first =
                status.services().stream()
                        .filter(one -> one.version().isEmpty() && one.changing() == null)
                        .map(ServiceLine::name)
                        .filter(services::contains)
                        .collect(Collectors.toSet());
        if (!first.isEmpty()
                && place.environment().runtime() == RuntimeName.DOCKER
                && place.environment().hosts().isEmpty()) {
            SystemFile.composeProject(place.file(), _ -> {})
                    .ifPresent(
                            project -> {
                                var running = running(place, project);
                                running.keySet().retainAll(first);
                                if (!running.isEmpty()) {
                                    throw new Refused(
                                            running.values().stream()
                                                    .map(names -> String.join(", ", names))
                                                    .collect(
                                                            Collectors.joining(
                                                                    ", ",
                                                                    "of the Compose project "
                                                                            + project.name()
                                                                            + " there runs ",
                                                                    ", beside which nothing is started a second time")),
                                            "`pitcrew adopt --take` takes over what runs, without a restart; or stop it first");
                                }
                            });
        }
    }

    private static Map<String, List<String>> running(Where.Place place, ComposeProject project) {
        try (var engine =
                DockerRuntime.engine(place.system(), place.environment(), System.getenv())) {
            return new Adopt(engine).running(project);
        }
    }
}
