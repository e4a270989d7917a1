package dev.pitcrew.runtime.docker;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What is written down of each instance, in a file that is replaced whole. Any thread may call.
///
/// @param <T> what of one instance, as a record that JSON can have
final class InstancesFile<T> {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private Map<String, T> all; // by instance

    /// @throws IOException when it is there and can't be read
    InstancesFile(Path file, Class<T> one) throws IOException {
        this.file = file;
        JavaType map = JSON.getTypeFactory().constructMapType(TreeMap.class, String.class, one);
        all = Files.exists(file) ? JSON.readValue(file.toFile(), map) : Map.of();
    }

    synchronized Map<String, T> all() {
        return all;
    }

    Optional<T> of(String instance) {
        return Optional.ofNullable(all().get(instance));
    }

    /// @throws IOException when it could not be written; then it is not so
    void put(String instance, T one) throws IOException {
        change(next -> next.put(instance, one));
    }

    /// @throws IOException when it could not be written; then it is not so
    void remove(String instance) throws IOException {
        change(next -> next.remove(instance));
    }

    /// Writes what a change makes of all of them, if that is something else.
    ///
    /// @throws IOException when it could not be written; then it is not so
    synchronized void change(Consumer<Map<String, T>> change) throws IOException {
        var next = new TreeMap<>(all);
        change.accept(next);
        if (next.equals(all)) {
            return;
        }
        Files.createDirectories(file.getParent());
        var unfinished = Files.createTempFile(file.getParent(), "instances", ".new");
        JSON.writeValue(unfinished.toFile(), next);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        all = Map.copyOf(next);
    }
}
