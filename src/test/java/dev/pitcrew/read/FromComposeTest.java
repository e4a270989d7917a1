package dev.pitcrew.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pitcrew.model.ByteSize;
import dev.pitcrew.model.ContainerSpec;
import dev.pitcrew.model.ContainerSpec.Build;
import dev.pitcrew.model.ContainerSpec.Health;
import dev.pitcrew.model.ContainerSpec.Isolation;
import dev.pitcrew.model.ContainerSpec.Logging;
import dev.pitcrew.model.ContainerSpec.Mount;
import dev.pitcrew.model.ContainerSpec.MountKind;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Port;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.Role;
import dev.pitcrew.model.SecretRef;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Template;
import dev.pitcrew.model.TradingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A system file that takes its services from a Compose project.
class FromComposeTest {
    private static final String REST =
            """
            environments:
              demo: {kind: demo, approval: none}
            """;

    @TempDir private Path folder;

    @Test
    void everything_that_compose_says_of_a_container_comes_over() throws IOException {
        write(
                "docker-compose.yml",
                """
                name: Desk
                x-all: &all
                  logging: {driver: json-file, options: {max-size: 10m}}
                services:
                  gateway:
                    <<: *all
                    build: {context: ./gateway, target: run, args: [JAVA=25]}
                    image: "desk/gateway:${TAG:-1}"
                    entrypoint: /entry
                    command: serve --venue "a b"
                    environment:
                      MODE: paper
                      OWNER: ${USER}
                    ports: ["127.0.0.1:8081:80", "9100"]
                    volumes: ["./conf:/conf:ro", "data:/data", "/cache"]
                    tmpfs: /tmp
                    secrets: [fix]
                    healthcheck: {test: [CMD, curl, -f, "http://localhost"], interval: 1m30s, timeout: 2s, retries: 5, start_period: 500ms}
                    stop_grace_period: 30s
                    stop_signal: SIGINT
                    networks: {backend: {aliases: [gw]}}
                    deploy: {resources: {limits: {memory: 512M, cpus: '1.5'}}}
                    user: "1000"
                    working_dir: /app
                    init: true
                    read_only: true
                    cap_add: [NET_BIND_SERVICE]
                    cap_drop: [ALL]
                    security_opt: ["no-new-privileges:true"]
                    extra_hosts: ["venue:10.0.0.7"]
                    labels: [team=equities]
                    depends_on: {postgres: {condition: service_healthy}}
                  postgres:
                    image: postgres:16.4
                volumes: {data: {}}
                networks: {backend: {}}
                secrets: {fix: {file: ./secrets/fix}}
                """);

        var gateway =
                system("from: docker-compose.yml", "services: {gateway: {role: order-entry}}")
                        .service("gateway");

        assertThat(gateway.place())
                .isEqualTo(new Place(folder.resolve("docker-compose.yml").toString(), 5, 3));
        assertThat(gateway.container())
                .contains(
                        new ContainerSpec(
                                Optional.of(new Template("desk/gateway:1")),
                                Optional.of(
                                        new Build(
                                                new Template("gateway"),
                                                "Dockerfile",
                                                Optional.of("run"),
                                                Map.of("JAVA", new Template("25")))),
                                List.of(new Template("/entry")),
                                Map.of("http", 80, "port-9100", 9100),
                                List.of(
                                        mount(MountKind.FOLDER, "conf", "/conf", true),
                                        mount(MountKind.VOLUME, "desk_data", "/data", false),
                                        mount(MountKind.VOLUME, "", "/cache", false),
                                        mount(MountKind.MEMORY, "", "/tmp", false),
                                        mount(
                                                MountKind.FOLDER,
                                                "secrets/fix",
                                                "/run/secrets/fix",
                                                true)),
                                Optional.of(
                                        new Health(
                                                List.of("curl", "-f", "http://localhost"),
                                                false,
                                                Duration.ofSeconds(90),
                                                Duration.ofSeconds(2),
                                                Duration.ofMillis(500),
                                                5)),
                                Duration.ofSeconds(30),
                                Optional.of("SIGINT"),
                                Optional.empty(),
                                Map.of("desk_backend", List.of("gw")),
                                List.of("desk_backend"),
                                Optional.of(1.5),
                                new Isolation(
                                        Optional.of("1000"),
                                        Optional.of("/app"),
                                        true,
                                        true,
                                        List.of("NET_BIND_SERVICE"),
                                        List.of("ALL"),
                                        List.of("no-new-privileges:true"),
                                        Map.of("venue", "10.0.0.7")),
                                Optional.of(new Logging("json-file", Map.of("max-size", "10m"))),
                                Map.of("team", new Template("equities"))));
        assertThat(gateway.command())
                .containsExactly(
                        new Template("serve"), new Template("--venue"), new Template("a b"));
        assertThat(gateway.env())
                .isEqualTo(
                        Map.of(
                                "MODE",
                                new Template("paper"),
                                "OWNER",
                                new Template("${env.USER}")));
        assertThat(gateway.ports())
                .isEqualTo(Map.of("http", new Port.Fixed(8081), "port-9100", new Port.Auto()));
        assertThat(gateway.resources().memory()).contains(new ByteSize(512L << 20));
        assertThat(gateway.dependsOn()).containsExactly("postgres");
    }

