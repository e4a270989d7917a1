package dev.pitcrew.runtime.process;

import java.nio.file.Path;

/// A host whose facts are set.
public final class TestingHostFacts implements HostFacts {
    private HostFact disk = new HostFact.Known(1L << 40, "test");
    private HostFact clock = new HostFact.Known(1_000_000, "test");

    public void disk(HostFact fact) {
        disk = fact;
    }

    public void clock(HostFact fact) {
        clock = fact;
    }

    @Override
    public HostFact diskFreeBytes(Path path) {
        return disk;
    }

    @Override
    public HostFact clockOffsetNanos() {
        return clock;
    }
}
