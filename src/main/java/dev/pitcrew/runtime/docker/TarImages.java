package dev.pitcrew.runtime.docker;

import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Images made of tar files, without a registry: each is a context whose Dockerfile begins `FROM scratch`, or with an image made so.
public final class TarImages {
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(2);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(20);

    private final Engine engine;

    public TarImages(Engine engine) {
        this.engine = engine;
    }

    /// Builds one. What the name meant before it means no more.
    ///
    /// @param name with its tag
    /// @param context a tar file with a Dockerfile
    /// @throws OperationFailed when the engine can't; the message has its words
    public void build(String name, Path context) throws IOException {
        try (var in = Files.newInputStream(context)) {
            begun(name, in).awaitImageId(BUILD_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (DockerClientException e) {
            throw new OperationFailed(
                    Code.NOT_BUILT,
                    "the Docker engine built no %s: %s".formatted(name, e.getMessage()),
                    e);
        }
    }

    private BuildImageResultCallback begun(String name, InputStream context) {
        return engine.call(
                        CALL_LIMIT,
                        client ->
                                client.buildImageCmd(context)
                                        .withTags(Set.of(name))
                                        .exec(new BuildImageResultCallback()))
                .orThrow();
    }

    /// Takes the name away, and the image with it where nobody else uses it.
    public void remove(String name) {
        var _ = engine.call(CALL_LIMIT, client -> client.removeImageCmd(name).exec());
    }
}
