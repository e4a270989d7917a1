package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.cli.VerbDesk.Done;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.Balancers;
import dev.pitcrew.runtime.ControllerSettings;
import dev.pitcrew.runtime.FreePorts;
import dev.pitcrew.runtime.balancer.ProxyPlace;
import dev.pitcrew.runtime.docker.DockerProcesses;
import dev.pitcrew.runtime.docker.EnginePlace;
import dev.pitcrew.runtime.docker.ImageMaking;
import dev.pitcrew.runtime.docker.Owner;
import dev.pitcrew.runtime.docker.TestingDocker;
import dev.pitcrew.runtime.haproxy.TestingHaproxy;
import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.http.Exchange;
import dev.pitcrew.runtime.nginx.TestingNginx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The desk of examples/rest-desk as it lies there: Python services in containers by way of its Compose file, and a broker that has no session and
/// whose answers sometimes never come. Nothing is taken on trust: the venue's books and the clients' are compared at the end.
@Tag("real")
class RestDeskTest {
    private static final Owner OWNER = new Owner("rest-desk", "demo");
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration ASK_LIMIT = Duration.ofSeconds(2);
    private static final int ENOUGH = 150; // orders, of which some then had no answer

    @TempDir private Path folder;
    private TestingDocker docker;
    private RestWorld world;
    private VerbDesk desk;
    private @Nullable AutoCloseable proxy;

    @BeforeEach
    void start() throws Exception {
        assumeThat(RestWorld.BASE).as("examples/rest-desk/make-base makes it, once").exists();
        assumeThat(RestWorld.JAR).exists();
        docker = TestingDocker.shared();
        var images = new ImageMaking(EnginePlace.of(docker.socket()), "docker", LIMIT, _ -> {});
        images.build("rest-desk-base:1", RestWorld.BASE);
        for (var version : List.of("1", "2")) {
            images.build("rest-desk:" + version, context(version));
        }
        Files.copy(
                RestWorld.PLACE.resolve("docker-compose.yml"),
                folder.resolve("docker-compose.yml"));
        world = new RestWorld(folder, docker);
        desk = behind("balancer: built-in");
    }

    /// @param balancer as the environment spells it
    private VerbDesk behind(String balancer) throws Exception {
        var file = Files.readString(RestWorld.PLACE.resolve("pitcrew.yaml"));
        return new VerbDesk(
                folder,
                _ ->
                        file.replace(
                                        "runtime: docker",
                                        "runtime: docker, engine: \"unix://%s\""
                                                .formatted(docker.socket()))
                                .replace("balancer: built-in", balancer));
    }

    /// Behind a proxy that somebody else starts.
    ///
    /// @param where it is, as the system file spells it
    /// @return the same, as whoever starts it needs it
    private ProxyPlace openBehind(String balancer, String where) throws Exception {
        desk =
                behind(
                        "balancer: %s, proxy: {folder: \"%s\", %s, fronts: {gateway: {listen: \"127.0.0.1:%d\"}, api: {listen: \"127.0.0.1:%d\"}}}"
                                .formatted(
                                        balancer,
                                        Files.createDirectories(folder.resolve("p")),
                                        where,
                                        FreePorts.next(),
                                        FreePorts.next()));
        return switch (SystemFile.read(folder.resolve("pitcrew.yaml"))) {
            case Read.Good<TradingSystem>(var system) ->
                    Balancers.place(
                                    new ControllerSettings(
                                            system.in("demo"),
                                            "demo",
                                            desk.data().path(),
                                            Map.of()))
                            .orElseThrow();
            case Read.Bad<TradingSystem>(var problems) ->
                    throw new AssertionError(problems.toString());
        };
    }

    /// What its Dockerfile makes, on a base that has Debian's packages already.
    private Path context(String version) throws Exception {
        var context = Files.createDirectories(folder.resolve("context-" + version));
        Files.writeString(
                context.resolve("Dockerfile"),
                """
                FROM rest-desk-base:1
                COPY app /app
                WORKDIR /app
                ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VERSION=%s
                USER 10001
                """
                        .formatted(version));
        var tar = folder.resolve(version + ".tar");
        var made =
                new ProcessBuilder(
                                "tar",
                                "-cf",
                                tar.toString(),
                                "-C",
                                context.toString(),
                                "Dockerfile",
                                "-C",
                                RestWorld.PLACE.toAbsolutePath().toString(),
                                "app")
                        .start()
                        .waitFor();
        assertThat(made).isZero();
        return tar;
    }

    @AfterEach
    void end() throws Exception {
        if (desk != null) {
            desk.close();
            docker.clean(OWNER);
        }
        if (proxy != null) {
            proxy.close();
        }
        if (world != null) {
            world.close();
        }
    }

