package dev.pitcrew.assess.fix;

import static dev.pitcrew.assess.fix.Told.always;
import static dev.pitcrew.assess.fix.Told.when;

import dev.pitcrew.assess.fix.Change.EndOfLine;
import dev.pitcrew.assess.fix.Change.InBlock;
import dev.pitcrew.assess.fix.Change.InSection;
import dev.pitcrew.assess.fix.Change.LinesBefore;
import dev.pitcrew.assess.fix.Change.Replace;
import dev.pitcrew.assess.fix.Change.ReplaceBefore;
import dev.pitcrew.assess.fix.Told.Said;
import dev.pitcrew.model.infra.Label;
import dev.pitcrew.model.infra.ProxyRoute;
import dev.pitcrew.model.infra.ProxyUpstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Fixes in nginx and HAProxy.
final class ProxyFixes {
    static final Map<String, Fixer> ALL =
            Map.ofEntries(
                    Map.entry("PRX-001", always(ProxyFixes::fromHereOnly)),
                    Map.entry("PRX-002", always(ProxyFixes::realAddress)),
                    Map.entry("PRX-003", when("cut after", ProxyFixes::longer)),
                    Map.entry("PRX-004", always(ProxyFixes::upgraded)),
                    Map.entry("PRX-005", always(ProxyFixes::workersEnd)),
                    Map.entry("PRX-006", always(ProxyFixes::checked)),
                    Map.entry("PRX-007", when("statistics page", ProxyFixes::statsHere)),
                    Map.entry("PRX-008", when("does not inherit (.+) any more", ProxyFixes::again)),
                    Map.entry("PRX-009", when("^no (.+) is set here", ProxyFixes::timeouts)),
                    Map.entry("TRD-070", always(ProxyFixes::onceOnly)),
                    Map.entry("TRD-073", when("\\((\\S+)\\)", ProxyFixes::waits)));

    private ProxyFixes() {}

    private static List<Fix> fromHereOnly(Said said) {
        return isNginx(said)
                ? List.of(
                        Fix.behaviour(
                                "Only the proxy's own machine reaches the page; put the addresses in `allow` that may.",
                                new InBlock(
                                        said.place(), List.of("allow 127.0.0.1;", "deny all;"))))
                : List.of();
    }

    private static List<Fix> realAddress(Said said) {
        return label(said)
                .filter(one -> one.value().matches("\\S+ \\$http_[a-z_]+"))
                .map(
                        one ->
                                List.of(
                                        said.byDuty(
                                                "The service gets the address that the request came from, whatever the caller writes; behind another proxy that is its address.",
                                                new Replace(
                                                        said.place(),
                                                        one.value().replaceFirst("\\S+ ", ""),
                                                        "$remote_addr"))))
                .orElse(List.of());
    }

    private static List<Fix> longer(Said said) {
        if (!isNginx(said)) {
            return List.of();
        }
        String effect =
                "A WebSocket stays open for up to an hour without a message; one whose client is gone without a word does too.";
        return label(said)
                .map(one -> List.of(Fix.safe(effect, new Replace(said.place(), one.value(), "1h"))))
                .orElse(
                        List.of(
                                Fix.safe(
                                        effect,
                                        new InBlock(
                                                said.place(), List.of("proxy_read_timeout 1h;")))));
    }

    private static List<Fix> upgraded(Said said) {
        return List.of(
                Fix.safe(
                        "The request to become a WebSocket reaches the service.",
                        new InBlock(
                                said.place(),
                                List.of(
                                        "proxy_http_version 1.1;",
                                        "proxy_set_header Upgrade $http_upgrade;",
                                        "proxy_set_header Connection \"upgrade\";"))));
    }

    private static List<Fix> workersEnd(Said said) {
        return List.of(
                Fix.behaviour(
                        "30 s after a reload what is still open at the old workers is cut, and the clients connect anew.",
                        new LinesBefore(said.place(), List.of("worker_shutdown_timeout 30s;"))));
    }

