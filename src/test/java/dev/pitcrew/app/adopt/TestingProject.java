package dev.pitcrew.app.adopt;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.read.compose.ComposeProject;
import dev.pitcrew.read.compose.ComposeRequest;
import dev.pitcrew.runtime.docker.Container;
import dev.pitcrew.runtime.docker.Container.Limits;
import dev.pitcrew.runtime.docker.Container.Restart;
import dev.pitcrew.runtime.docker.Container.State;
import dev.pitcrew.runtime.docker.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A Compose file on the disk, and containers as an engine would describe them.
final class TestingProject {
    static final String OLD = "sha256:" + "1".repeat(64);
    static final String NEW = "sha256:" + "2".repeat(64);

    private TestingProject() {}

    static ComposeProject read(Path folder, String compose, Consumer<Problem> problems)
            throws IOException {
        Files.writeString(folder.resolve("docker-compose.yml"), compose);
        return ComposeProject.read(
                        folder.resolve("pitcrew.yaml"),
                        new ComposeRequest(
                                List.of(
                                        new Located<>(
                                                "docker-compose.yml",
                                                new Place("command line", 1, 1))),
                                false,
                                List.of(),
                                Optional.of("desk"),
                                List.of()),
                        problems)
                .orElseThrow();
    }

    static Wanted wanted(Path folder, String compose) throws IOException {
        var project = read(folder, compose, _ -> {});
        return Wanted.of(project, project.containers(Map.of()).getFirst());
    }

    /// One that runs `image` with nothing special.
    static Container container(String name, String image, String imageId, List<String> command) {
        return with(name, image, imageId, command, Map.of(), List.of(), new Limits(0, 0, 0), "a");
    }

    static Container with(
            String name,
            String image,
            String imageId,
            List<String> command,
            Map<String, String> environment,
            List<Container.Mount> mounts,
            Limits limits,
            String configHash) {
        return new Container(
                name,
                name,
                image,
                imageId,
                Map.of(
                        "com.docker.compose.service",
                        "gateway",
                        "com.docker.compose.config-hash",
                        configHash),
                List.of(),
                command,
                environment,
                "",
                "/srv",
                mounts,
                List.of(),
                "desk_default",
                Map.of(),
                limits,
                new Restart("no", 0),
                Optional.empty(),
                "",
                Optional.empty(),
                new State("running", 7, 0, false, Optional.empty(), Optional.empty(), "", ""));
    }

    /// @param named what the image's name means by now
    static Found found(Container container, List<String> command, String named) {
        return new Found(
                container,
                Optional.of(
                        new Image(
                                container.imageId(),
                                List.of(),
                                List.of(),
                                Map.of(),
                                List.of(),
                                command,
                                Map.of("PATH", "/bin"),
                                Optional.empty(),
                                0)),
                Optional.of(named));
    }
}
