package dev.pitcrew.runtime.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.net.httpserver.HttpServer;
import dev.pitcrew.runtime.http.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real balancer with real clients and targets.
class BalancerTest extends HoldingContract {
    @TempDir Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Integer, HttpServer> targets = new HashMap<>();
    private final Map<String, Integer> seen = new ConcurrentHashMap<>();
    private Path file;
    private Address front;
    private Balancer balancer;
    private BalancerClient traffic;

    @BeforeEach
    void start() throws Exception {
        file = folder.resolve("balancer.json");
        new BalancerFile(0, Map.of("gateway", BalancerFile.Service.closed(0))).write(file);
        traffic = new BalancerClient(file);
        balancer = Balancer.start(file);
        front = state().front();
    }

    @AfterEach
    void end() throws IOException {
        balancer.close();
        targets.values().forEach(target -> target.stop(0));
        client.close();
    }

    @Override
    protected Traffic traffic() {
        return traffic;
    }

    @Override
    protected Address target(int number) {
        HttpServer server = targets.computeIfAbsent(number, this::serve);
        return Address.local(server.getAddress().getPort());
    }

    /// Answers with its number, and counts what it got: each body is the id of a request.
    private HttpServer serve(int number) {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext(
                    "/",
                    exchange -> {
                        byte[] body = exchange.getRequestBody().readAllBytes();
                        seen.merge(new String(body, StandardCharsets.UTF_8), 1, Integer::sum);
                        byte[] answer = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(200, answer.length);
                        exchange.getResponseBody().write(answer);
                        exchange.close();
                    });
            server.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected void kill() throws IOException {
        balancer.close();
    }

    @Override
    protected void beginAgain() throws Exception {
        balancer = Balancer.start(file);
    }

    private HttpRequest post(String body) {
        return HttpRequest.newBuilder(front.at("/orders?x=1"))
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    @Override
    protected Answering request(String from, String order) {
        var request =
                HttpRequest.newBuilder(front.at("/orders?order=" + order.replace(' ', '+')))
                        .POST(BodyPublishers.ofString("id"));
        if (!from.isEmpty()) {
            request.header("X-Client", from);
        }
        CompletableFuture<String> answer =
                client.sendAsync(request.build(), BodyHandlers.ofString())
                        .thenApply(BalancerTest::text);
        return () -> answer.getNow("");
    }

    private static String text(HttpResponse<String> response) {
        return response.statusCode() == 200 ? "200 " + response.body() : "" + response.statusCode();
    }

    @Override
    protected void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("it never came to hold");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void a_refusal_says_when_to_try_again() throws Exception {
        HttpResponse<String> refused = client.send(post("id"), BodyHandlers.ofString());

        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void a_target_that_nobody_listens_at_is_a_503_since_nothing_was_sent() throws Exception {
        try (Socket silent = new Socket()) { // it keeps the port, and never listens
            silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            traffic.route("gateway", List.of(Address.local(silent.getLocalPort())));

            assertThat(answer(request())).isEqualTo("503");
        }
    }

    @Test
    void a_target_that_dies_over_a_request_is_a_502_and_the_request_is_not_sent_again()
            throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket socket = new ServerSocket(0)) {
            Thread.ofVirtual()
                    .start(
                            () -> {
                                while (true) {
                                    try (var connection = socket.accept()) {
                                        connections.incrementAndGet();
                                        connection.getInputStream().read();
                                    } catch (IOException _) {
                                        return;
                                    }
                                }
                            });
            traffic.route("gateway", List.of(Address.local(socket.getLocalPort())));

            assertThat(answer(request())).isEqualTo("502");
            assertThat(connections).hasValue(1);
        }
    }

    @Test
    void what_is_in_flight_is_seen_during_a_hold() throws Exception {
        AtomicBoolean mayAnswer = new AtomicBoolean();
        HttpServer slow = serve(7);
        targets.put(7, slow);
        slow.createContext(
                "/orders",
                exchange -> {
                    eventually(mayAnswer::get);
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        traffic.route("gateway", List.of(target(7)));
        Answering first = request();
        eventually(() -> state().inFlight() == 1);
        traffic.hold("gateway", LONG);

        assertThat(state().inFlight()).isEqualTo(1);
        mayAnswer.set(true);
        assertThat(answer(first)).isEqualTo("204");
        eventually(() -> state().inFlight() == 0);
    }

    @Test
    void more_than_can_be_parked_is_refused_at_once() throws Exception {
        balancer.close();
        balancer = Balancer.start(file, 2);
        traffic.hold("gateway", LONG);
        var first = request();
        var second = request();
        eventually(() -> state().held() == 2);

        assertThat(answer(request())).isEqualTo("503");
        assertThat(state().held()).isEqualTo(2);
        traffic.route("gateway", List.of(target(1)));
        traffic.release("gateway");
        assertThat(answer(first)).isEqualTo("200 1");
        assertThat(answer(second)).isEqualTo("200 1");
    }

    @Test
    void what_is_in_flight_comes_to_its_end_before_the_balancer_stops() throws Exception {
        AtomicBoolean mayAnswer = new AtomicBoolean();
        HttpServer slow = serve(7);
        targets.put(7, slow);
        slow.createContext(
                "/orders",
                exchange -> {
                    eventually(mayAnswer::get);
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        traffic.route("gateway", List.of(target(7)));
        Answering inFlight = request();
        eventually(() -> state().inFlight() == 1);
        Thread closing =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        balancer.close();
                                    } catch (IOException e) {
                                        throw new AssertionError(e);
                                    }
                                });
        eventually(() -> !accepts());
        mayAnswer.set(true);

        assertThat(answer(inFlight)).isEqualTo("204");
        closing.join();
    }

    @Test
    void a_request_carries_the_change_that_started_its_target_whatever_its_client_says()
            throws Exception {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        HttpServer listening = serve(7);
        targets.put(7, listening);
        listening.createContext(
                "/orders",
                exchange -> {
                    told.addAll(
                            exchange.getRequestHeaders()
                                    .getOrDefault(BalancerClient.CHANGE, List.of("of nothing")));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        var forged =
                HttpRequest.newBuilder(front.at("/orders"))
                        .header(BalancerClient.CHANGE, "r666/forward")
                        .build();
        traffic.marking(Map.of(target(7), "r7/forward")).open("gateway", List.of(target(7)));
        client.send(forged, BodyHandlers.discarding());
        traffic.hold("gateway", LONG);
        traffic.release("gateway");
        client.send(forged, BodyHandlers.discarding());
        kill();
        beginAgain();
        client.send(forged, BodyHandlers.discarding());
        traffic.open("gateway", List.of(target(7)));
        client.send(forged, BodyHandlers.discarding());

        assertThat(told).containsExactly("r7/forward", "r7/forward", "r7/forward", "of nothing");
    }

    private boolean accepts() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), front.port())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void a_large_body_arrives_whole_after_a_hold() throws Exception {
        traffic.route("gateway", List.of(target(1)));
        traffic.hold("gateway", LONG);
        String body = "0123456789".repeat(100_000);
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(post(body), BodyHandlers.ofString());
        eventually(() -> state().held() == 1);
        traffic.release("gateway");

        assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(seen).containsExactly(Map.entry(body, 1));
    }

    @Test
    void under_load_no_request_is_dropped_or_sent_twice_while_targets_change() throws Exception {
        traffic.route("gateway", List.of(target(1)));
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger ids = new AtomicInteger();
        List<Thread> clients = new ArrayList<>();
        List<String> bad = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 24; i++) {
            clients.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        while (!stop.get()) {
                                            send(ids.incrementAndGet(), bad);
                                        }
                                    }));
        }
        for (int round = 0; round < 20; round++) {
            int before = ids.get();
            eventually(() -> ids.get() > before + 50);
            traffic.hold("gateway", LONG);
            eventually(() -> state().inFlight() == 0 && state().held() > 0);
            traffic.route("gateway", List.of(target(1 + (round + 1) % 2)));
            traffic.release("gateway");
        }
        stop.set(true);
        for (Thread each : clients) {
            each.join();
        }

        assertThat(bad).isEmpty();
        assertThat(seen).hasSize(ids.get());
        assertThat(seen.values()).allMatch(times -> times == 1);
    }

    private void send(int id, List<String> bad) {
        try {
            String answer = text(client.send(post("order-" + id), BodyHandlers.ofString()));
            if (!answer.startsWith("200")) {
                bad.add(id + " got " + answer);
            }
        } catch (IOException | InterruptedException e) {
            bad.add(id + " got " + e);
        }
    }
}
