package dev.pitcrew.runtime.haproxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Fraction;
import dev.pitcrew.model.Proxy;
import dev.pitcrew.model.Sticky;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.FreePorts;
import dev.pitcrew.runtime.balancer.ProxyPlace;
import dev.pitcrew.runtime.balancer.Sides;
import dev.pitcrew.runtime.balancer.TrafficAnswer;
import dev.pitcrew.runtime.balancer.TrafficRoute;
import dev.pitcrew.runtime.balancer.TrafficSplit;
import dev.pitcrew.runtime.balancer.TrafficState;
import dev.pitcrew.runtime.http.Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only HAProxy does, and what only a real one shows.
@Tag("real")
class HaproxyTest {
    private static final String SERVICE = "gateway";
    private static final Sticky STICKY =
            new Sticky(
                    new Sticky.Part.Header("X-Client"),
                    Optional.of(new Sticky.Part.Query("order")));

    @TempDir Path folder;

    private final List<TestingHaproxy> started = new ArrayList<>();
    private final Map<Integer, ServerSocket> targets = new HashMap<>();
    private final Address front = Address.local(FreePorts.next());
    private Path socket;

    @BeforeEach
    void look() {
        TestingHaproxy.program();
        socket = folder.resolve("s");
    }

    @AfterEach
    void end() throws IOException {
        started.forEach(TestingHaproxy::close);
        for (var one : targets.values()) {
            one.close();
        }
    }

    @Test
    void ten_thousand_keys_are_on_the_side_where_every_other_balancer_has_them() throws Exception {
        var place = place(Proxy.Mode.HTTP, Optional.empty(), socket.toString());
        // It answers by itself with the side, and keeps the connection.
        start(
                place,
                text ->
                        text.replace("    option httpclose\n", "")
                                .replace(
                                        "    use-server ",
                                        "    http-request return status 200 content-type text/plain lf-string \"side=%[var(txn.side)]\\n\"\n    use-server "));
        var traffic = new HaproxyTraffic(place);
        var keys = IntStream.range(0, 10_000).mapToObj(i -> "client-" + i).toList();
        for (var share : new double[] {0, 0.05, 0.25, 0.5, 1}) {
            var told =
                    traffic.split(
                            SERVICE,
                            new TrafficSplit(
                                    List.of(target(1)),
                                    List.of(target(2)),
                                    new Fraction(share),
                                    STICKY,
                                    Map.of()));
            assertThat(told).isInstanceOf(TrafficAnswer.Stands.class);

            assertThat(sides(keys))
                    .as("share %s", share)
                    .isEqualTo(
                            keys.stream()
                                    .map(
                                            one ->
                                                    Sides.isCanary(SERVICE, one, share)
                                                            ? "canary"
                                                            : "rest")
                                    .toList());
        }
    }

