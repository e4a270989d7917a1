package desk.common;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The settings of one process, as the README lists them; they come from its environment.
///
/// @param values setting to value
public record Settings(Map<String, String> values) {
    public Settings {
        values = Map.copyOf(values);
    }

    public static Settings fromEnvironment() {
        return new Settings(System.getenv());
    }

    /// @throws IllegalArgumentException when the setting is missing
    public String text(String name) {
        return optional(name)
                .orElseThrow(() -> new IllegalArgumentException("set " + name + ", it is missing"));
    }

    public String text(String name, String otherwise) {
        return optional(name).orElse(otherwise);
    }

    public Optional<String> optional(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }

    /// @throws IllegalArgumentException when the value is no whole number
    public int number(String name, int otherwise) {
        return (int) number(name, (double) otherwise);
    }

    /// @throws IllegalArgumentException when the value is no number
    public double number(String name, double otherwise) {
        var value = optional(name);
        try {
            return value.map(Double::parseDouble).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number, got " + value.get(), e);
        }
    }

    /// The port to listen on; 0, any free one, when none is set.
    public int port() {
        return number("PORT", 0);
    }

    public String instance() {
        return text("INSTANCE", "unnamed");
    }

    /// The data folder that all processes of the desk share.
    public Path deskDir() {
        return Path.of(text("DESK_DIR"));
    }

    public Optional<Path> file(String name) {
        return optional(name).map(Path::of);
    }

    /// `host:port` as an address.
    public Address address(String name) {
        return Address.parse(text(name));
    }

    /// Where something listens.
    ///
    /// @param host name or IP address
    /// @param port 1 to 65535
    public record Address(String host, int port) {
        /// @throws IllegalArgumentException when the text isn't `host:port`
        public static Address parse(String text) {
            var colon = text.lastIndexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("expected host:port, got " + text);
            }
            return new Address(
                    text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        }
    }
}
