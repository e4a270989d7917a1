package dev.pitcrew.runtime.process;

import java.nio.file.Path;

/// What gates ask about the host itself. Each call takes at most 2 s.
public interface HostFacts {
    /// Bytes that we may still write on the disk that holds this path. The path needn't exist yet.
    HostFact diskFreeBytes(Path path);

    /// A bound of how far this host's clock is from true time, in nanoseconds, never negative.
    HostFact clockOffsetNanos();
}
