package dev.pitcrew.runtime.balancer;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the balancer remembers, in one JSON file, so that a balancer that was killed comes back with the same ports,
/// routes and holds.
///
/// @param adminPort where it takes orders from us; 0 lets it choose, and write its choice down
/// @param services what it serves, by name
public record BalancerFile(int adminPort, Map<String, Service> services) {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    public BalancerFile {
        services = new TreeMap<>(services);
    }

    /// @param frontPort where clients connect; 0 lets the balancer choose, and write its choice down
    /// @param targets `host:port` each
    /// @param holdMillis how long a request may be held; 0 while nothing is held
    /// @param generation how often this was changed
    public record Service(int frontPort, List<String> targets, long holdMillis, long generation) {
        public Service {
            targets = List.copyOf(targets);
        }

        /// Closed, with the port given.
        public static Service closed(int frontPort) {
            return new Service(frontPort, List.of(), 0, 0);
        }
    }

    /// The same with this service changed or added.
    public BalancerFile with(String service, Service state) {
        Map<String, Service> changed = new TreeMap<>(services);
        changed.put(service, state);
        return new BalancerFile(adminPort, changed);
    }

    /// @throws IOException when there is no such file, or it isn't ours
    public static BalancerFile read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), BalancerFile.class);
    }

    /// Replaces the file in one step; what was there before stays whole when this fails.
    public void write(Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(this));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false); // else a power cut may leave the new name on an empty file
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
