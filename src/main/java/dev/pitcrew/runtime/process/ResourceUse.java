package dev.pitcrew.runtime.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// What a process and all that it started use, as the kernel counts it.
///
/// @param memoryBytes resident; what they share counts for each of them
/// @param cpu time on all cores since they began
public record ResourceUse(long memoryBytes, Duration cpu) {
    private static final String RESIDENT = "VmRSS:";
    private static final int KIB = 1024;

    /// Empty when there is no such process.
    ///
    /// @param pid of this host
    public static Optional<ResourceUse> of(long pid) {
        return ProcessHandle.of(pid)
                .map(
                        first ->
                                Stream.concat(Stream.of(first), first.descendants())
                                        .map(ResourceUse::alone)
                                        .reduce(
                                                new ResourceUse(0, Duration.ZERO),
                                                ResourceUse::plus));
    }

    private static ResourceUse alone(ProcessHandle one) {
        return new ResourceUse(
                memory(one.pid()), one.info().totalCpuDuration().orElse(Duration.ZERO));
    }

    private ResourceUse plus(ResourceUse other) {
        return new ResourceUse(memoryBytes + other.memoryBytes, cpu.plus(other.cpu));
    }

    private static long memory(long pid) {
        var status = Path.of("/proc", Long.toString(pid), "status");
        try (var lines = Files.lines(status, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                            .map(line -> line.substring(RESIDENT.length()).strip().split(" ", 2)[0])
                            .mapToLong(Long::parseLong)
                            .sum()
                    * KIB;
        } catch (IOException | UncheckedIOException _) { // it has ended
            return 0;
        }
    }
}