    /// All in one connection, one after the other.
    private List<String> sides(List<String> keys) throws Exception {
        try (var connection = new Socket(front.host(), front.port())) {
            var sender =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            var out = connection.getOutputStream();
                                            for (var key : keys) {
                                                out.write(
                                                        "GET / HTTP/1.1\r\nHost: x\r\nX-Client: %s\r\n\r\n"
                                                                .formatted(key)
                                                                .getBytes(UTF_8));
                                            }
                                        } catch (IOException e) {
                                            throw new AssertionError(e);
                                        }
                                    });
            var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
            var sides = new ArrayList<String>();
            for (String line; sides.size() < keys.size() && (line = in.readLine()) != null; ) {
                if (line.startsWith("side=")) {
                    sides.add(line.substring("side=".length()));
                }
            }
            sender.join();
            return sides;
        }
    }

    @Test
    void a_reload_keeps_what_it_was_told_and_a_connection_that_is_open() throws Exception {
        var place = place(Proxy.Mode.TCP, Optional.empty(), socket.toString());
        var haproxy = start(place, text -> text);
        var traffic = new HaproxyTraffic(place);
        traffic.open(SERVICE, List.of(target(1)));
        try (var before = connected()) {
            haproxy.reload();

            assertThat(stands(traffic.state(SERVICE)).targets()).containsExactly(target(1));
            assertThat(said(before)).isEqualTo("1");
            try (var after = connected()) {
                assertThat(said(after)).isEqualTo("1");
            }
        }
    }

    @Test
    void long_connections_stay_where_they_are_until_they_are_cut_and_new_ones_go_to_the_new_one()
            throws Exception {
        var place = place(Proxy.Mode.TCP, Optional.of(Duration.ofSeconds(1)), socket.toString());
        start(place, text -> text);
        var traffic = new HaproxyTraffic(place);
        traffic.open(SERVICE, List.of(target(1)));
        try (var old = connected()) {
            assertThat(said(old)).isEqualTo("1");
            assertThat(stands(traffic.open(SERVICE, List.of(target(2)))).leaving()).isEqualTo(1);
            try (var next = connected()) {
                assertThat(said(next)).isEqualTo("2");
                assertThat(said(old)).isEqualTo("1");
                assertThat(traffic.patience(SERVICE)).contains(Duration.ofSeconds(1));

                traffic.cut(SERVICE);
                until(() -> stands(traffic.state(SERVICE)).leaving() == 0);
                assertThat(old.getInputStream().read()).isEqualTo(-1);
                assertThat(said(next)).isEqualTo("2");
            }
        }
    }

    @Test
    void a_held_connection_is_closed_at_once() throws Exception {
        var place = place(Proxy.Mode.TCP, Optional.empty(), socket.toString());
        start(place, text -> text);
        var traffic = new HaproxyTraffic(place);
        traffic.open(SERVICE, List.of(target(1)));
        traffic.hold(SERVICE, Duration.ofSeconds(3));

        try (var held = connected()) {
            assertThat(isClosed(held)).isTrue();
        }
    }

    @Test
    void several_are_all_told_and_one_that_differs_is_seen_and_told_again() throws Exception {
        var second = folder.resolve("t");
        var place = place(Proxy.Mode.TCP, Optional.empty(), socket.toString(), second.toString());
        start(place, text -> text);
        // The other one listens elsewhere: they are on one machine here.
        var other = Address.local(FreePorts.next());
        var twin =
                new TestingHaproxy(
                        place,
                        second.toString(),
                        text -> text.replace("bind " + front, "bind " + other));
        started.add(twin);
        var traffic = new HaproxyTraffic(place);
        traffic.open(SERVICE, List.of(target(1)));
        twin.kill();

        assertThat(traffic.hold(SERVICE, Duration.ofSeconds(3)))
                .isInstanceOfSatisfying(
                        TrafficAnswer.Unreachable.class,
                        no -> assertThat(no.reason()).contains(second.toString()));
        try (var held = connected()) {
            assertThat(isClosed(held)).as("the one that answers was told").isTrue();
        }
        twin.beginAgain(); // with nothing: only of one alone the disk is ours
        assertThat(traffic.state(SERVICE)).isInstanceOf(TrafficAnswer.Unreachable.class);
        assertThat(traffic.routes().orElseThrow().get(SERVICE))
                .isEqualTo(new TrafficRoute(List.of(target(1)), true));
        assertThat(stands(traffic.open(SERVICE, List.of(target(2)))).targets())
                .containsExactly(target(2));
    }

    @Test
    void a_slot_that_somebody_put_out_of_use_is_seen_and_put_in_use_again() throws Exception {
        var place = place(Proxy.Mode.TCP, Optional.empty(), socket.toString());
        start(place, text -> text);
        var traffic = new HaproxyTraffic(place);
        traffic.open(SERVICE, List.of(target(1)));
        var _ = new RuntimeApi(socket.toString()).ask("set server gateway/s1 state maint");

        assertThat(traffic.routes().orElseThrow().get(SERVICE))
                .isEqualTo(new TrafficRoute(List.of(), false));
        try (var nobody = connected()) {
            assertThat(isClosed(nobody)).isTrue();
        }
        assertThat(stands(traffic.open(SERVICE, List.of(target(1)))).targets())
                .containsExactly(target(1));
    }

    @Test
    void more_instances_than_slots_are_refused_and_nothing_changes() throws Exception {
        var place = place(Proxy.Mode.TCP, Optional.empty(), socket.toString());
        start(place, text -> text);
        var traffic = new HaproxyTraffic(place);
        traffic.open(SERVICE, List.of(target(1)));

        assertThat(
                        traffic.open(
                                SERVICE,
                                List.of(target(2), target(3), target(4), target(5), target(6))))
                .isInstanceOfSatisfying(
                        TrafficAnswer.Refused.class,
                        no -> assertThat(no.reason()).contains("raise slots"));
        assertThat(stands(traffic.state(SERVICE)).targets()).containsExactly(target(1));
    }

    @Test
    void one_that_accepts_and_says_nothing_is_unreachable() throws Exception {
        try (var silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(socket));
            var place = place(Proxy.Mode.TCP, Optional.empty(), socket.toString());

            assertThat(new HaproxyTraffic(place).state(SERVICE))
                    .isInstanceOfSatisfying(
                            TrafficAnswer.Unreachable.class,
                            no -> assertThat(no.reason()).contains("no answer within 2 s"));
        }
    }

    private TestingHaproxy start(ProxyPlace place, UnaryOperator<String> change)
            throws IOException {
        var haproxy = new TestingHaproxy(place, place.sockets().getFirst(), change);
        started.add(haproxy);
        return haproxy;
    }

    private ProxyPlace place(Proxy.Mode mode, Optional<Duration> closeAfter, String... sockets) {
        var fronts = new TreeMap<String, ProxyPlace.Front>();
        fronts.put(
                SERVICE,
                new ProxyPlace.Front(
                        front,
                        mode,
                        5,
                        closeAfter,
                        mode == Proxy.Mode.HTTP ? Optional.of(STICKY) : Optional.empty()));
        return new ProxyPlace(
                List.of(sockets), folder, Optional.empty(), Path.of("unused"), fronts);
    }

    /// Answers each line with its number, for as long as it is asked.
    private Address target(int number) {
        var server =
                targets.computeIfAbsent(
                        number,
                        n -> {
                            try {
                                var one = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                                Thread.ofVirtual().start(() -> serve(one, n));
                                return one;
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        });
        return Address.local(server.getLocalPort());
    }

    private static void serve(ServerSocket server, int number) {
        while (true) {
            try {
                var connection = server.accept();
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try (connection) {
                                        while (connection.getInputStream().read() >= 0) {
                                            connection.getOutputStream().write('0' + number);
                                        }
                                    } catch (IOException _) { // it was cut
                                    }
                                });
            } catch (IOException _) {
                return;
            }
        }
    }

    private Socket connected() throws IOException {
        var socket = new Socket(front.host(), front.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String said(Socket connection) throws IOException {
        connection.getOutputStream().write('?');
        return Character.toString(connection.getInputStream().read());
    }

    private static boolean isClosed(Socket connection) {
        try {
            return connection.getInputStream().read() < 0;
        } catch (IOException _) { // reset
            return true;
        }
    }

    private static TrafficState stands(TrafficAnswer answer) {
        assertThat(answer).isInstanceOf(TrafficAnswer.Stands.class);
        return ((TrafficAnswer.Stands) answer).state();
    }

    private static void until(BooleanSupplier condition) {
        Awaiting.until("it", Duration.ofSeconds(20), condition, () -> "");
    }
}
