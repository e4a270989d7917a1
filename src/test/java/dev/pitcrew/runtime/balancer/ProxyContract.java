package dev.pitcrew.runtime.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.FreePorts;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract against a real proxy, with real clients and targets.
public abstract class ProxyContract extends RefusingContract {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// Short, as the path of a socket has to be.
    @TempDir protected Path folder;

    protected final Address front = Address.local(FreePorts.next());

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Integer, HttpServer> targets = new HashMap<>();
    private final Map<String, Integer> seen = new ConcurrentHashMap<>(); // by id, how often
    private final Semaphore mayAnswer = new Semaphore(0);

    @AfterEach
    void endTargets() {
        mayAnswer.release(1000);
        targets.values().forEach(target -> target.stop(0));
        client.close();
    }

    @Override
    protected Address target(int number) {
        var server = targets.computeIfAbsent(number, this::serve);
        return Address.local(server.getAddress().getPort());
    }

    /// Answers with its number, at `/slow` once it may. The body is the id of a request.
    private HttpServer serve(int number) {
        try {
            var server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext(
                    "/",
                    exchange -> {
                        var body = exchange.getRequestBody().readAllBytes();
                        seen.merge(new String(body, StandardCharsets.UTF_8), 1, Integer::sum);
                        if (exchange.getRequestURI().getPath().equals("/slow")) {
                            mayAnswer.acquireUninterruptibly();
                        }
                        var answer = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
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
    protected Answering request(String from, String order) {
        var request =
                HttpRequest.newBuilder(front.at("/orders?order=" + order.replace(' ', '+')))
                        .POST(BodyPublishers.ofString("id"));
        if (!from.isEmpty()) {
            request.header("X-Client", from);
        }
        return answering(request.build());
    }

    private Answering answering(HttpRequest request) {
        CompletableFuture<String> answer =
                client.sendAsync(request, BodyHandlers.ofString()).thenApply(ProxyContract::text);
        return () -> answer.getNow("");
    }

    private HttpRequest post(String path, String id) {
        return HttpRequest.newBuilder(front.at(path)).POST(BodyPublishers.ofString(id)).build();
    }

    private static String text(HttpResponse<String> response) {
        return response.statusCode() == 200 ? "200 " + response.body() : "" + response.statusCode();
    }

    @Override
    protected void eventually(BooleanSupplier condition) {
        Awaiting.until("it", LIMIT, condition, () -> "");
    }

    @Test
    void a_refusal_says_when_to_try_again() throws Exception {
        var closed = client.send(post("/", "id"), BodyHandlers.ofString());
        traffic().route("gateway", List.of(target(1)));
        traffic().hold("gateway", LONG);
        var held = client.send(post("/", "id"), BodyHandlers.ofString());

        for (var refused : List.of(closed, held)) {
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void a_target_that_dies_over_a_request_is_a_502_and_the_request_is_not_sent_again()
            throws Exception {
        var connections = new AtomicInteger();
        try (var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
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
            traffic().route("gateway", List.of(Address.local(socket.getLocalPort()), target(1)));

            var answers = new ArrayList<String>();
            for (var i = 0; i < 8; i++) { // each worker takes turns for itself
                answers.add(answer(request()));
            }
            assertThat(answers).containsOnly("502", "200 1").contains("502", "200 1");
            assertThat(connections).hasValue(Collections.frequency(answers, "502"));
        }
    }

    @Test
    void what_is_with_an_instance_that_gets_nothing_new_is_seen_until_it_has_its_answer() {
        traffic().route("gateway", List.of(target(1)));
        var slow = answering(post("/slow", "slow"));
        eventually(() -> seen.containsKey("slow"));
        assertThat(state().inFlight()).isEqualTo(1);
        assertThat(state().leaving()).isZero();
        traffic().route("gateway", List.of(target(2)));

        assertThat(state().leaving()).isEqualTo(1);
        assertThat(state().inFlight()).isEqualTo(1);
        assertThat(answer(request())).isEqualTo("200 2");
        mayAnswer.release();
        assertThat(answer(slow)).isEqualTo("200 1");
        eventually(() -> state().leaving() == 0 && state().inFlight() == 0);
    }

    @Test
    void what_is_in_flight_is_seen_during_a_hold() {
        traffic().route("gateway", List.of(target(1)));
        var slow = answering(post("/slow", "slow"));
        eventually(() -> seen.containsKey("slow"));
        traffic().hold("gateway", LONG);

        assertThat(state().inFlight()).isEqualTo(1);
        mayAnswer.release();
        assertThat(answer(slow)).isEqualTo("200 1");
        eventually(() -> state().inFlight() == 0);
    }

    @Test
    void every_client_that_tries_again_with_the_same_id_gets_exactly_one_order_over_many_changes()
            throws Exception {
        var ends = new AtomicBoolean();
        var sent = new AtomicInteger();
        traffic().route("gateway", List.of(target(1)));
        var clients = new ArrayList<Thread>();
        var wrong = new ConcurrentHashMap<String, String>();
        for (var i = 0; i < 4; i++) {
            var name = "c" + i + "-";
            clients.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        for (var n = 0; !ends.get(); n++) {
                                            untilAnswered(name + n, wrong);
                                            sent.incrementAndGet();
                                        }
                                    }));
        }
        for (var round = 0; round < 5; round++) {
            traffic().hold("gateway", LONG);
            eventually(() -> state().inFlight() == 0);
            var at = sent.get() + 20;
            traffic().open("gateway", List.of(target(1 + round % 2)));
            eventually(() -> sent.get() > at);
        }
        ends.set(true);
        for (var one : clients) {
            one.join();
        }

        assertThat(wrong).isEmpty();
        assertThat(seen).hasSize(sent.get());
        assertThat(seen.values()).containsOnly(1);
    }

    private void untilAnswered(String id, Map<String, String> wrong) {
        while (true) {
            try {
                var answer = client.send(post("/", id), BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return;
                }
                if (answer.statusCode() != 503) {
                    wrong.put(id, text(answer));
                    return;
                }
            } catch (IOException e) {
                wrong.put(id, e.toString());
                return;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Test
    void a_target_that_nobody_listens_at_gets_nothing_and_the_client_is_told() throws Exception {
        try (var silent = new Socket()) { // it keeps the port, and never listens
            silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            traffic().route("gateway", List.of(Address.local(silent.getLocalPort())));

            assertThat(answer(request())).isIn("502", "503");
        }
    }
}
