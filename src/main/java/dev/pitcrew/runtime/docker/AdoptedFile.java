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
import org.jspecify.annotations.Nullable;

/// Containers that somebody else started and that are instances by now: the labels of a container that runs can't be changed, so what Pitcrew
/// writes into those of its own stands here, by the container's id.
final class AdoptedFile {
    private static final JsonMapper JSON = new JsonMapper();

    private final @Nullable Path file;
    private Map<String, Adopted> adopted; // by instance

    /// One of them.
    ///
    /// @param container its id
    /// @param ports on the host, by name
    /// @param host the address at which they are published
    record Adopted(
            String container,
            String service,
            String version,
            Map<String, Integer> ports,
            String host) {}

    private AdoptedFile(@Nullable Path file, Map<String, Adopted> adopted) {
        this.file = file;
        this.adopted = adopted;
    }

    /// @throws IOException when it is there and can't be read
    static AdoptedFile at(Path file) throws IOException {
        return new AdoptedFile(
                file,
                Files.exists(file)
                        ? JSON.readValue(
                                file.toFile(), new TypeReference<TreeMap<String, Adopted>>() {})
                        : Map.of());
    }

    /// Where none can be.
    static AdoptedFile none() {
        return new AdoptedFile(null, Map.of());
    }

    synchronized Map<String, Adopted> all() {
        return adopted;
    }

    Optional<Adopted> of(String instance) {
        return Optional.ofNullable(all().get(instance));
    }

    /// Which instance a container is.
    Optional<String> instance(String container) {
        return all().entrySet().stream()
                .filter(one -> one.getValue().container().equals(container))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// A container is one instance: what it was taken for before counts no more.
    ///
    /// @throws IOException when it could not be written; then it is not so
    synchronized void put(String instance, Adopted one) throws IOException {
        if (!one.equals(adopted.get(instance))) {
            var next = new TreeMap<>(adopted);
            next.values().removeIf(other -> other.container().equals(one.container()));
            next.put(instance, one);
            write(next);
        }
    }

    /// @throws IOException when it could not be written; then it is not so
    synchronized void remove(String instance) throws IOException {
        if (adopted.containsKey(instance)) {
            var next = new TreeMap<>(adopted);
            next.remove(instance);
            write(next);
        }
    }

    private void write(Map<String, Adopted> next) throws IOException {
        if (file == null) {
            throw new IOException("nothing is taken over here");
        }
        Files.createDirectories(file.getParent());
        var unfinished = Files.createTempFile(file.getParent(), "adopted", ".new");
        JSON.writeValue(unfinished.toFile(), next);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        adopted = Map.copyOf(next);
    }
}
