package dev.pitcrew.read.proxy;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Label;
import dev.pitcrew.model.infra.ProxyProcess;
import dev.pitcrew.model.infra.ProxyRoute;
import dev.pitcrew.model.infra.ProxyRoute.ProxyListener;
import dev.pitcrew.model.infra.ProxyUpstream;
import dev.pitcrew.model.infra.Target;
import dev.pitcrew.read.survey.Found;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a whole configuration of nginx says.
final class NginxFacts {
    private static final Set<String> PASSES =
            Set.of("proxy_pass", "grpc_pass", "fastcgi_pass", "uwsgi_pass");

    /// Directives that are in force together: one of them replaces all that are inherited.
    private static final Map<String, String> GROUPS = Map.of("allow", "access", "deny", "access");

    private final Found found;

    private NginxFacts(Found found) {
        this.found = found;
    }

    static void of(List<Directive> tree, Found found) {
        var facts = new NginxFacts(found);
        var main = new ArrayList<Label>();
        for (Directive one : tree) {
            if (!one.isBlock()) {
                main.add(label(one));
            } else if (one.name().equals("events")) {
                one.block().stream().map(NginxFacts::label).forEach(main::add);
            }
        }
        boolean isMain =
                tree.stream()
                        .anyMatch(one -> one.name().equals("http") || one.name().equals("events"));
        for (Directive one : tree) {
            if (one.name().equals("http") || one.name().equals("stream")) {
                one.block().stream()
                        .filter(inside -> !inside.isBlock())
                        .map(NginxFacts::label)
                        .forEach(main::add);
                facts.http(one.block());
            }
        }
        if (isMain) {
            found.fact(new ProxyProcess("nginx", tree.getFirst().place(), main));
        }
        facts.http(tree);
    }

    private void http(List<Directive> http) {
        var scope = Scope.NONE.inside(http);
        for (Directive one : http) {
            if (one.name().equals("upstream")) {
                upstream(one);
            } else if (one.name().equals("server") && one.isBlock()) {
                server(one, scope);
            } else if (one.name().equals("location") && one.isBlock()) {
                location(one, scope, List.of()); // a file of locations that some server includes
            }
        }
    }

    private void upstream(Directive upstream) {
        var servers = new ArrayList<ProxyUpstream.Server>();
        var settings = new ArrayList<Label>();
        for (Directive one : upstream.block()) {
            if (one.name().equals("server")) {
                Target.parse(one.argument(0))
                        .ifPresent(
                                address ->
                                        servers.add(
                                                new ProxyUpstream.Server(
                                                        one.valuePlace(),
                                                        address.port() == 0
                                                                ? new Target(address.host(), 80)
                                                                : address,
                                                        one.arguments().stream()
                                                                .skip(1)
                                                                .map(Located::value)
                                                                .toList())));
            } else {
                settings.add(label(one));
            }
        }
        found.fact(
                new ProxyUpstream(
                        "nginx",
                        upstream.valuePlace(),
                        upstream.argument(0).toLowerCase(Locale.ROOT),
                        servers,
                        settings));
    }

    private void server(Directive server, Scope above) {
        var listeners = new ArrayList<ProxyListener>();
        boolean isTls =
                server.block().stream()
                        .anyMatch(one -> one.name().equals("ssl") && one.argument(0).equals("on"));
        for (Directive one : server.block()) {
            if (one.name().equals("listen")) {
                listeners.add(listener(one, isTls));
            }
        }
        if (listeners.isEmpty()) {
            listeners.add(new ProxyListener(server.place(), "", 80, isTls));
        }
        var scope = above.inside(server.block());
        boolean hasLocation = false;
        for (Directive one : server.block()) {
            if (one.name().equals("location")) {
                hasLocation = true;
                location(one, scope, listeners);
            }
        }
        if (!hasLocation || scope.target().isPresent()) {
            found.fact(scope.route(server.place(), listeners, ""));
        }
    }

