package dev.pitcrew.assess.proxy;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.ProxyRoute;
import java.util.Locale;
import java.util.regex.Pattern;

/// A WebSocket path is passed on without the headers that a WebSocket needs.
final class SocketNotUpgraded implements Check {
    private static final Id ID =
            new Id(
                    "PRX-004",
                    "socket-not-upgraded",
                    Severity.MEDIUM,
                    "A WebSocket path is passed on without the headers that a WebSocket needs");

    @Override
    public Id id() {
        return ID;
    }

    private static final Pattern SOCKET =
            Pattern.compile(
                    "(?i)[\\^~=* ]*/?(.*/)?(ws|wss|websockets?|socket\\.io|sockjs)(/.*|\\$)?");

    @Override
    public void look(Subject subject, Report report) {
        for (ProxyRoute route : Near.all(subject, ProxyRoute.class)) {
            if (route.format().equals("nginx")
                    && SOCKET.matcher(route.path()).matches()
                    && route.setting("proxy_pass").isPresent()
                    && route.isWhole()
                    && !Routes.isWebSocket(route)
                    && !Routes.isAnswered(route)) {
                var finding =
                        report.finding(
                                        route.place(),
                                        "%s looks like a WebSocket, and no Upgrade header is passed on: the server answers with a plain error"
                                                .formatted(route.path()))
                                .confidence(Confidence.MEDIUM)
                                .about(route);
                route.dropped().stream()
                        .filter(one -> one.value().toLowerCase(Locale.ROOT).startsWith("upgrade"))
                        .findFirst()
                        .ifPresent(
                                one ->
                                        finding.also(
                                                one.place(),
                                                "this one does not hold there, for the location has proxy_set_header lines of its own"));
            }
        }
    }
}
