package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;
import java.util.List;

/// A group of servers that a proxy shares requests out to.
///
/// @param place of its name
/// @param name in lower case
/// @param settings in the words of the format
public record ProxyUpstream(
        String format, Place place, String name, List<Server> servers, List<Label> settings)
        implements InfraFact {
    public ProxyUpstream {
        servers = List.copyOf(servers);
        settings = List.copyOf(settings);
    }

    /// One of the group.
    ///
    /// @param options in the words of the format, such as `backup`, `max_fails=0`, `check`
    public record Server(Place place, Target address, List<String> options) {
        public Server {
            options = List.copyOf(options);
        }
    }
}
