package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a container is told to find another service: a URL in its environment or command, or a variable that ends in `HOST`.
///
/// @param variable that says it; empty in a command
/// @param scheme such as `postgresql`; empty when only a host is said
/// @param host lower or upper case as written; never a variable
/// @param port 0 when none is said
/// @param path after the slash, without query, such as a database's name; empty when there is none
public record Address(
        Place place, String variable, String scheme, String host, int port, String path) {
    private static final int TEXT_MAX = 4000;
    private static final Pattern URL =
            Pattern.compile(
                    "([a-zA-Z][a-zA-Z0-9+.-]{1,30})://(?:[^@/\\s,'\"]{0,200}@)?([A-Za-z0-9_.-]{1,200})(?::([0-9]{1,5}))?(?:/([^?\\s,'\"]{0,200}))?");
    private static final Pattern PAIR = Pattern.compile("([A-Za-z0-9_.-]{1,200}):([0-9]{2,5})");
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,200}");
    private static final Map<Integer, String> USUAL =
            Map.of(
                    5432,
                    "postgresql",
                    3306,
                    "mysql",
                    6379,
                    "redis",
                    5672,
                    "amqp",
                    9092,
                    "kafka",
                    27017,
                    "mongodb");

    /// At the end of a variable's name. Every variable of every container is asked, by a dozen checks.
    private static final List<String> NAME_HOST =
            List.of(
                    "HOST",
                    "HOSTNAME",
                    "SERVER",
                    "SERVERS",
                    "ADDR",
                    "ADDRESS",
                    "BROKER",
                    "BROKERS",
                    "ENDPOINT");

    private static final List<String> OTHER_HOST =
            List.of(
                    "VIRTUAL",
                    "ALLOWED",
                    "LETSENCRYPT",
                    "PROXY",
                    "SMTP",
                    "MAIL",
                    "PUBLIC",
                    "DOMAIN");

    /// Those of a container, in the order of its environment.
    public static List<Address> of(Container container) {
        var found = new ArrayList<Address>();
        for (var variable : container.environment()) {
            if (!Listeners.isSaidIn(variable)) {
                variable.value().ifPresent(value -> in(variable.name(), value, found));
            }
        }
        container.command().forEach(word -> in("", word, found));
        container.entrypoint().forEach(word -> in("", word, found));
        return found;
    }

    private static void in(String variable, Located<String> value, List<Address> found) {
        String text = value.value();
        if (text.length() > TEXT_MAX) {
            return;
        }
        int before = found.size();
        var url = URL.matcher(text.contains("://") ? text : "");
        while (url.find()) {
            String scheme =
                    url.group(1)
                            .replaceFirst("\\+.*", "")
                            .replace("postgres", "postgresql")
                            .replace("postgresqlql", "postgresql");
            found.add(
                    new Address(
                            value.place(),
                            variable,
                            scheme,
                            url.group(2),
                            number(url.group(3)),
                            url.group(4) == null ? "" : url.group(4)));
        }
        if (before < found.size() || !isHost(variable.toUpperCase(Locale.ROOT))) {
            return;
        }
        for (String part : text.split(",", 20)) {
            var pair = PAIR.matcher(part.strip());
            if (pair.matches()) {
                int port = number(pair.group(2));
                found.add(
                        new Address(
                                value.place(),
                                variable,
                                scheme(variable, port),
                                pair.group(1),
                                port,
                                ""));
            } else if (variable.matches("(?i).*HOST(NAME)?")
                    && HOST_NAME.matcher(part.strip()).matches()) {
                found.add(
                        new Address(
                                value.place(), variable, scheme(variable, 0), part.strip(), 0, ""));
            }
        }
    }

    private static boolean isHost(String variable) {
        return NAME_HOST.stream().anyMatch(variable::endsWith)
                && OTHER_HOST.stream().noneMatch(variable::contains);
    }

    private static String scheme(String variable, int port) {
        String name = variable.toLowerCase(Locale.ROOT);
        return USUAL.values().stream()
                .filter(one -> name.contains(one.replace("postgresql", "postgres")))
                .sorted()
                .findFirst()
                .or(() -> Optional.ofNullable(USUAL.get(port)))
                .orElse("");
    }

    private static int number(@Nullable String text) {
        return text == null || text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    /// Whether it is the container itself.
    public boolean isLoopback() {
        return host.equals("localhost") || host.startsWith("127.");
    }

    /// Whether it is a name without a dot, which only a network of containers knows.
    public boolean isLocalName() {
        return !host.contains(".")
                && !isLoopback()
                && !host.matches("[0-9]+")
                && host.matches("[a-z0-9][a-z0-9_-]*");
    }
}
