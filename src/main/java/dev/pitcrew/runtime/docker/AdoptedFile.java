package dev.pitcrew.runtime.docker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Containers that somebody else started and that are instances by now: the labels of a container that runs can't be changed, so what Pitcrew
/// writes into those of its own stands here, by the container's id.
final class AdoptedFile {
    private final @Nullable InstancesFile<Adopted> file; // null where none can be

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

    private AdoptedFile(@Nullable InstancesFile<Adopted> file) {
        this.file = file;
    }

    /// @throws IOException when it is there and can't be read
    static AdoptedFile at(Path file) throws IOException {
        return new AdoptedFile(new InstancesFile<>(file, Adopted.class));
    }

    /// Where none can be.
    static AdoptedFile none() {
        return new AdoptedFile(null);
    }

    Map<String, Adopted> all() {
        return file == null ? Map.of() : file.all();
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
    void put(String instance, Adopted one) throws IOException {
        if (file == null) {
            throw new IOException("nothing is taken over here");
        }
        file.change(
                next -> {
                    next.values().removeIf(other -> other.container().equals(one.container()));
                    next.put(instance, one);
                });
    }

    /// @throws IOException when it could not be written; then it is not so
    void remove(String instance) throws IOException {
        if (file != null) {
            file.remove(instance);
        }
    }
}