    private static List<Fix> checked(Said said) {
        return said.all(ProxyUpstream.class).stream()
                .filter(
                        one ->
                                one.servers().stream()
                                        .anyMatch(server -> server.place().equals(said.place())))
                .findFirst()
                .map(
                        one ->
                                new Fix(
                                        "A server that doesn't answer gets no requests until it does again.",
                                        Fix.Reach.BEHAVIOUR,
                                        one.servers().stream()
                                                .map(server -> checked(one, server))
                                                .toList()))
                .map(List::of)
                .orElse(List.of());
    }

    private static Change checked(ProxyUpstream of, ProxyUpstream.Server server) {
        return of.format().equals("haproxy")
                ? new EndOfLine(server.place(), " check")
                : new Replace(server.place(), " max_fails=0", "");
    }

    private static List<Fix> statsHere(Said said) {
        return Stream.of("bind :", "bind *:", "bind 0.0.0.0:")
                .map(
                        bind ->
                                Fix.behaviour(
                                        "Only the proxy's own machine reaches the page; others need a tunnel.",
                                        new ReplaceBefore(said.place(), bind, "bind 127.0.0.1:")))
                .toList();
    }

    private static List<Fix> again(Said said) {
        var lost = List.of(said.word(1).split(", ", -1));
        return said.all(ProxyRoute.class).stream()
                .filter(
                        route ->
                                route.settings().stream()
                                        .anyMatch(one -> one.place().equals(said.place())))
                .findFirst()
                .map(
                        route ->
                                route.dropped().stream()
                                        .filter(one -> one.name().equals("proxy_set_header"))
                                        .filter(
                                                one ->
                                                        lost.contains(
                                                                one.value()
                                                                        .replaceAll("\\s.*", "")))
                                        .map(Label::value)
                                        .toList())
                .filter(
                        values ->
                                values.size() == lost.size()
                                        && values.stream()
                                                .allMatch(one -> one.matches("\\S+ \\$?\\w+")))
                .map(
                        values ->
                                List.of(
                                        Fix.safe(
                                                "The service gets %s again as everywhere else."
                                                        .formatted(said.word(1)),
                                                new LinesBefore(
                                                        said.place(),
                                                        values.stream()
                                                                .map(
                                                                        one ->
                                                                                "proxy_set_header "
                                                                                        + one
                                                                                        + ";")
                                                                .toList()))))
                .orElse(List.of());
    }

    private static List<Fix> timeouts(Said said) {
        var lines = new ArrayList<String>();
        for (String one : said.word(1).split(", no ", -1)) {
            lines.add(one + (one.equals("timeout connect") ? " 5s" : " 1m"));
        }
        return List.of(
                Fix.behaviour(
                        "What is silent for longer is cut: 5 s to connect, a minute for a peer.",
                        new InSection(said.place(), "defaults", lines)));
    }

    private static List<Fix> onceOnly(Said said) {
        return List.of(
                Fix.behaviour(
                        "A POST whose answer is lost is answered with an error and not sent to the next server.",
                        new Replace(said.place(), " non_idempotent", "")));
    }

    private static List<Fix> waits(Said said) {
        return label(said)
                .map(
                        one ->
                                List.of(
                                        Fix.behaviour(
                                                "The proxy waits up to 30 s for an answer; set it to what the venue and your clients wait.",
                                                new Replace(said.place(), one.value(), "30s"))))
                .orElse(List.of());
    }

    private static Optional<Label> label(Said said) {
        return said.all(ProxyRoute.class).stream()
                .flatMap(route -> route.settings().stream())
                .filter(one -> one.place().equals(said.place()))
                .findFirst();
    }

    private static boolean isNginx(Said said) {
        return said.all(ProxyRoute.class).stream()
                .anyMatch(
                        route ->
                                route.format().equals("nginx")
                                        && route.place().file().equals(said.place().file()));
    }
}
