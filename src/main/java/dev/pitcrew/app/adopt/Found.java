package dev.pitcrew.app.adopt;

import dev.pitcrew.runtime.docker.Container;
import dev.pitcrew.runtime.docker.Image;
import dev.pitcrew.runtime.process.KnownProcess;
import java.util.List;
import java.util.Optional;

/// A container of the project, as the engine describes it.
///
/// @param image what it runs; empty when the engine has it no more
/// @param named the id of the image that its image's name means by now; empty when it means none
/// @param host the name of the host that it is on; empty where there is one engine
/// @param address under which that host's ports are reached
/// @param without names of other hosts, which don't have what it runs
public record Found(
        Container container,
        Optional<Image> image,
        Optional<String> named,
        String host,
        String address,
        List<String> without) {
    private static final String SERVICE = "com.docker.compose.service";
    private static final String CONFIG = "com.docker.compose.config-hash";

    public Found {
        without = List.copyOf(without);
    }

    /// One of the one engine that there is.
    public Found(Container container, Optional<Image> image, Optional<String> named) {
        this(container, image, named, "", KnownProcess.LOOPBACK, List.of());
    }

    /// Its name, and where there are several hosts its host's: on each there may be one of a name.
    public String name() {
        return host.isEmpty() ? container.name() : container.name() + " on " + host;
    }

    /// Of which service it is, by Compose's label.
    public String service() {
        return container.labels().getOrDefault(SERVICE, "");
    }

    /// Compose's hash of what it was made from; empty when it says none.
    public String configHash() {
        return container.labels().getOrDefault(CONFIG, "");
    }
}
