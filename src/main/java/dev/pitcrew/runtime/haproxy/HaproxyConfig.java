package dev.pitcrew.runtime.haproxy;

import dev.pitcrew.model.Proxy;
import dev.pitcrew.model.Sticky;
import dev.pitcrew.runtime.balancer.ProxyPlace;
import dev.pitcrew.runtime.balancer.ProxyPlace.Front;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// What HAProxy has to be started with, so that [HaproxyTraffic] can drive it. Pure: the same place gives the same text.
public final class HaproxyConfig {
    private static final String LINE_END = "\\n"; // as HAProxy writes it in quotes

    private HaproxyConfig() {}

    static Path map(Path folder, String service) {
        return folder.resolve(service + ".map");
    }

    static Path state(Path folder) {
        return folder.resolve("servers.state");
    }

    /// The files by path: one configuration for each that serves, and the maps, which have to be there when it begins.
    public static Map<Path, String> files(ProxyPlace place) {
        var files = new LinkedHashMap<Path, String>();
        for (int i = 0; i < place.sockets().size(); i++) {
            var name = i == 0 ? "haproxy.cfg" : "haproxy-" + (i + 1) + ".cfg";
            files.put(place.folder().resolve(name), of(place, place.sockets().get(i)));
        }
        place.fronts().keySet().forEach(name -> files.put(map(place.folder(), name), ""));
        files.put(state(place.folder()), "1\n");
        return files;
    }

    /// The whole `haproxy.cfg`.
    ///
    /// @param socket of the one that it is for: a path, or `host:port`
    public static String of(ProxyPlace place, String socket) {
        var text = new StringBuilder();
        text.append(
                """
                # HAProxy for the services of pitcrew.yaml; `pitcrew balancer` prints it. Check: haproxy -c -f FILE. After a change reload it
                # (haproxy -W, then SIGUSR2 to its master, or systemctl reload): connections stay. Who gets requests is not in here: Pitcrew
                # says so by the socket, and what it said last is in the folder, for when HAProxy begins again.
                global
                    stats socket %s mode 600 level admin expose-fd listeners
                    stats timeout 10s
                    server-state-file %s
                    # One thread: a request and a change of where it goes never overlap, so once nothing is on its way, nothing is.
                    nbthread 1
                    hard-stop-after 10m # what an old process still has after a reload
                """
                        .formatted(
                                socket.startsWith("/") ? socket : "ipv4@" + socket,
                                state(place.folder())));
        place.fronts()
                .keySet()
                .forEach(
                        name ->
                                text.append("    set-var proc.")
                                        .append(turn(name))
                                        .append(" int(0)\n"));
        text.append(
                """

                defaults
                    timeout connect 1s
                    timeout client 1m
                    timeout server 30s
                    timeout http-request 10s
                    timeout tunnel 12h # WebSocket
                    # No request is sent twice, nor to somebody else, by HAProxy itself: only its client knows whether that is safe.
                    retries 0
                    retry-on none
                    no option redispatch
                """);
        place.fronts().forEach((name, front) -> service(text, place.folder(), name, front));
        return text.toString();
    }

    private static String turn(String service) {
        return "turn_" + service.replace('-', '_');
    }

    private static void service(StringBuilder text, Path folder, String name, Front front) {
        var isHttp = front.mode() == Proxy.Mode.HTTP;
        text.append(
                """

                listen %s
                    bind %s
                    mode %s
                    load-server-state-from-file global
                """
                        .formatted(name, front.listen(), isHttp ? "http" : "tcp"));
        if (isHttp) {
            http(text, map(folder, name).toString(), name, front);
        } else {
            tcp(text, map(folder, name).toString(), name);
        }
        text.append(
                """
                    use-server %%[var(txn.slot)] if TRUE
                    # Slots: where they lead is said by the socket. Weight 0: nobody comes to one but by its name, so one that is down gets nothing
                    # and passes nothing on. The name leads nowhere; with it HAProxy remembers addresses through a reload.
                    server-template s 1-%d nobody.invalid:1 init-addr last,127.0.0.1 weight 0 disabled
                """
                        .formatted(front.slots()));
    }

