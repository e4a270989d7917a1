package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pitcrew.app.DataFolder;
import dev.pitcrew.cli.DemoOperator.Ended;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.Balancers;
import dev.pitcrew.runtime.ControllerSettings;
import dev.pitcrew.runtime.FreePorts;
import dev.pitcrew.runtime.balancer.ProxyPlace;
import dev.pitcrew.runtime.haproxy.TestingHaproxy;
import dev.pitcrew.runtime.nginx.TestingNginx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real desk behind a real HAProxy and a real nginx, changed by Pitcrew under load of clients that try again, with the desk's own audit
/// at the end.
@Tag("real")
class DeskBehindProxyTest {
    private static final Path DESK = Path.of("examples", "desk").toAbsolutePath();
    private static final String GATEWAY = "gateway";
    private static final long LIMIT_SECONDS = 120;

    @TempDir private Path folder;
    private final Deque<AutoCloseable> open = new ArrayDeque<>(); // closed in reverse

    /// The desk under load.
    private record Loaded(DemoWorld world, DemoOperator operator) {}

    @AfterEach
    void end() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @Test
    void behind_haproxy_a_gateway_is_handed_over_also_when_haproxy_is_restarted_meanwhile()
            throws Exception {
        TestingHaproxy.program();
        var socket = folder.resolve("s");
        var place = place("haproxy", "sockets: [\"%s\"]".formatted(socket));
        var haproxy = new TestingHaproxy(resolved(place), socket.toString());
        open.push(haproxy);
        var desk = up(place);

        assertThat(changed(desk.operator(), "2").outcome()).isEqualTo("done");
        haproxy.reload();
        assertThat(desk.operator().whole("", LIMIT_SECONDS)).isTrue();
        var rollout = begun(desk, "3");
        haproxy.kill();
        haproxy.beginAgain();
        assertThat(ended(desk.operator(), rollout).outcome()).isEqualTo("done");

        assertNothingLost(desk.world());
    }

    @Test
    void behind_nginx_a_gateway_is_handed_over_also_when_its_configuration_was_broken_by_hand()
            throws Exception {
        TestingNginx.assumeInstalled();
        var place =
                place(
                        "nginx",
                        "pid: \"%1$s/nginx.pid\", configuration: \"%1$s/nginx.main\""
                                .formatted(folder));
        open.push(new TestingNginx(resolved(place)));
        var desk = up(place);

        assertThat(changed(desk.operator(), "2").outcome()).isEqualTo("done");
        var main = folder.resolve("nginx.main");
        var good = Files.readString(main);
        Files.writeString(main, good + "nonsense;\n");
        var broken = desk.operator().ended(begun(desk, "3"), LIMIT_SECONDS).orElseThrow();
        assertThat(broken.outcome()).as(broken.toString()).isNotEqualTo("done");
        assertThat(broken + said(desk)).contains("nonsense"); // in nginx's own words
        Files.writeString(main, good);
        assertThat(desk.operator().whole("", LIMIT_SECONDS)).isTrue();
        assertThat(changed(desk.operator(), "3").outcome()).isEqualTo("done");

        assertNothingLost(desk.world());
    }

    /// A change of which an instance has been started, and which goes on.
    private static String begun(Loaded desk, String version) {
        var rollout = desk.operator().deploy(GATEWAY, version);
        Awaiting.until(
                "an instance of the new version",
                Duration.ofSeconds(LIMIT_SECONDS),
                () ->
                        desk.operator().line(GATEWAY).instances().stream()
                                .anyMatch(one -> one.version().equals(version)),
                () -> desk.operator().line(GATEWAY).toString());
        return rollout;
    }

    /// What an operator is told of the gateway, now and in the controller's log.
    private String said(Loaded desk) {
        try {
            var log = new DataFolder(folder.resolve("data")).controllerLog();
            return desk.operator().status() + (Files.exists(log) ? Files.readString(log) : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProxyPlace resolved(Where.Place place) {
        return Balancers.place(
                        new ControllerSettings(
                                place.system(),
                                place.environment().name(),
                                place.data().path(),
                                Map.of()))
                .orElseThrow();
    }

    private Loaded up(Where.Place place) throws Exception {
        var world = new DemoWorld(place, DESK);
        open.push(world);
        var operator = new DemoOperator(place, world);
        operator.up();
        assertThat(operator.whole("", LIMIT_SECONDS)).isTrue();
        assertThat(world.pitcrew("kill", "--test").exitCode()).isZero(); // a gate asks for it
        world.load(100, 3600, 0);
        return new Loaded(world, operator);
    }

    private static Ended changed(DemoOperator operator, String version) {
        return ended(operator, operator.deploy(GATEWAY, version));
    }

    private static Ended ended(DemoOperator operator, String rollout) {
        var ended = operator.ended(rollout, LIMIT_SECONDS).orElse(new Ended("never ended", ""));
        assertThat(operator.whole("", LIMIT_SECONDS)).as(ended.toString()).isTrue();
        return ended;
    }

    private static void assertNothingLost(DemoWorld world) throws Exception {
        assertThat(world.endLoad().isMissingNode()).isFalse();
        // The strategy trades on, and what it sends while the audit reads would be nobody's order.
        assertThat(world.pitcrew("kill").exitCode()).isZero();
        var audit = world.audit(LIMIT_SECONDS);

        assertThat(audit.isClean()).as(audit.verdict().toPrettyString()).isTrue();
        assertThat(audit.verdict().path("orders").path("acknowledged").asLong()).isPositive();
    }

    /// The example behind another balancer.
    private Where.Place place(String balancer, String where) throws Exception {
        assumeThat(DESK.resolve("target/desk.jar")).exists();
        var home = Files.createDirectories(folder.resolve("desk"));
        for (var name : new String[] {"target", "versions", "desk.conf", "flags.conf"}) {
            Files.createSymbolicLink(home.resolve(name), DESK.resolve(name));
        }
        var file = home.resolve("pitcrew.yaml");
        var text = Files.readString(DESK.resolve("pitcrew.yaml"));
        var behind =
                text.replace("readyLimit: 12s", "readyLimit: 45s") // a machine that is busy
                        .replaceFirst(
                                "balancer: built-in.*",
                                "balancer: %s\n    proxy: {folder: \"%s\", %s, fronts: {gateway: {listen: \"127.0.0.1:%d\"}, quotes: {listen: \"127.0.0.1:%d\"}, entry: {listen: \"127.0.0.1:%d\"}}}"
                                        .formatted(
                                                balancer,
                                                Files.createDirectories(folder.resolve("p")),
                                                where,
                                                FreePorts.next(),
                                                FreePorts.next(),
                                                FreePorts.next()));
        assertThat(behind).isNotEqualTo(text);
        Files.writeString(file, behind);
        return switch (SystemFile.read(file)) {
            case Read.Good<TradingSystem>(var system) ->
                    new Where.Place(
                            file,
                            system.in("demo"),
                            system.environment("demo"),
                            new DataFolder(folder.resolve("data")));
            case Read.Bad<TradingSystem>(var problems) ->
                    throw new AssertionError(problems.toString());
        };
    }
}
