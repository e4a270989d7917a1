package dev.pitcrew.runtime.docker;

import dev.pitcrew.runtime.docker.EngineAnswer.Got;
import dev.pitcrew.runtime.docker.EngineAnswer.Missing;
import dev.pitcrew.runtime.docker.EngineAnswer.Refused;
import dev.pitcrew.runtime.docker.EngineAnswer.Silent;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Names of images, and what they stand for now.
public final class Images {
    private static final String ALGORITHM = "sha256:";

    private final Engine engine;

    public Images(Engine engine) {
        this.engine = engine;
    }

    /// The digest, in hex, that the first of these names which is known stands for now; empty when none is.
    ///
    /// @param isMeant whether the image that has a name is the right one
    /// @throws IllegalArgumentException when the engine does not say; the message tells
    public Optional<String> find(List<String> names, Predicate<Image> isMeant) {
        return names.stream().flatMap(name -> find(name, isMeant).stream()).findFirst();
    }

    private Optional<String> find(String name, Predicate<Image> isMeant) {
        return switch (engine.image(name)) {
            case Got<Image>(var image) ->
                    Optional.of(image).filter(isMeant).map(one -> digest(one.id()));
            case Missing<Image> _ -> Optional.empty();
            case Refused<Image>(_, var what) ->
                    throw new IllegalArgumentException(
                            "the Docker engine refuses %s: %s".formatted(name, what));
            case Silent<Image>(var why) -> throw new IllegalArgumentException(why);
        };
    }

    /// The digest of an image's id, in hex.
    static String digest(String id) {
        return id.startsWith(ALGORITHM) ? id.substring(ALGORITHM.length()) : id;
    }

    /// The id of the image with this digest.
    public static String id(String digest) {
        return ALGORITHM + digest;
    }
}