    @Test
    void a_secret_is_a_reference_to_where_compose_takes_it_from_and_its_value_is_nowhere()
            throws IOException {
        write(".env", "POSTGRES_PASSWORD=hunter2\nLEVEL=info\n");
        write("fix.env", "FIX_PASSWORD=hunter3\nFIX_SENDER=DESK\n");
        write(
                "docker-compose.yml",
                """
                services:
                  gateway:
                    image: gateway:1
                    environment:
                      - DATABASE_URL=postgresql://desk:${POSTGRES_PASSWORD}@postgres/desk
                      - POSTGRES_PASSWORD
                      - API_KEY=${VENUE_API_KEY}
                      - LEVEL=${LEVEL}
                    env_file: fix.env
                """);

        var gateway =
                system("from: docker-compose.yml", "services: {gateway: {role: order-entry}}")
                        .service("gateway");

        var env = Optional.of(new Template(".env"));
        assertThat(gateway.secrets())
                .isEqualTo(
                        Map.of(
                                "DATABASE_URL",
                                new SecretRef.TextSecret(
                                        new Template(
                                                "postgresql://desk:${POSTGRES_PASSWORD}@postgres/desk"),
                                        env),
                                "POSTGRES_PASSWORD",
                                new SecretRef.TextSecret(new Template("${POSTGRES_PASSWORD}"), env),
                                "API_KEY",
                                new SecretRef.EnvSecret("VENUE_API_KEY"),
                                "FIX_PASSWORD",
                                new SecretRef.TextSecret(
                                        new Template("${FIX_PASSWORD}"),
                                        Optional.of(new Template("fix.env")))));
        assertThat(gateway.env())
                .isEqualTo(
                        Map.of("LEVEL", new Template("info"), "FIX_SENDER", new Template("DESK")));
        assertThat(gateway.toString()).doesNotContain("hunter");
    }

    @Test
    void the_system_file_is_laid_over_the_project_key_by_key() throws IOException {
        write(
                "docker-compose.yml",
                """
                services:
                  order_gateway:
                    image: gateway:1
                    environment: {MODE: paper, JWT_SECRET: "${JWT_SECRET:-changeme}"}
                    ports: ["8081:8081"]
                """);

        var gateway =
                system(
                                "from: docker-compose.yml",
                                """
                                services:
                                  order-gateway:
                                    role: order-entry
                                    env: {MODE: live}
                                    secrets: {JWT_SECRET: {env: JWT_SECRET}}
                                    ports: {http: auto}
                                    container: {image: "gateway:${version}"}
                                """)
                        .service("order-gateway");

        assertThat(gateway.container().flatMap(ContainerSpec::image))
                .contains(new Template("gateway:${version}"));
        assertThat(gateway.container().orElseThrow().ports()).isEqualTo(Map.of("http", 8081));
        assertThat(gateway.ports()).isEqualTo(Map.of("http", new Port.Auto()));
        assertThat(gateway.env()).isEqualTo(Map.of("MODE", new Template("live")));
        assertThat(gateway.secrets())
                .isEqualTo(Map.of("JWT_SECRET", new SecretRef.EnvSecret("JWT_SECRET")));
    }

    @Test
    void one_file_brings_its_override_along_and_a_list_is_just_that_list() throws IOException {
        write("docker-compose.yml", "services:\n  db: {image: 'postgres:16'}\n");
        write("docker-compose.override.yml", "services:\n  db: {image: 'postgres:17'}\n");

        assertThat(image(system("from: docker-compose.yml", ""))).isEqualTo("postgres:17");
        assertThat(image(system("from: [docker-compose.yml]", ""))).isEqualTo("postgres:16");
    }

