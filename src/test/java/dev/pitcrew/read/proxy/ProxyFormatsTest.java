package dev.pitcrew.read.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.model.infra.Label;
import dev.pitcrew.model.infra.ProxyProcess;
import dev.pitcrew.model.infra.ProxyRoute;
import dev.pitcrew.model.infra.ProxyRoute.ProxyListener;
import dev.pitcrew.model.infra.ProxyUpstream;
import dev.pitcrew.model.infra.Target;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProxyFormatsTest {
    private final List<String> problems = new ArrayList<>();

    @Test
    void nginx_tells_servers_locations_and_what_is_in_force_in_them() {
        String text =
                """
                upstream gate { server one:8000 max_fails=0; }
                server {
                    listen 443 ssl; # outside
                    proxy_set_header Host $host;
                    location /orders {
                        proxy_set_header X-Desk "a b";
                        proxy_pass http://gate/v1;
                    }
                }
                """;

        String file = "desk.conf";
        assertThat(facts(new NginxFormat(), Map.of(file, text)))
                .containsExactly(
                        new ProxyUpstream(
                                "nginx",
                                new Place(file, 1, 10),
                                "gate",
                                List.of(
                                        new ProxyUpstream.Server(
                                                new Place(file, 1, 24),
                                                new Target("one", 8000),
                                                List.of("max_fails=0"))),
                                List.of()),
                        new ProxyRoute(
                                "nginx",
                                new Place(file, 5, 5),
                                List.of(new ProxyListener(new Place(file, 3, 12), "", 443, true)),
                                "/orders",
                                Optional.of(
                                        new Located<>(
                                                new Target("gate", 80), new Place(file, 7, 20))),
                                List.of(
                                        label("proxy_set_header", "X-Desk a b", file, 6, 26),
                                        label("proxy_pass", "http://gate/v1", file, 7, 20)),
                                List.of(label("proxy_set_header", "Host $host", file, 4, 22)),
                                true));
        assertThat(problems).isEmpty();
    }

    @Test
    void nginx_takes_in_what_it_includes_and_says_when_it_is_not_here() {
        var files =
                Map.of(
                        "conf/nginx.conf",
                        "events { }\nhttp {\n  include conf.d/*.conf;\n}\n",
                        "conf/conf.d/desk.conf",
                        "server {\n  listen 8080;\n  location / {\n    include snippets/login.conf;\n    proxy_pass http://web:1;\n  }\n}\n");

        var routes =
                facts(new NginxFormat(), files).stream()
                        .filter(ProxyRoute.class::isInstance)
                        .map(ProxyRoute.class::cast)
                        .toList();

        assertThat(routes).hasSize(1);
        assertThat(routes.getFirst().place()).isEqualTo(new Place("conf/conf.d/desk.conf", 3, 3));
        assertThat(routes.getFirst().isWhole()).isFalse();
    }

    @Test
    void a_broken_file_of_nginx_is_read_as_far_as_it_goes() {
        var facts =
                facts(
                        new NginxFormat(),
                        Map.of(
                                "x.conf",
                                "server {\n  listen 80;\n  location / { proxy_pass http://a:1 }\n"));

        assertThat(facts).hasSize(1);
        assertThat(problems)
                .containsExactly(
                        "x.conf:3:16 a directive is not ended; add ;",
                        "x.conf:3:39 a block is not closed; add }");
    }

    @Test
    void haproxy_joins_frontends_backends_and_defaults() {
        String text =
                """
                global
                    stats socket /run/haproxy.sock mode 600
                defaults
                    timeout server 30s
                frontend web
                    bind *:443 ssl crt /etc/desk.pem
                    acl orders path_beg /orders
                    use_backend gate if orders
                backend gate
                    server one 10.0.0.1:8000 check
                """;

        String file = "haproxy.cfg";
        var usual = label("timeout server", "30s", file, 4, 20);
        var server = label("server", "one 10.0.0.1:8000 check", file, 10, 12);
        assertThat(facts(new HaproxyFormat(), Map.of(file, text)))
                .containsExactly(
                        new ProxyProcess(
                                "haproxy",
                                new Place(file, 1, 1),
                                List.of(
                                        label(
                                                "stats socket",
                                                "/run/haproxy.sock mode 600",
                                                file,
                                                2,
                                                18))),
                        new ProxyUpstream(
                                "haproxy",
                                new Place(file, 9, 1),
                                "gate",
                                List.of(
                                        new ProxyUpstream.Server(
                                                new Place(file, 10, 16),
                                                new Target("10.0.0.1", 8000),
                                                List.of("check"))),
                                List.of(usual, server)),
                        new ProxyRoute(
                                "haproxy",
                                new Place(file, 8, 5),
                                List.of(new ProxyListener(new Place(file, 6, 10), "", 443, true)),
                                "/orders",
                                Optional.of(
                                        new Located<>(
                                                new Target("gate", 0), new Place(file, 8, 5))),
                                List.of(
                                        usual,
                                        label("bind", "*:443 ssl crt /etc/desk.pem", file, 6, 10),
                                        label("acl", "orders path_beg /orders", file, 7, 9),
                                        label("use_backend", "gate if orders", file, 8, 17),
                                        server),
                                List.of(),
                                true));
    }

    private static Label label(String name, String value, String file, int line, int column) {
        return new Label(name, value, new Place(file, line, column));
    }

    private List<InfraFact> facts(Format format, Map<String, String> files) {
        var facts = new ArrayList<InfraFact>();
        var sources =
                new Sources(
                        files.entrySet().stream()
                                .map(one -> new SourceFile(one.getKey(), one.getValue()))
                                .toList());
        format.read(
                sources.all().stream().filter(format::claims).toList(),
                sources,
                new Found() {
                    @Override
                    public void fact(InfraFact fact) {
                        facts.add(fact);
                    }

                    @Override
                    public void problem(Place place, String message) {
                        problems.add(place + " " + message);
                    }
                });
        return facts;
    }
}
