package dev.pitcrew.app.adopt;

import dev.pitcrew.runtime.docker.Container;
import dev.pitcrew.runtime.docker.Image;
import java.util.Optional;

/// A container of the project, as the engine describes it.
///
/// @param image what it runs; empty when the engine has it no more
/// @param named the id of the image that its image's name means by now; empty when it means none
public record Found(Container container, Optional<Image> image, Optional<String> named) {
    private static final String SERVICE = "com.docker.compose.service";
    private static final String CONFIG = "com.docker.compose.config-hash";

    /// Of which service it is, by Compose's label.
    public String service() {
        return container.labels().getOrDefault(SERVICE, "");
    }

    /// Compose's hash of what it was made from; empty when it says none.
    public String configHash() {
        return container.labels().getOrDefault(CONFIG, "");
    }
}
