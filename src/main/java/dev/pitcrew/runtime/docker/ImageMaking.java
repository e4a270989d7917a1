package dev.pitcrew.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.PullResponseItem;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.read.survey.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Builds and pulls images, each to a deadline, and says how it goes. The engine builds by itself; what only BuildKit knows, the `docker`
/// command builds.
public final class ImageMaking {
    private static final Duration REMOVE_LIMIT = Duration.ofSeconds(20);

    private final EnginePlace place;
    private final BuildKit buildKit;
    private final Duration limit;
    private final Consumer<String> progress;

    /// Whom a registry knows.
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user; // never the password
        }
    }

    /// @param docker the command that knows BuildKit, where there is one
    /// @param limit for one image
    /// @param progress takes a line at a time
    public ImageMaking(
            EnginePlace place, String docker, Duration limit, Consumer<String> progress) {
        this.place = place;
        this.limit = limit;
        this.progress = progress;
        buildKit = new BuildKit(docker, place);
    }

    /// Builds it.
    ///
    /// @return its id
    /// @throws OperationFailed when that fails, or takes longer
    /// @throws IllegalArgumentException when nothing here can build it
    public String build(BuildOrder order) {
        var need = need(order);
        if (need.isPresent() && !buildKit.isThere()) {
            throw new IllegalArgumentException(
                    "%s %s needs BuildKit, and no docker command with buildx is here; install docker-buildx, or write it without"
                            .formatted(need.get().place(), need.get().what()));
        }
        if (need.isPresent()) {
            buildKit.build(order, limit, progress);
            return id(order.names().getFirst());
        }
        return done(
                Code.NOT_BUILT,
                order.dockerfile() + " was not built",
                order.names().getFirst(),
                client -> {
                    var callback = new ImageProgress<BuildResponseItem>(progress);
                    var command =
                            client.buildImageCmd()
                                    .withBaseDirectory(order.context().toFile())
                                    .withDockerfile(order.dockerfile().toFile())
                                    .withTags(new HashSet<>(order.names()))
                                    .withLabels(order.labels())
                                    .withForcerm(true);
                    order.target().ifPresent(command::withTarget);
                    order.args().forEach(command::withBuildArg);
                    command.exec(callback).await();
                });
    }

    /// Builds one of a tar file with a Dockerfile. What the name meant before it means no more.
    ///
    /// @param name with its tag
    /// @return its id
    /// @throws OperationFailed when the engine can't; the message has its words
    public String build(String name, Path tar) throws IOException {
        try (var context = Files.newInputStream(tar)) {
            return done(
                    Code.NOT_BUILT,
                    "the Docker engine built no " + name,
                    name,
                    client -> {
                        var callback = new ImageProgress<BuildResponseItem>(progress);
                        client.buildImageCmd(context).withTags(Set.of(name)).exec(callback).await();
                    });
        }
    }

    /// Takes the name away, and the image with it where nobody else uses it.
    public void remove(String name) {
        try (var engine = Engine.at(place)) {
            var _ = engine.call(REMOVE_LIMIT, client -> client.removeImageCmd(name).exec());
        }
    }

    private static Optional<BuildKitNeed> need(BuildOrder order) {
        try {
            return BuildKitNeed.of(
                    new SourceFile(
                            order.dockerfile().toString(), Files.readString(order.dockerfile())));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "%s can't be read: %s".formatted(order.dockerfile(), e), e);
        }
    }

    /// Pulls it.
    ///
    /// @param name with a tag or a digest; without either, `latest` is meant
    /// @param login empty: as `docker login` left it
    /// @return its id
    /// @throws OperationFailed when that fails, or takes longer
    public String pull(String name, Optional<Login> login) {
        return done(
                Code.NOT_PULLED,
                name + " was not pulled",
                name,
                client -> {
                    var command = client.pullImageCmd(name);
                    if (!name.substring(name.lastIndexOf('/') + 1).contains(":")) {
                        command.withTag("latest");
                    }
                    login.ifPresent(
                            one ->
                                    command.withAuthConfig(
                                            new AuthConfig()
                                                    .withRegistryAddress(registry(name))
                                                    .withUsername(one.user())
                                                    .withPassword(one.password())));
                    command.exec(new ImageProgress<PullResponseItem>(progress)).await();
                });
    }

    private static String registry(String name) {
        var first = name.split("/", 2)[0];
        return first.contains(".") || first.contains(":") || first.equals("localhost")
                ? first
                : AuthConfig.DEFAULT_SERVER_ADDRESS;
    }

    private interface Asking {
        void ask(DockerClient client) throws InterruptedException;
    }

    private String done(Code code, String failed, String name, Asking asking) {
        try (var engine = Engine.patient(place, limit)) {
            var answer =
                    engine.call(
                            limit,
                            client -> {
                                try {
                                    asking.ask(client);
                                    return true;
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                    throw new IllegalStateException(e);
                                }
                            });
            if (!answer.why().isEmpty()) {
                throw new OperationFailed(code, failed + ": " + answer.why(), null);
            }
        }
        return id(name);
    }

    private String id(String name) {
        try (var engine = Engine.at(place)) {
            return engine.image(name).orThrow().id();
        }
    }
}
