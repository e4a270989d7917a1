package dev.pitcrew.read.compose;

import static dev.pitcrew.read.survey.TestingSurvey.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pitcrew.model.ByteSize;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.HealthCheck;
import dev.pitcrew.model.infra.Container.HostPort;
import dev.pitcrew.model.infra.Container.Mount;
import dev.pitcrew.model.infra.Container.MountKind;
import dev.pitcrew.model.infra.Container.PortUse;
import dev.pitcrew.model.infra.Fallback;
import dev.pitcrew.model.infra.Storage;
import dev.pitcrew.model.infra.Survey;
import dev.pitcrew.read.survey.TestingSurvey;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Compose files become the containers that Docker would start of them.
class ComposeFormatTest {
    private static final String FILE = "docker-compose.yml";

    @Test
    void an_override_is_laid_over_the_default_file_and_each_value_keeps_its_place() {
        var survey =
                TestingSurvey.of(
                        FILE,
                        """
                        services:
                          gateway:
                            image: desk/gateway:1
                            command: [serve, --all]
                            environment: [A=1, B=2]
                            ports: ["8080:80"]
                        """,
                        "docker-compose.override.yml",
                        """
                        services:
                          gateway:
                            image: desk/gateway:2
                            command: [serve]
                            environment: {B: 3}
                            ports: ["127.0.0.1:9090:90"]
                        """);

        var gateway = container(survey, ".", "gateway");

        assertThat(survey.all(Container.class)).hasSize(1);
        assertThat(gateway.image())
                .contains(at("desk/gateway:2", "docker-compose.override.yml", 3, 12));
        assertThat(gateway.command()).extracting(Located::value).containsExactly("serve");
        assertThat(gateway.variable("A")).contains(at("1", FILE, 5, 21));
        assertThat(gateway.variable("B")).contains(at("3", "docker-compose.override.yml", 5, 22));
        assertThat(gateway.ports())
                .extracting(PortUse::host)
                .containsExactly(
                        Optional.of(new HostPort("0.0.0.0", 8080)),
                        Optional.of(new HostPort("127.0.0.1", 9090)));
    }

    @Test
    void an_overlay_that_leaves_services_unfinished_is_laid_over_the_default_file() {
        var survey =
                TestingSurvey.of(
                        FILE,
                        "services:\n  db:\n    image: postgres:16\n    ports: ['5432:5432']\n    tmpfs: /x\n",
                        "docker-compose.prod.yml",
                        "services:\n  db:\n    ports: !reset null\n    restart: always\n    tmpfs: !override [/y]\n");

        var production = container(survey, "docker-compose.prod.yml", "db");

        assertThat(container(survey, ".", "db").ports()).hasSize(1);
        assertThat(production.ports()).isEmpty();
        assertThat(production.restart()).map(Located::value).contains("always");
        assertThat(production.mounts()).extracting(Mount::target).containsExactly("/y");
        assertThat(production.image()).map(Located::value).contains("postgres:16");
    }

    @Test
    void what_a_service_extends_and_includes_counts_with_its_own_place() {
        var survey =
                TestingSurvey.of(
                        FILE,
                        """
                        include: [infra/stores.yml]
                        services:
                          bot:
                            extends: {file: common.yml, service: base}
                            command: trade
                        """,
                        "common.yml",
                        "services:\n  base:\n    image: bot:1\n    stop_grace_period: 1m30s\n",
                        "infra/stores.yml",
                        "services:\n  redis:\n    image: redis:7\n");

        assertThat(survey.all(Container.class))
                .extracting(Container::unit, Container::name)
                .containsExactlyInAnyOrder(tuple(".", "bot"), tuple(".", "redis"));
        assertThat(container(survey, ".", "bot").stopGrace())
                .contains(at(Duration.ofSeconds(90), "common.yml", 4, 24));
    }

    @Test
    void variables_come_from_the_env_file_or_their_default_and_defaults_are_facts() {
        var survey =
                TestingSurvey.of(
                        ".env",
                        "TAG=1.4\n",
                        FILE,
                        """
                        services:
                          bot:
                            image: "bot:${TAG:-latest}"
                            environment:
                              DRY_RUN: ${DRY_RUN:-false}
                              KEY: ${KEY}
                              PRICE: 5$$
                        """);
        var bot = container(survey, ".", "bot");

        assertThat(bot.image()).map(Located::value).contains("bot:1.4");
        assertThat(bot.variable("DRY_RUN")).map(Located::value).contains("false");
        assertThat(bot.variable("KEY")).map(Located::value).contains("${KEY}");
        assertThat(bot.variable("PRICE")).map(Located::value).contains("5$");
        assertThat(survey.all(Fallback.class))
                .containsExactly(
                        new Fallback(
                                "compose",
                                ".",
                                "bot",
                                new Place(FILE, 5, 16),
                                "DRY_RUN",
                                "DRY_RUN",
                                "false"));
    }

