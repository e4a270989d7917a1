package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.ConsoleSetting;
import dev.pitcrew.model.infra.Container;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The Grafanas that containers run, and how they are set up.
final class Consoles {
    private static final Pattern IMAGE =
            Pattern.compile("(.*/)?grafana(-oss|-enterprise)?([:@].*)?");
    private static final Pattern SETTING = Pattern.compile("GF_(SECURITY|AUTH|USERS|SERVER)_.*");

    private Consoles() {}

    static List<Container> all(Subject subject) {
        return subject.all(Container.class).stream().filter(Consoles::isConsole).toList();
    }

    private static boolean isConsole(Container container) {
        String image = container.image().map(Located::value).orElse("").toLowerCase(Locale.ROOT);
        return IMAGE.matcher(image).matches()
                || container.environment().stream()
                        .anyMatch(one -> SETTING.matcher(one.name()).matches());
    }

    /// A setting: a variable of the container, else a line of the grafana.ini that it mounts.
    ///
    /// @param section such as `auth.anonymous`
    static Optional<Located<String>> setting(
            Subject subject, Container console, String section, String key) {
        String variable = "GF_" + (section.replace('.', '_') + "_" + key).toUpperCase(Locale.ROOT);
        return console.variable(variable)
                .or(
                        () ->
                                subject.all(ConsoleSetting.class).stream()
                                        .filter(one -> one.section().equals(section))
                                        .filter(one -> one.key().equals(key))
                                        .filter(one -> isMounted(console, one.place().file()))
                                        .map(ConsoleSetting::value)
                                        .findFirst());
    }

    /// Whether something about a variable is said, if only where its value is.
    static boolean isNamed(Container console, String beginning) {
        return console.environment().stream().anyMatch(one -> one.name().startsWith(beginning));
    }

    private static boolean isMounted(Container console, String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return console.mounts().stream()
                .anyMatch(
                        mount ->
                                mount.target().startsWith("/etc/grafana")
                                        && mount.source().endsWith("/" + name));
    }

    static boolean isTrue(Optional<Located<String>> setting) {
        return setting.filter(
                        one -> one.value().equalsIgnoreCase("true") || one.value().equals("1"))
                .isPresent();
    }
}
