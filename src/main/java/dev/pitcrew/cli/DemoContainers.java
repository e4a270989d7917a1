package dev.pitcrew.cli;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.DockerRuntime;
import dev.pitcrew.runtime.docker.Beside;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The demo's containers and their images, on the engine of this host.
final class DemoContainers implements AutoCloseable {
    private static final int LINES_KEPT = 2000;
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(2);

    private final DockerRuntime docker;
    private final Beside processes;
    private final DemoImages images;
    private final Path logs;

    private DemoContainers(DockerRuntime docker, Beside processes, DemoImages images, Path logs) {
        this.docker = docker;
        this.processes = processes;
        this.images = images;
        this.logs = logs;
    }

    /// Builds the images; empty where instances are processes.
    ///
    /// @param desk the folder of the desk's project
    /// @param here what is no container
    /// @throws Refused when there is no engine, or another demo uses it
    static Optional<DemoContainers> of(Where.Place place, Path desk, Processes here)
            throws IOException, InterruptedException {
        var docker =
                DockerRuntime.of(
                        place.system(), place.environment(), place.data().path(), System.getenv());
        if (docker.isEmpty()) {
            return Optional.empty();
        }
        var processes = docker.get().beside(here);
        var contexts = Files.createDirectories(place.data().path().resolve("images"));
        var images = new DemoImages(desk, contexts, docker.get().images(BUILD_LIMIT));
        var logs = Files.createDirectories(place.data().path().resolve("logs"));
        var all = new DemoContainers(docker.get(), processes, images, logs);
        var isBuilt = false;
        try {
            refuseUnlessFree(processes);
            images.build();
            isBuilt = true;
        } finally {
            if (!isBuilt) {
                images.remove();
                docker.get().close();
            }
        }
        return Optional.of(all);
    }

    private static void refuseUnlessFree(Beside processes) {
        try {
            var others =
                    processes.containers().known().stream().map(KnownProcess::instance).toList();
            if (!others.isEmpty()) {
                throw new Refused(
                        "the engine has containers of another demo: " + String.join(", ", others),
                        "end that one; what a killed one left goes with `docker rm -f $(docker ps"
                                + " -aqf label=dev.pitcrew.environment=docker)`");
            }
        } catch (OperationFailed e) {
            throw new Refused(
                    e.getMessage(),
                    "start Docker, or name its socket in DOCKER_HOST; without --docker the demo"
                            + " needs none");
        }
    }

    Beside processes() {
        return processes;
    }

    /// Removes containers and images; what the containers printed stays in a file. They have to be dead.
    @Override
    public void close() {
        for (var one : processes.containers().known()) {
            keepLog(one.instance());
            processes.forget(one.instance());
        }
        images.remove();
        docker.close();
    }

    private void keepLog(String instance) {
        try {
            Files.write(
                    logs.resolve(instance + ".log"),
                    processes.containers().log(instance, LINES_KEPT));
        } catch (IOException | OperationFailed _) { // it is only for who looks later
        }
    }
}
