package dev.pitcrew.assess.proxy;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Label;
import dev.pitcrew.model.infra.ProxyRoute;
import dev.pitcrew.model.infra.ProxyUpstream;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What routes of a proxy are for, and how they are guarded.
public final class Routes {
    private static final Pattern ORDERS =
            Pattern.compile(
                    "(?i).*(^|[/_.^-])(orders?|order-?entry|trades?|trading|execute|executions?|oms|ems|place-?order|positions?)([/_.$)(|?-].*|$)");
    private static final Pattern ORDER_HOST =
            Pattern.compile(
                    "(?i)(.*[-_.])?(orders?|oms|ems|execution|executor|trading|order-?(api|gateway|entry|router|service)|fix|trade)([-_.0-9].*)?");
    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d|us)?");

    private Routes() {}

    /// Whether it passes requests on for whoever reaches the proxy: no login, no list of addresses.
    public static boolean isForEveryone(ProxyRoute route) {
        return route.target().isPresent()
                && route.isOpen()
                && !isGuarded(route)
                && !isAnswered(route);
    }

    /// Where requests are passed to, by the place that says so: servers of groups, and nginx's targets without one.
    public static Map<Place, Target> targets(Subject subject) {
        var targets = new LinkedHashMap<Place, Target>();
        for (ProxyRoute route : Near.all(subject, ProxyRoute.class)) {
            if (route.format().equals("nginx") && upstream(subject, route).isEmpty()) {
                route.target().ifPresent(one -> targets.put(one.place(), one.value()));
            }
        }
        for (ProxyUpstream upstream : Near.all(subject, ProxyUpstream.class)) {
            upstream.servers().forEach(one -> targets.put(one.place(), one.address()));
        }
        return targets;
    }

    /// Whether orders take it: by its path, or by what serves it.
    public static boolean isOrders(Subject subject, ProxyRoute route) {
        return ORDERS.matcher(route.path()).matches()
                || hosts(subject, route)
                        .anyMatch(
                                host ->
                                        ORDER_HOST.matcher(host).matches()
                                                || subject.sketch()
                                                        .named(host)
                                                        .map(Sketch.Part::duty)
                                                        .filter(duty -> duty.isOrderPath())
                                                        .isPresent());
    }

    /// The hosts that it may end at.
    public static Stream<String> hosts(Subject subject, ProxyRoute route) {
        if (route.target().isEmpty()) {
            return Stream.of();
        }
        String name = route.target().get().value().host();
        return Stream.concat(
                Stream.of(name),
                upstream(subject, route).stream()
                        .flatMap(one -> one.servers().stream())
                        .map(server -> server.address().host()));
    }

    /// The group that it passes to, if it is one.
    public static Optional<ProxyUpstream> upstream(Subject subject, ProxyRoute route) {
        return route.target()
                .flatMap(
                        target ->
                                subject.all(ProxyUpstream.class).stream()
                                        .filter(one -> one.name().equals(target.value().host()))
                                        .filter(one -> one.format().equals(route.format()))
                                        .findFirst());
    }

    /// Where it ends, as people say it: the servers of its group, or its target.
    public static String end(Subject subject, ProxyRoute route) {
        return upstream(subject, route)
                .filter(one -> !one.servers().isEmpty())
                .map(
                        one ->
                                one.servers().stream()
                                        .map(server -> server.address().toString())
                                        .distinct()
                                        .limit(3)
                                        .collect(Collectors.joining(", ")))
                .or(() -> route.target().map(target -> target.value().toString()))
                .orElse("nobody");
    }

    /// Whether the proxy lets only some through, or it can't be told.
    public static boolean isGuarded(ProxyRoute route) {
        return !route.isWhole()
                || has(route, "auth_basic", "(?!off$).*")
                || has(route, "auth_request", "(?!off$).*")
                || has(route, "auth_jwt", "(?!off$).*")
                || has(route, "ssl_verify_client", "on")
                || has(route, "deny", "all")
                || has(route, "internal", ".*")
                || has(route, "if", ".*")
                || has(route, "http-request auth", ".*")
                || has(route, "http-request deny", ".*")
                || has(route, "tcp-request", ".*reject.*")
                || has(route, "bind", ".*verify required.*")
                || route.settings().stream().anyMatch(one -> one.name().contains("_by_lua"));
    }

    /// Whether it asks who the caller is, rather than only where from or how often.
    public static boolean asksForLogin(ProxyRoute route) {
        return has(route, "auth_basic", "(?!off$).*")
                || has(route, "auth_request", "(?!off$).*")
                || has(route, "auth_jwt", "(?!off$).*")
                || has(route, "ssl_verify_client", "on")
                || has(route, "http-request auth", ".*")
                || has(route, "bind", ".*verify required.*");
    }

    /// Whether it sends callers elsewhere or away, and serves nothing.
    public static boolean isAnswered(ProxyRoute route) {
        return route.setting("return").isPresent()
                || has(route, "http-request redirect", ".*")
                || has(route, "redirect", ".*");
    }

    /// Whether a setting of a name has a value that an expression matches, case aside.
    public static boolean has(ProxyRoute route, String name, String value) {
        var pattern = Pattern.compile(value, Pattern.CASE_INSENSITIVE);
        return route.settings(name).stream()
                .anyMatch(one -> pattern.matcher(one.value()).matches());
    }

    /// Whether it takes the steps that a WebSocket needs.
    public static boolean isWebSocket(ProxyRoute route) {
        return has(route, "proxy_set_header", "upgrade\\s.*");
    }

    /// A span of time as proxies write it; a bare number counts seconds in nginx, milliseconds in HAProxy.
    public static Optional<Duration> length(ProxyRoute route, Label setting) {
        var length = LENGTH.matcher(setting.value().strip().toLowerCase(Locale.ROOT));
        if (!length.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(length.group(1));
        String unit = length.group(2) == null ? "" : length.group(2);
        return Optional.of(
                switch (unit) {
                    case "us" -> Duration.ofNanos(count * 1000);
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    case "d" -> Duration.ofDays(count);
                    default ->
                            route.format().equals("haproxy")
                                    ? Duration.ofMillis(count)
                                    : Duration.ofSeconds(count);
                });
    }

    /// The longest silence of what serves it that it bears, if that is said.
    public static Optional<Label> silence(ProxyRoute route) {
        return List.of("proxy_read_timeout", "grpc_read_timeout", "timeout server").stream()
                .flatMap(name -> route.setting(name).stream())
                .findFirst();
    }

    /// How to call it in a message.
    public static String name(ProxyRoute route) {
        return route.path().isEmpty() ? "every path" : route.path();
    }
}
