package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;
import java.util.List;
import java.util.Optional;

/// A proxy as a whole: its main file.
///
/// @param settings outside of servers, in the words of the format
public record ProxyProcess(String format, Place place, List<Label> settings) implements InfraFact {
    public ProxyProcess {
        settings = List.copyOf(settings);
    }

    /// The last setting of a name.
    public Optional<Label> setting(String name) {
        return settings.stream().filter(one -> one.name().equals(name)).reduce((_, last) -> last);
    }
}