    private static ProxyListener listener(Directive listen, boolean isTls) {
        String text = listen.argument(0);
        boolean ssl =
                isTls
                        || listen.arguments().stream()
                                .anyMatch(
                                        one ->
                                                one.value().equals("ssl")
                                                        || one.value().equals("quic"));
        if (text.matches("[0-9]{1,5}")) {
            return new ProxyListener(listen.valuePlace(), "", Integer.parseInt(text), ssl);
        }
        if (text.startsWith("unix:")) {
            return new ProxyListener(listen.valuePlace(), text, 0, ssl);
        }
        var address = Target.parse(text).orElse(new Target("*", 80));
        boolean isAll = Set.of("*", "::", "0.0.0.0").contains(address.host());
        return new ProxyListener(
                listen.valuePlace(),
                isAll ? "" : address.host(),
                address.port() == 0 ? 80 : address.port(),
                ssl);
    }

    private void location(Directive location, Scope above, List<ProxyListener> listeners) {
        var scope = above.inside(location.block());
        var path = location.arguments().isEmpty() ? "" : location.arguments().getLast().value();
        for (Directive one : location.block()) {
            if (one.name().equals("location")) {
                location(one, scope, listeners);
            }
        }
        found.fact(scope.route(location.place(), listeners, path));
    }

    private static Label label(Directive one) {
        return new Label(one.name(), one.value(), one.valuePlace());
    }

    /// What is in force in a block.
    ///
    /// @param isWhole whether no include is missing
    private record Scope(
            List<Label> settings,
            List<Label> dropped,
            Map<String, String> variables,
            Optional<Located<Target>> target,
            boolean isWhole) {
        static final Scope NONE = new Scope(List.of(), List.of(), Map.of(), Optional.empty(), true);

        Scope inside(List<Directive> block) {
            var own = new ArrayList<Label>();
            boolean whole = isWhole;
            var names = new HashMap<>(variables);
            for (Directive one : block) {
                if (one.name().equals("include")) {
                    whole = false;
                } else if (one.name().equals("limit_except") || one.name().equals("if")) {
                    own.add(new Label(one.name(), one.value(), one.place()));
                } else if (!one.isBlock() || one.name().endsWith("_lua_block")) {
                    own.add(label(one));
                    if (one.name().equals("set") && one.argument(0).startsWith("$")) {
                        names.put(one.argument(0), one.argument(1));
                    }
                }
            }
            var replaced =
                    own.stream().map(one -> GROUPS.getOrDefault(one.name(), one.name())).toList();
            var inherited = new ArrayList<Label>();
            var gone = new ArrayList<Label>();
            for (Label one : settings) {
                if (PASSES.contains(one.name())
                        || one.name().equals("listen")
                        || one.name().equals("set")
                        || one.name().equals("return")) {
                    continue;
                }
                boolean isReplaced = replaced.contains(GROUPS.getOrDefault(one.name(), one.name()));
                (isReplaced ? gone : inherited).add(one);
            }
            return new Scope(
                    Stream.concat(inherited.stream(), own.stream()).toList(),
                    gone,
                    names,
                    target(block, names),
                    whole);
        }

        ProxyRoute route(Place place, List<ProxyListener> listeners, String path) {
            return new ProxyRoute(
                    "nginx", place, listeners, path, target, settings, dropped, isWhole);
        }

        private static Optional<Located<Target>> target(
                List<Directive> block, Map<String, String> variables) {
            return block.stream()
                    .filter(one -> PASSES.contains(one.name()))
                    .findFirst()
                    .flatMap(
                            one -> {
                                String text = one.argument(0);
                                for (var variable : variables.entrySet()) {
                                    text = text.replace(variable.getKey(), variable.getValue());
                                }
                                text =
                                        text.replaceAll(
                                                "(?<=.)\\$(request_uri|uri|is_args|args).*$", "");
                                return Target.parse(text)
                                        .map(address -> new Located<>(address, one.valuePlace()));
                            });
        }
    }
}
