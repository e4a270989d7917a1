package dev.pitcrew.runtime.docker;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// On which host each instance is, as it was written down before it started.
final class PlacesFile {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private Map<String, Place> places;

    /// One instance.
    ///
    /// @param host its name
    /// @param ports by name
    record Place(String host, String service, String version, Map<String, Integer> ports) {}

    PlacesFile(Path file) throws IOException {
        this.file = file;
        places =
                Files.exists(file)
                        ? JSON.readValue(
                                file.toFile(), new TypeReference<TreeMap<String, Place>>() {})
                        : Map.of();
    }

    synchronized Optional<Place> of(String instance) {
        return Optional.ofNullable(places.get(instance));
    }

    synchronized Map<String, Place> all() {
        return places;
    }

    /// @throws IOException when it could not be written; then it is not so
    synchronized void put(String instance, Place place) throws IOException {
        if (!place.equals(places.get(instance))) {
            var next = new TreeMap<>(places);
            next.put(instance, place);
            write(next);
        }
    }

    /// @throws IOException when it could not be written; then it is not so
    synchronized void remove(String instance) throws IOException {
        if (places.containsKey(instance)) {
            var next = new TreeMap<>(places);
            next.remove(instance);
            write(next);
        }
    }

    private void write(Map<String, Place> next) throws IOException {
        Files.createDirectories(file.getParent());
        var unfinished = Files.createTempFile(file.getParent(), "places", ".new");
        JSON.writeValue(unfinished.toFile(), next);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        places = Map.copyOf(next);
    }
}
