package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Release;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Version;

/// What runs and was started by somebody else counts as a version of its own, since nobody here knows under which name it was made.
public final class Adopted {
    /// The name of that version.
    public static final String VERSION = "adopted";

    private Adopted() {}

    /// The release that such containers are.
    ///
    /// @param image the digest, in hex, of their image; what an instance runs is compared with that
    /// @throws IllegalArgumentException when a file of the configuration is missing
    public static Release release(TradingSystem system, Service service, String image) {
        return new Artifacts(system.folder(), (_, _) -> image)
                .release(service, new Version(VERSION));
    }
}
