package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.TestingService;
import dev.pitcrew.runtime.docker.Container;
import dev.pitcrew.runtime.docker.EngineAnswer;
import dev.pitcrew.runtime.docker.Owner;
import dev.pitcrew.runtime.docker.TestingDocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A desk that stands in a Compose file is built, comes up, is changed, goes back and comes down on a real engine, by the verbs alone.
@Tag("real")
class ComposeOnDockerTest {
    private static final Owner OWNER = new Owner("composed", "paper");
    private static final String SECRET = "correct-horse-battery";

    @TempDir private Path folder;
    private TestingDocker docker;
    private ContainerDesk desk;

    @BeforeEach
    void write() throws Exception {
        docker = TestingDocker.shared();
        docker.java("composed-base:1");
        docker.tiny("composed-ledger:1");
        var home = Path.of(System.getProperty("java.home"));
        var code =
                Path.of(
                        TestingService.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        Files.createDirectories(folder.resolve("gateway"));
        Files.writeString(
                folder.resolve("gateway/Dockerfile"),
                """
                FROM composed-base:1 AS base
                COPY . /app
                FROM base AS run
                ARG LEVEL
                ENV LEVEL=$LEVEL PORT=8080 HOST=0.0.0.0 SERVICE=gateway VERSION_FILE=/app/version.conf DESK_DIR=/data
                FROM run AS never
                COPY nowhere /
                """);
        Files.writeString(folder.resolve("gateway/.dockerignore"), "*.key\n");
        Files.writeString(folder.resolve("gateway/venue.key"), SECRET);
        version("1");
        Files.writeString(folder.resolve(".env"), "LEVEL=loud\nDB_PASSWORD=" + SECRET + "\n");
        Files.writeString(
                folder.resolve("docker-compose.yml"),
                """
                name: composed
                services:
                  gateway:
                    build: {context: ./gateway, target: run, args: {LEVEL: "${LEVEL}"}}
                    command: ["JAVA", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx32m", "-cp", "CODE", "MAIN"]
                    environment:
                      DATABASE_URL: "postgresql://desk:${DB_PASSWORD}@ledger/desk"
                    ports: ["8080"]
                    volumes: ["tokens:/data", "HOME:HOME:ro", "CODE:CODE:ro"]
                    networks: {front: {aliases: [gw]}, back: {}}
                    depends_on: {ledger: {condition: service_healthy}}
                    stop_grace_period: 1s
                  ledger:
                    image: composed-ledger:1
                    command: [sh, -c, "echo opened > /books/ledger; echo ready; trap 'exit 0' TERM; while :; do sleep 0.1; done"]
                    volumes: ["books:/books"]
                    networks: [back]
                    healthcheck: {test: [CMD, cat, /books/ledger], interval: 200ms, timeout: 2s, retries: 3}
                    stop_grace_period: 1s
                volumes: {tokens: {}, books: {}}
                networks: {front: {}, back: {}}
                """
                        .replace("JAVA", home.resolve("bin/java").toString())
                        .replace("HOME", home.toString())
                        .replace("CODE", code.toString())
                        .replace("MAIN", TestingService.class.getName()));
        desk =
                new ContainerDesk(
                        folder,
                        docker,
                        OWNER,
                        """
                system: composed
                from: docker-compose.yml
                services:
                  gateway:
                    role: order-entry
                    ports: {http: auto}
                    singleActive: {fence: [process], drain: {policy: wait, limit: 1s}, onFailure: restart}
                    probes:
                      every: 100ms
                      timeout: 2s
                      limit: 5s
                      ready: {http: /ready}
                      active: {http: /status, pointer: /active}
                      token: {http: /status, pointer: /highestToken}
                      session: {http: /status, pointer: /session/loggedOn}
                      unanswered: {http: /status, pointer: /unanswered}
                      inDoubt: {http: /status, pointer: /inDoubt}
                      openOrders: {command: [sh, -c, "echo 0"]}
                    hooks: {drain: {http: /hooks/drain}, activate: {http: /hooks/activate}, deactivate: {http: /hooks/deactivate}, kill: {http: /hooks/kill}, rearm: {http: /hooks/rearm}}
                    rollout: {readyLimit: 30s, bake: 300ms}
                  ledger: {role: other, rollout: {readyLimit: 30s, bake: 300ms}}
                environments:
                  paper: {kind: paper, approval: none, gates: {diskFree: 1B}, runtime: docker, engine: "unix://SOCKET"}
                """
                                .replace("SOCKET", docker.socket().toString()));
    }

    private void version(String name) throws IOException {
        Files.writeString(folder.resolve("gateway/version.conf"), "version=" + name + "\n");
    }

    @AfterEach
    void end() throws Exception {
        if (desk != null) {
            desk.close();
        }
    }

    @Test
    void it_is_built_comes_up_changes_its_version_goes_back_and_comes_down() throws Exception {
        var built = desk.good("image");
        assertThat(built.out()).contains("gateway 1: composed-gateway sha256:", "is built");
        assertThat(built.out()).contains("ledger 1: composed-ledger:1 sha256:", "is there");

        desk.good("up");
        assertThat(desk.living()).containsExactly("gateway-1", "ledger-1");
        var first = desk.containerOf("gateway-1");
        assertThat(first.environment())
                .containsEntry("LEVEL", "loud")
                .containsEntry("DATABASE_URL", "postgresql://desk:" + SECRET + "@ledger/desk");
        assertThat(first.networks()).containsOnlyKeys("composed_front", "composed_back");
        assertThat(first.networks().get("composed_front")).contains("gateway", "gw");
        assertThat(first.networks().get("composed_back")).contains("gateway").doesNotContain("gw");
        assertThat(first.mounts()).anyMatch(one -> one.volume().equals("composed_tokens"));
        assertThat(desk.good("logs", "ledger").out()).contains("ready");

        var never = desk.run("deploy", "gateway", "9"); // composed-gateway is there, and is 1
        assertThat(never.end()).isEqualTo(ExitCode.REFUSED);
        assertThat(never.err()).contains("`pitcrew image gateway 9` builds it");
        version("2");
        desk.good("image", "gateway", "2");
        desk.good("deploy", "gateway", "2", "--wait");
        var second = desk.containerOf(gateway());
        assertThat(second.imageId()).isNotEqualTo(first.imageId());
        assertThat(desk.good("status").out()).contains("gateway");

        desk.good("rollback", "gateway");
        desk.await("the way back", () -> runs(first.imageId()));
        version("3");
        desk.good("image", "gateway", "3"); // else that of 2 would stay, to be tried again
        desk.await(
                "the end of the image that was not good",
                () -> docker.engine().image(second.imageId()) instanceof EngineAnswer.Missing);
        assertThat(docker.engine().image(first.imageId()).found()).isPresent();

        desk.down();
        assertThat(desk.said()).doesNotContain(SECRET);
    }

    private boolean runs(String image) {
        return docker.engine()
                                .container("pitcrew-composed-paper-" + gateway())
                                .map(Container::imageId)
                        instanceof EngineAnswer.Got<String>(var id)
                && id.equals(image);
    }

    private String gateway() {
        return desk.living().stream()
                .filter(one -> one.startsWith("gateway"))
                .findFirst()
                .orElse("");
    }
}
