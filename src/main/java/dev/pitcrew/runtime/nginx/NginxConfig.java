package dev.pitcrew.runtime.nginx;

import dev.pitcrew.model.Sticky;
import dev.pitcrew.runtime.balancer.ProxyPlace;
import dev.pitcrew.runtime.balancer.ProxyPlace.Front;
import dev.pitcrew.runtime.balancer.Told;
import dev.pitcrew.runtime.http.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What nginx is given: a main file once, and a file for each service with each change. Pure.
public final class NginxConfig {
    /// Where nginx says with which generation of a service's file it works.
    static final String GENERATION = "/.pitcrew/generation";

    private NginxConfig() {}

    static Path file(Path folder, String service) {
        return folder.resolve(service + ".conf");
    }

    /// The files by path: the main one, and those of the services as they are before anything is told.
    public static Map<Path, String> files(ProxyPlace place) {
        var files = new LinkedHashMap<Path, String>();
        files.put(place.configuration(), main(place));
        place.fronts()
                .forEach(
                        (name, front) ->
                                files.put(
                                        file(place.folder(), name),
                                        service(name, front, ServiceFile.NOTHING)));
        return files;
    }

    private static String main(ProxyPlace place) {
        return """
        # nginx for the services of pitcrew.yaml; `pitcrew balancer` prints it. Check: nginx -t -c FILE. One that serves other sites as well needs
        # only the lines with worker_shutdown_timeout and include. Pitcrew writes what is included, and reloads nginx after each change.
        pid %2$s;
        worker_processes auto;
        error_log %1$s/error.log notice;
        worker_shutdown_timeout 10m; # then what an old worker still has, such as WebSockets, is closed
        events {
            worker_connections 4096;
        }
        http {
            access_log off;
            client_body_temp_path %1$s/body;
            proxy_temp_path %1$s/proxy;
            fastcgi_temp_path %1$s/fastcgi;
            uwsgi_temp_path %1$s/uwsgi;
            scgi_temp_path %1$s/scgi;
        %3$s}
        """
                .formatted(
                        place.folder(),
                        place.pid().map(Path::toString).orElse("/run/nginx.pid"),
                        place.fronts().keySet().stream()
                                .map(one -> "    include " + file(place.folder(), one) + ";\n")
                                .collect(Collectors.joining()));
    }

    /// The whole file of a service.
    static String service(String name, Front front, ServiceFile file) {
        var text = new StringBuilder();
        try {
            text.append(file.firstLine());
        } catch (IOException e) {
            throw new UncheckedIOException("a record is always JSON", e);
        }
        text.append(
                "# Written by Pitcrew with each change; what is changed here by hand is lost.\n");
        var told = file.told();
        var prefix = "pitcrew_" + name.replace('-', '_');
        group(text, prefix + "_rest", told.rest());
        group(text, prefix + "_canary", told.canaries());
        told.owners().forEach((owner, address) -> group(text, of(prefix, owner), List.of(address)));
        var to = sides(text, prefix, name, front, told);
        text.append(
                """
                map $http_upgrade $%1$s_connection {
                    default upgrade;
                    "" close;
                }
                server {
                    listen %2$s;
                    keepalive_timeout 0; # on a connection that is kept, a request could meet its end at a reload
                    proxy_next_upstream off; # nothing is sent twice: only its client knows whether that is safe
                    proxy_connect_timeout 1s;
                    proxy_read_timeout 60s;
                    proxy_http_version 1.1;
                    proxy_set_header Host $http_host;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection $%1$s_connection;
                    proxy_set_header X-Pitcrew-Change "%3$s";
                    add_header Retry-After $%1$s_retry always;
                    location = %4$s {
                        allow 127.0.0.0/8;
                        allow %5$s;
                        deny all;
                        return 200 "%6$d";
                    }
                    location / {
                        %7$s
                    }
                }
                map $status $%1$s_retry {
                    503 1;
                    default "";
                }
                """
                        .formatted(
                                prefix,
                                front.listen(),
                                file.change().replaceAll("[^A-Za-z0-9/._-]", "_"),
                                GENERATION,
                                front.listen().host(),
                                file.generation(),
                                told.isHeld() || told.everybody().isEmpty()
                                        ? "return 503; # nothing was sent: clients try again, with the same id"
                                        : "proxy_pass http://" + to + ";"));
        return text.toString();
    }

    private static String of(String prefix, String owner) {
        return prefix + "_owner_" + owner.replace('-', '_');
    }

    private static void group(StringBuilder text, String name, List<Address> targets) {
        if (targets.isEmpty()) {
            return; // nginx knows no empty group
        }
        text.append("upstream ").append(name).append(" {\n");
        targets.forEach(one -> text.append("    server ").append(one).append(" max_fails=0;\n"));
        text.append("}\n");
    }

    /// The variable, or the group, that says where a request goes.
    private static String sides(
            StringBuilder text, String prefix, String name, Front front, Told told) {
        var rest = prefix + "_rest";
        var canary = prefix + "_canary";
        var side = told.rest().isEmpty() ? canary : rest;
        if (front.sticky().isEmpty()) {
            return side;
        }
        var key = variable(front.sticky().get().key());
        if (!told.rest().isEmpty() && !told.canaries().isEmpty() && told.share().value() > 0) {
            var part = canary;
            if (told.share().value() < 1) {
                part = "$" + prefix + "_part";
                text.append(
                        """
                        split_clients "%s %s" %s {
                            %s%% %s;
                            * %s;
                        }
                        """
                                .formatted(
                                        name,
                                        key,
                                        part,
                                        hundredths(told.share().value()),
                                        canary,
                                        rest));
            }
            side = "$" + prefix + "_side";
            text.append(
                    """
                    map %s %s {
                        "" %s;
                        default %s;
                    }
                    """
                            .formatted(key, side, rest, part));
        }
        var order = front.sticky().get().order();
        if (order.isEmpty() || told.owners().isEmpty()) {
            return side;
        }
        text.append(
                "map %s $%s_to {\n    default %s;\n"
                        .formatted(variable(order.get()), prefix, side));
        told.owners()
                .keySet()
                .forEach(
                        owner ->
                                text.append(
                                        "    \"~^%s\\.\" %s;\n"
                                                .formatted(owner, of(prefix, owner))));
        text.append("}\n");
        return "$" + prefix + "_to";
    }

    /// nginx knows hundredths of a percent; of a share that isn't one of them it gives the next larger.
    static double percent(double share) {
        return Math.min(99.99, Math.ceil(share * 10_000 - 1e-9) / 100);
    }

    private static String hundredths(double share) {
        return BigDecimal.valueOf(percent(share)).setScale(2, RoundingMode.HALF_UP).toPlainString();
    }

    private static String variable(Sticky.Part part) {
        return switch (part) {
            case Sticky.Part.Header(var header) ->
                    "$http_" + header.toLowerCase(Locale.ROOT).replace('-', '_');
            case Sticky.Part.Query(var query) -> "$arg_" + query;
        };
    }
}