    @Test
    void short_and_long_forms_say_the_same() {
        var survey =
                TestingSurvey.of(
                        FILE,
                        """
                        services:
                          short:
                            image: a:1
                            ports: ["127.0.0.1:8080:80/udp", "6000-6001:6000-6001", "[::1]:1:2", "3000"]
                            volumes: ["data:/data:ro", "./conf:/conf", "/anon"]
                            depends_on: [long]
                            mem_limit: 1.5g
                            env_file: more.env
                          long:
                            image: a:1
                            ports:
                              - {target: 80, published: "8080", host_ip: 127.0.0.1, protocol: udp}
                            volumes:
                              - {type: volume, source: data, target: /data, read_only: true}
                              - {type: bind, source: ./conf, target: /conf}
                              - {type: tmpfs, target: /anon}
                            depends_on: {short: {condition: service_healthy}}
                            deploy: {resources: {limits: {memory: 512M, cpus: '0.5'}}, replicas: 2}
                            healthcheck: {test: [CMD-SHELL, curl -f http://localhost], interval: 5s, retries: 3}
                        volumes:
                          data: {external: true}
                        """,
                        "more.env",
                        "# no\nexport MODE=\"live\" # yes\n");
        var brief = container(survey, ".", "short");
        var full = container(survey, ".", "long");

        assertThat(brief.ports().getFirst().host()).isEqualTo(full.ports().getFirst().host());
        assertThat(brief.ports()).extracting(PortUse::inside).containsExactly(80, 0, 2, 3000);
        assertThat(brief.ports().get(2).host()).contains(new HostPort("::1", 1));
        assertThat(brief.mounts())
                .extracting(Mount::kind)
                .containsExactly(MountKind.VOLUME, MountKind.HOST, MountKind.ANONYMOUS);
        assertThat(full.mounts())
                .extracting(Mount::kind)
                .containsExactly(MountKind.VOLUME, MountKind.HOST, MountKind.MEMORY);
        assertThat(brief.mounts().getFirst().isReadOnly()).isTrue();
        assertThat(brief.dependsOn()).extracting(Located::value).containsExactly("long");
        assertThat(full.dependsOn()).extracting(Located::value).containsExactly("short:healthy");
        assertThat(brief.memoryMax()).map(Located::value).contains(new ByteSize(1536L << 20));
        assertThat(full.memoryMax()).map(Located::value).contains(new ByteSize(512L << 20));
        assertThat(full.cpusMax()).map(Located::value).contains(0.5);
        assertThat(brief.variable("MODE")).contains(at("live", "more.env", 2, 13));
        assertThat(full.healthChecks())
                .containsExactly(
                        new HealthCheck(
                                new Place(FILE, 19, 25),
                                "health",
                                "curl -f http://localhost",
                                Optional.of(Duration.ofSeconds(5)),
                                Optional.empty(),
                                Optional.of(3)));
        assertThat(survey.all(Storage.class))
                .containsExactly(
                        new Storage("compose", ".", "data", new Place(FILE, 21, 3), "", true));
    }

    @Test
    void a_broken_file_is_a_problem_and_the_others_are_read() {
        Survey survey =
                TestingSurvey.of(
                        "a/docker-compose.yml",
                        "services:\n  x: [\n",
                        "b/docker-compose.yml",
                        "services:\n  y:\n    image: y:1\n");

        assertThat(survey.problems())
                .extracting(one -> one.place().file())
                .containsExactly("a/docker-compose.yml");
        assertThat(survey.all(Container.class)).extracting(Container::name).containsExactly("y");
    }

    @Test
    void files_that_include_each_other_end() {
        var survey =
                TestingSurvey.of(
                        FILE,
                        "include: [%s]\nservices:\n  a: {image: a, extends: b}\n  b: {image: b, extends: a}\n"
                                .formatted(String.join(",", Collections.nCopies(50, FILE))));

        assertThat(survey.problems()).isEmpty();
    }

    private static <T> Located<T> at(T value, String file, int line, int column) {
        return new Located<>(value, new Place(file, line, column));
    }
}