    @Test
    void
            a_handoff_and_the_death_of_the_gateway_lose_and_double_nothing_at_a_broker_without_sessions()
                    throws Exception {
        good("up");
        world.load(front("api"), 40);
        taken(ENOUGH);

        good("deploy", "gateway", "2", "--wait");
        taken(world.accepted() + ENOUGH);
        var first = active();
        new DockerProcesses(docker.engine(), OWNER).kill(first);
        Awaiting.until(
                "another gateway",
                LIMIT,
                () -> !active().isEmpty() && !active().equals(first),
                this::said);
        taken(world.accepted() + ENOUGH);
        var verdict = assertNothingLostOrDoubled(3 * ENOUGH - 20);
        assertThat(verdict.path("handoffs")).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    @Tag("long")
    void behind_haproxy_clients_that_try_again_see_a_handoff_and_each_id_is_one_order()
            throws Exception {
        TestingHaproxy.program();
        var socket = folder.resolve("s").toString();
        var place = openBehind("haproxy", "sockets: [\"%s\"]".formatted(socket));
        proxy = new TestingHaproxy(place, socket);

        assertHandedOver(place);
    }

    @Test
    @Tag("long")
    void behind_nginx_clients_that_try_again_see_a_handoff_and_each_id_is_one_order()
            throws Exception {
        TestingNginx.assumeInstalled();
        var place =
                openBehind(
                        "nginx",
                        "pid: \"%1$s/nginx.pid\", configuration: \"%1$s/nginx.main\""
                                .formatted(folder));
        proxy = new TestingNginx(place);

        assertHandedOver(place);
    }

    private void assertHandedOver(ProxyPlace place) throws Exception {
        good("up");
        var before = active();
        world.load(front(place, "api").toString(), 40);
        taken(ENOUGH);
        try (var asking = new Asking(front(place, "gateway"))) {
            assertThat(good("deploy", "gateway", "2", "--plan").out())
                    .contains("refuses new requests with 503");
            good("deploy", "gateway", "2", "--wait");
            assertThat(asking.refused()).as("refused while it changed hands").isPositive();
        }
        assertThat(active()).isNotEqualTo(before);
        taken(world.accepted() + ENOUGH);
        assertNothingLostOrDoubled(2 * ENOUGH - 20);
    }

    private JsonNode assertNothingLostOrDoubled(long least) throws Exception {
        world.endLoad();

        var verdict = world.audit();
        var orders = verdict.path("orders");
        assertThat(orders.path("lost").asLong()).as(verdict.toPrettyString()).isZero();
        assertThat(orders.path("duplicated").asLong()).as(verdict.toPrettyString()).isZero();
        assertThat(orders.path("inDoubt").asLong()).as(verdict.toPrettyString()).isZero();
        assertThat(verdict.path("twoActiveIntervals").asLong()).isZero();
        assertThat(verdict.path("contradicted").asLong()).as(verdict.toPrettyString()).isZero();
        assertThat(verdict.path("unsolicited").asLong()).isZero();
        assertThat(verdict.path("dropCopyDiffers").asLong()).isZero();
        assertThat(orders.path("acknowledged").asLong()).isGreaterThan(least);
        assertThat(world.acceptedIds()).doesNotHaveDuplicates();
        good("ledger", "verify");
        return verdict;
    }

    private void taken(long orders) {
        Awaiting.until(
                orders + " orders",
                LIMIT,
                () -> {
                    try {
                        return world.accepted() >= orders;
                    } catch (IOException _) {
                        return false;
                    }
                },
                this::said);
    }

    private static Address front(ProxyPlace place, String service) {
        return Objects.requireNonNull(place.fronts().get(service)).listen();
    }

    private String front(String service) throws IOException {
        JsonNode balancer = JSON.readTree(desk.data().path().resolve("balancer.json").toFile());
        return "127.0.0.1:" + balancer.path("services").path(service).path("frontPort").asInt();
    }

    private String active() {
        try {
            for (var one : desk.run("status", "--format", "json").json().path("services")) {
                if (one.path("name").asText().equals("gateway")) {
                    return one.path("active").asText();
                }
            }
            return "";
        } catch (IOException _) {
            return "";
        }
    }

    private String said() {
        try {
            var processes = new DockerProcesses(docker.engine(), OWNER);
            var logs = new StringBuilder(desk.run("status").out()).append(desk.log());
            processes
                    .known()
                    .forEach(
                            one ->
                                    logs.append(one.instance())
                                            .append(processes.log(one.instance(), 20)));
            return logs + world.said();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Done good(String... words) throws Exception {
        var done = desk.run(words);
        assertThat(done.end()).as("%s %s", done, said()).isEqualTo(ExitCode.OK);
        return done;
    }

    /// Asks the gateway again and again, at its front.
    private static final class Asking implements AutoCloseable {
        private final AtomicInteger refused = new AtomicInteger();
        private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);

        Asking(Address front) {
            var _ = timer.scheduleWithFixedDelay(() -> ask(front), 0, 20, TimeUnit.MILLISECONDS);
        }

        private void ask(Address front) {
            try {
                if (Exchange.get(front, "/orders/nobody-1", ASK_LIMIT).status() == 503) {
                    refused.incrementAndGet();
                }
            } catch (IOException _) { // as a client sees it who comes again
            }
        }

        /// How often it was refused for now.
        int refused() {
            return refused.get();
        }

        @Override
        public void close() {
            timer.close();
        }
    }
}