    private static void http(StringBuilder text, String map, String name, Front front) {
        text.append(
                """
                    # One request a connection, on both sides: on one that is kept a request may meet its end, and HAProxy would close it without a
                    # word, for the client to send it again by itself, as if nobody could have got it.
                    option httpclose
                    # Nothing goes to anybody before the whole of it is here (up to 16 KiB), so whoever dies over one leaves a 502 behind, and no silence.
                    option http-buffer-request
                    http-error status 503 content-type text/plain string "no instance takes requests" hdr Retry-After 1
                    # Held, or nobody there: nothing was sent to anybody, so clients try again, with the same id.
                    http-request set-var(txn.mode) str(mode),map_str(%1$s)
                    http-request return status 503 content-type text/plain string "held" hdr Retry-After 1 if { var(txn.mode) -m str hold }
                    http-request set-header X-Pitcrew-Change %%[str(change),map_str(%1$s)]
                """
                        .formatted(map));
        front.sticky().flatMap(Sticky::order).ifPresent(part -> order(text, map, part));
        text.append(
                """
                    # Which side: the first 52 bits of SHA-256 of service and key, against the share. As every other balancer of Pitcrew's.
                    http-request set-var(txn.rest) str(rest),map_str(%1$s),add(0)
                    http-request set-var(txn.canaries) str(canary),map_str(%1$s),add(0)
                    http-request set-var(txn.side) str(rest)
                """
                        .formatted(map));
        front.sticky().ifPresent(sticky -> key(text, map, name, sticky.key()));
        text.append(
                """
                    http-request set-var(txn.side) str(canary) if { var(txn.rest) -m int eq 0 }
                    http-request set-var(txn.many) var(txn.rest)
                    http-request set-var(txn.many) var(txn.canaries) if { var(txn.side) -m str canary }
                """);
        turns(text, "http-request", map, name);
        text.append(
                """
                    http-request return status 503 content-type text/plain string "no instance takes requests" hdr Retry-After 1 unless { var(txn.slot) -m found }
                """);
    }

    private static void order(StringBuilder text, String map, Sticky.Part part) {
        text.append(
                """
                    # What is about an order goes to its owner, which its id names.
                    http-request set-var(txn.order) %2$s
                    http-request set-var(txn.owner) var(txn.order),field(1,.) if { var(txn.order) -m sub . }
                    http-request set-var(txn.slot) str(owner/),concat(,txn.owner),map_str(%1$s) if { var(txn.owner) -m found }
                """
                        .formatted(map, fetch(part)));
    }

    private static void key(StringBuilder text, String map, String name, Sticky.Part part) {
        text.append(
                """
                    http-request set-var(txn.key) %2$s
                    http-request set-var(txn.share) str(share),map_str(%1$s),add(0)
                    http-request set-var(txn.place) str("%3$s%4$s"),concat(,txn.key),sha2(256),bytes(0,7),be2dec(,7),div(16)
                    http-request set-var(txn.past) var(txn.place),sub(txn.share)
                    http-request set-var(txn.side) str(canary) if { var(txn.canaries) -m int gt 0 } { var(txn.key),length -m int gt 0 } { var(txn.past) -m int lt 0 }
                """
                        .formatted(map, fetch(part), name, LINE_END));
    }

    // In turn within a side.
    private static void turns(StringBuilder text, String when, String map, String name) {
        text.append(
                """
                    %1$s set-var(proc.%3$s) var(proc.%3$s),add(1)
                    %1$s set-var(txn.turn) var(proc.%3$s),mod(txn.many) if { var(txn.many) -m int gt 0 }
                    %1$s set-var(txn.slot) var(txn.side),concat(/,txn.turn),map_str(%2$s) if { var(txn.turn) -m found } !{ var(txn.slot) -m found }
                """
                        .formatted(when, map, turn(name)));
    }

    private static void tcp(StringBuilder text, String map, String name) {
        text.append(
                """
                    # Each connection goes to one instance for as long as it lasts; held, or nobody there: it is closed at once.
                    timeout client 12h
                    timeout server 12h
                    option clitcpka
                    option srvtcpka
                    tcp-request content set-var(txn.mode) str(mode),map_str(%1$s)
                    tcp-request content reject if { var(txn.mode) -m str hold }
                    tcp-request content set-var(txn.side) str(rest)
                    tcp-request content set-var(txn.many) str(rest),map_str(%1$s),add(0)
                """
                        .formatted(map));
        turns(text, "tcp-request content", map, name);
        text.append("    tcp-request content reject unless { var(txn.slot) -m found }\n");
    }

    private static String fetch(Sticky.Part part) {
        return switch (part) {
            case Sticky.Part.Header(var header) -> "req.fhdr(" + header + ",1)";
            case Sticky.Part.Query(var query) -> "url_param(" + query + "),url_dec(1)";
        };
    }
}