    @Test
    void a_service_is_there_if_its_profile_is_active_and_it_is_not_left_to_compose()
            throws IOException {
        write("pitcrew/.keep", "");
        write(
                "docker-compose.yml",
                """
                services:
                  postgres: {image: 'postgres:16'}
                  live: {image: 'nginx:1', profiles: [live], volumes: ["./a:/a", "../b:/b"]}
                  paper: {image: 'nginx:1', profiles: [paper]}
                  watchtower: {image: 'containrrr/watchtower:1'}
                """);

        var system =
                read(
                        folder.resolve("pitcrew/pitcrew.yaml"),
                        "from: {files: [../docker-compose.yml], profiles: [live], project: other, without: [watchtower]}",
                        "");

        assertThat(system.services())
                .extracting(Service::name, Service::role)
                .containsExactly(tuple("postgres", Role.OTHER), tuple("live", Role.OTHER));
        var live = system.service("live").container().orElseThrow();
        assertThat(live.mounts())
                .extracting(one -> one.source().text())
                .containsExactly("../a", "../../b");
        assertThat(live.networks()).isEqualTo(Map.of("other_default", List.of()));
    }

    @Test
    void the_digest_changes_with_the_compose_file_and_not_with_a_secret() throws IOException {
        var compose =
                "services:\n  db: {image: 'postgres:16', environment: {PASSWORD: '${PASSWORD}'}}\n";
        write("docker-compose.yml", compose);
        write(".env", "PASSWORD=hunter2\n");
        var before = system("from: docker-compose.yml", "").digest();
        write(".env", "PASSWORD=hunter3\n");
        var withOtherSecret = system("from: docker-compose.yml", "").digest();
        write("docker-compose.yml", compose.replace("16", "17"));
        var withOtherImage = system("from: docker-compose.yml", "").digest();

        assertThat(withOtherSecret).isEqualTo(before);
        assertThat(withOtherImage).isNotEqualTo(before);
    }

    @Test
    void the_page_takes_the_example_in_compose_over() throws IOException {
        var example = Path.of("examples/compose-desk/docker-compose.yml");
        write("docker-compose.yml", Files.readString(example));
        write(".env", "POSTGRES_PASSWORD=hunter2\n");
        var page = Files.readString(Path.of("docs/compose.md"));
        int start = page.indexOf("```yaml\n") + "```yaml\n".length();
        write("pitcrew.yaml", page.substring(start, page.indexOf("```", start)));

        var system = Example.good(SystemFile.read(folder.resolve("pitcrew.yaml")));

        assertThat(system.services())
                .extracting(Service::name, Service::role)
                .containsExactly(
                        tuple("gateway", Role.ORDER_ENTRY),
                        tuple("strategy", Role.STRATEGY),
                        tuple("feed", Role.FEED),
                        tuple("api", Role.STATELESS),
                        tuple("postgres", Role.OTHER),
                        tuple("redis", Role.OTHER),
                        tuple("nginx", Role.OTHER));
        assertThat(system.service("gateway").replicas()).isEqualTo(1);
        assertThat(system.service("gateway").container().flatMap(ContainerSpec::image))
                .map(Template::text)
                .hasValueSatisfying(name -> assertThat(name).endsWith("-gateway"));
        assertThat(system.toString()).doesNotContain("hunter2");
    }

    private static Mount mount(MountKind kind, String source, String at, boolean isReadOnly) {
        return new Mount(kind, new Template(source), at, isReadOnly);
    }

    private static String image(TradingSystem system) {
        return system.service("db").container().flatMap(ContainerSpec::image).orElseThrow().text();
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private TradingSystem system(String from, String services) throws IOException {
        return read(folder.resolve("pitcrew.yaml"), from, services);
    }

    private static TradingSystem read(Path file, String from, String services) throws IOException {
        Files.writeString(file, "system: desk\n" + from + "\n" + services + "\n" + REST);
        return switch (SystemFile.read(file)) {
            case Read.Good<TradingSystem>(var system) -> system;
            case Read.Bad<TradingSystem>(var problems) ->
                    throw new AssertionError(problems.toString());
        };
    }
}
