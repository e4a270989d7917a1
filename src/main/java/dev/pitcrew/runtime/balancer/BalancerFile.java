package dev.pitcrew.runtime.balancer;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.model.Sticky;
import dev.pitcrew.runtime.http.Address;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    /// @param split how requests differ from each other; null while they do in nothing
    /// @param changes which change each target was started by, by `host:port`; null in a file of an older version
    public record Service(
            int frontPort,
            List<String> targets,
            long holdMillis,
            long generation,
            @Nullable Split split,
            @Nullable Map<String, String> changes) {
        public Service {
            targets = List.copyOf(targets);
            changes = changes == null ? null : new TreeMap<>(changes);
        }

        /// Closed, with the port given.
        public static Service closed(int frontPort) {
            return new Service(frontPort, List.of(), 0, 0, null, null);
        }

        /// Everybody to whom some requests go.
        List<String> everybody() {
            return split == null
                    ? targets
                    : Stream.concat(targets.stream(), split.canaries().stream()).toList();
        }
    }

    /// A [TrafficSplit] as JSON, beside the targets that get the rest.
    ///
    /// @param canaries `host:port` each
    /// @param key such as `header:X-Client` or `query:client`
    /// @param order the same; empty where no order has an owner
    /// @param owners `host:port` by name
    public record Split(
            List<String> canaries,
            double share,
            String key,
            String order,
            Map<String, String> owners) {
        public Split {
            canaries = List.copyOf(canaries);
            owners = new TreeMap<>(owners);
        }

        static Split of(TrafficSplit split) {
            var owners = new TreeMap<String, String>();
            split.owners().forEach((name, address) -> owners.put(name, address.toString()));
            return new Split(
                    split.canaries().stream().map(Address::toString).toList(),
                    split.share().value(),
                    text(split.sticky().key()),
                    split.sticky().order().map(Split::text).orElse(""),
                    owners);
        }

        private static String text(Sticky.Part part) {
            return switch (part) {
                case Sticky.Part.Header(var name) -> "header:" + name;
                case Sticky.Part.Query(var name) -> "query:" + name;
            };
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
