package dev.pitcrew.runtime.process;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A host whose facts are set.
public final class TestingHostFacts implements HostFacts {
    private HostFact disk = new HostFact.Known(1L << 40, "test");
    private HostFact clock = new HostFact.Known(1_000_000, "test");
    private volatile @Nullable Path asked;

    public void disk(HostFact fact) {
        disk = fact;
    }

    public void clock(HostFact fact) {
        clock = fact;
    }

    /// The path whose disk was asked for last.
    public @Nullable Path asked() {
        return asked;
    }

    @Override
    public HostFact diskFreeBytes(Path path) {
        asked = path;
        return disk;
    }

    @Override
    public HostFact clockOffsetNanos() {
        return clock;
    }
}
