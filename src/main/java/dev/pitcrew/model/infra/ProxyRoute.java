package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.util.List;
import java.util.Optional;

/// What a proxy does with requests to one path.
///
/// @param place of the location, or of the rule that picks the backend
/// @param listeners where it takes requests
/// @param path as it is written; empty: all
/// @param target where it passes them to, if that is one fixed address or the name of a group
/// @param settings those in force here, in the words of the format, its own and those of the blocks around it
/// @param dropped settings of the blocks around it that its own ones replace as a list
/// @param isWhole whether all is known that is in force; not so when it includes a file that is not here
public record ProxyRoute(
        String format,
        Place place,
        List<ProxyListener> listeners,
        String path,
        Optional<Located<Target>> target,
        List<Label> settings,
        List<Label> dropped,
        boolean isWhole)
        implements InfraFact {
    public ProxyRoute {
        listeners = List.copyOf(listeners);
        settings = List.copyOf(settings);
        dropped = List.copyOf(dropped);
    }

    /// The last setting of a name.
    public Optional<Label> setting(String name) {
        return settings.stream().filter(one -> one.name().equals(name)).reduce((_, last) -> last);
    }

    /// All settings of a name.
    public List<Label> settings(String name) {
        return settings.stream().filter(one -> one.name().equals(name)).toList();
    }

    /// Whether others than this machine can reach it.
    public boolean isOpen() {
        return listeners.stream().anyMatch(one -> !one.isLoopback());
    }

    /// Where a proxy takes connections.
    ///
    /// @param address empty: every one of the machine
    /// @param isTls whether it is encrypted
    public record ProxyListener(Place place, String address, int port, boolean isTls) {
        /// Whether only this machine can reach it.
        public boolean isLoopback() {
            return address.startsWith("127.")
                    || address.equals("localhost")
                    || address.equals("::1")
                    || address.startsWith("unix:")
                    || address.startsWith("/");
        }
    }
}
