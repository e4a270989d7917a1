package dev.pitcrew.runtime.http;

import java.nio.file.Path;
import java.util.Map;

/// The instance that a hook or probe is about, and what stands in for `${…}` in its commands.
///
/// @param name such as `gateway-2`, also its name among the processes
/// @param address of its `http` port
/// @param values what each `${…}` stands for, by the text between the braces
/// @param stores the files of the SQLite stores that its probes may ask, by name
/// @param folder where its commands run
public record Instance(
        String name,
        Address address,
        Map<String, String> values,
        Map<String, Path> stores,
        Path folder) {
    public Instance {
        values = Map.copyOf(values);
        stores = Map.copyOf(stores);
    }

    /// Names the keys of the values only, since one may be a secret.
    @Override
    public String toString() {
        return name + " at " + address + " with " + values.keySet();
    }
}
