package dev.pitcrew.runtime.process;

import dev.pitcrew.runtime.process.HostFact.Known;
import dev.pitcrew.runtime.process.HostFact.Unknown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Facts about this host, from the file system and from chrony.
///
/// Only chrony is asked for the clock: `timedatectl` says no more than that some program adjusts it, and gives no bound.
public final class LocalHostFacts implements HostFacts {
    private static final int FIELDS = 14;
    private static final double NANOS = 1e9;

    private final List<String> tracking;

    public LocalHostFacts() {
        this(List.of("chronyc", "-c", "-n", "tracking"));
    }

    /// @param tracking the command that prints what `chronyc -c tracking` prints
    LocalHostFacts(List<String> tracking) {
        this.tracking = List.copyOf(tracking);
    }

    @Override
    public HostFact diskFreeBytes(Path path) {
        Path existing = path.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            return new Known(
                    Files.getFileStore(existing).getUsableSpace(), "file system of " + existing);
        } catch (IOException e) {
            return new Unknown(
                    "the file system of " + existing + " does not say: " + e.getMessage());
        }
    }

    @Override
    public HostFact clockOffsetNanos() {
        try {
            Path output = Files.createTempFile("pitcrew-tracking", ".csv");
            try {
                return bound(ask(output));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            return new Unknown("chrony can't be asked: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Unknown("interrupted while asking chrony");
        }
    }

    private String ask(Path output) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(tracking)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        if (!process.waitFor(2, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("it does not answer");
        }
        String text = Files.readString(output, StandardCharsets.UTF_8).strip();
        if (process.exitValue() != 0) {
            throw new IOException(text);
        }
        return text;
    }

    /// What the clock is off at most: the offset measured, plus what the path to the reference may hide.
    ///
    /// @param line reference id, name, stratum, time, offset, last offset, RMS offset, frequency, residual, skew, root
    ///     delay, root dispersion, update interval, leap status; seconds
    /// @see <a href="https://chrony-project.org/doc/4.6/chronyc.html">chronyc(1), tracking</a>
    static HostFact bound(String line) {
        String[] fields = line.split(",", -1);
        if (fields.length != FIELDS) {
            return new Unknown("chrony answered something else: " + line);
        }
        if (fields[13].equals("Not synchronised")) {
            return new Unknown("chrony has no reference yet");
        }
        try {
            double offset = Math.abs(Double.parseDouble(fields[4]));
            double delay = Double.parseDouble(fields[10]);
            double dispersion = Double.parseDouble(fields[11]);
            double bound = offset + dispersion + delay / 2;
            return bound >= 0
                    ? new Known((long) Math.ceil(bound * NANOS), "chrony from " + fields[1])
                    : new Unknown("chrony answered something else: " + line);
        } catch (NumberFormatException _) {
            return new Unknown("chrony answered something else: " + line);
        }
    }
}
