package dev.pitcrew.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pitcrew.model.Probe;
import dev.pitcrew.model.Probe.CommandProbe;
import dev.pitcrew.model.Probe.HttpProbe;
import dev.pitcrew.model.Probe.MetricProbe;
import dev.pitcrew.model.Probe.SqlProbe;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Template;
import dev.pitcrew.runtime.http.ProbeReading.Failed;
import dev.pitcrew.runtime.http.ProbeReading.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProbingTest extends ProbingContract {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String STATUS =
            "{\"active\": true, \"openOrders\": 120, \"digest\": {\"binary\": \"ab12\"}, \"x\": null}";

    @TempDir Path folder;

    private final ServiceProbing probing = new ServiceProbing(InstantSource.fixed(NOON));
    private final AtomicInteger fetches = new AtomicInteger();
    private final Map<String, String> facts = new ConcurrentHashMap<>();
    private volatile boolean isHanging;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        page("/ready", 503, "warming up");
        page("/status", 200, STATUS);
        page("/metrics", 200, "# TYPE open gauge\nopen_total 9\nopen{venue=\"X\"} 7 1700000000\n");
        server.createContext("/hangs", _ -> {});
        server.createContext("/facts", this::tell);
        server.start();
    }

    private void tell(HttpExchange exchange) throws IOException {
        if (!isHanging) {
            answer(exchange, 200, new JsonMapper().writeValueAsString(facts));
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    Probing probing() {
        return probing;
    }

    @Override
    void says(ProbeName name, String value) {
        facts.put(name.key(), value);
    }

    @Override
    void shows(String path, String body) {
        page(path, 200, body);
    }

    @Override
    void hangs() {
        isHanging = true;
    }

    private void page(String path, int status, String body) {
        server.createContext(
                path,
                exchange -> {
                    fetches.incrementAndGet();
                    answer(exchange, status, body);
                });
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void one_fetch_answers_all_probes_of_one_address() {
        Map<ProbeName, ProbeReading> readings =
                read(
                        Map.of(
                                ProbeName.ACTIVE, status("/active"),
                                ProbeName.OPEN_ORDERS, status("/openOrders"),
                                ProbeName.DIGEST, status("/digest/binary"),
                                ProbeName.SESSION, status("/digest")));

        assertThat(readings)
                .containsOnly(
                        Map.entry(ProbeName.ACTIVE, new Value("true", NOON)),
                        Map.entry(ProbeName.OPEN_ORDERS, new Value("120", NOON)),
                        Map.entry(ProbeName.DIGEST, new Value("ab12", NOON)),
                        Map.entry(ProbeName.SESSION, new Value("{\"binary\":\"ab12\"}", NOON)));
        assertThat(fetches).hasValue(1);
    }

    @Test
    void without_a_pointer_the_status_counts() {
        assertThat(read(new HttpProbe("/ready", Optional.empty())))
                .isEqualTo(new Value("false", NOON));
        assertThat(read(new HttpProbe("/status", Optional.empty())))
                .isEqualTo(new Value("true", NOON));
    }

    @Test
    void a_place_that_is_missing_or_null_is_a_failure() {
        assertThat(read(status("/nobody"))).isInstanceOf(Failed.class);
        assertThat(read(status("/x"))).isInstanceOf(Failed.class);
        assertThat(read(new HttpProbe("/ready", Optional.of("/a")))).isInstanceOf(Failed.class);
    }

    @Test
    void a_metric_is_found_by_name_and_labels() {
        assertThat(read(new MetricProbe("open{venue=\"X\"}"))).isEqualTo(new Value("7", NOON));
        assertThat(read(new MetricProbe("open_total"))).isEqualTo(new Value("9", NOON));
        assertThat(read(new MetricProbe("open"))).isInstanceOf(Failed.class);
    }

    @Test
    void a_query_reads_the_first_column_of_the_first_row() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store());
                var statement = connection.createStatement()) {
            statement.execute("create table orders (id)");
            statement.execute("insert into orders values (1), (2)");
        }

        assertThat(read(new SqlProbe("orders", "select count(*) from orders")))
                .isEqualTo(new Value("2", NOON));
        assertThat(read(new SqlProbe("orders", "select id from orders where id > 5")))
                .isInstanceOf(Failed.class);
        assertThat(read(new SqlProbe("orders", "delete from orders"))).isInstanceOf(Failed.class);
        assertThat(read(new SqlProbe("nobody", "select 1"))).isInstanceOf(Failed.class);
    }

    @Test
    void queries_of_a_locked_store_delay_nobody_else() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store());
                var statement = connection.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            statement.execute("create table orders (id)");
            statement.execute("begin exclusive");
            var queries =
                    IntStream.range(0, 2 * Runtime.getRuntime().availableProcessors())
                            .mapToObj(
                                    _ ->
                                            threads.submit(
                                                    () ->
                                                            read(
                                                                    new SqlProbe(
                                                                            "orders",
                                                                            "select count(*) from orders"))))
                            .toList();

            var answers = new ArrayList<ProbeReading>();
            for (int i = 0; i < 50; i++) {
                answers.add(
                        threads.submit(() -> read(new MetricProbe("open_total")))
                                .get(1, TimeUnit.MINUTES));
            }

            assertThat(answers).containsOnly(new Value("9", NOON));
            assertThat(queries).noneMatch(Future::isDone);
            statement.execute("commit");
        }
    }

    @Test
    void a_query_never_makes_a_store() {
        assertThat(read(new SqlProbe("orders", "select 1"))).isInstanceOf(Failed.class);
        assertThat(store()).doesNotExist();
    }

    @Test
    void a_command_is_read_by_what_it_prints_and_for_readiness_by_its_exit_code() {
        CommandProbe failing = command("sh", "-c", "echo 5; exit 1");

        assertThat(read(command("echo", "17"))).isEqualTo(new Value("17", NOON));
        assertThat(read(failing)).isEqualTo(new Failed("exit code 1", NOON));
        assertThat(read(Map.of(ProbeName.READY, failing)))
                .containsExactly(Map.entry(ProbeName.READY, new Value("false", NOON)));
    }

    @Test
    void a_probe_that_hangs_fails_and_delays_no_other() {
        Map<ProbeName, ProbeReading> readings =
                probing.read(
                        instance(),
                        Map.of(
                                ProbeName.ACTIVE, new HttpProbe("/hangs", Optional.of("/active")),
                                ProbeName.TOKEN, new HttpProbe("/hangs", Optional.of("/token")),
                                ProbeName.OPEN_ORDERS, status("/openOrders")),
                        Duration.ofSeconds(2)); // the healthy answer is there long before

        assertThat(readings.get(ProbeName.ACTIVE)).isInstanceOf(Failed.class);
        assertThat(readings.get(ProbeName.TOKEN)).isInstanceOf(Failed.class);
        assertThat(readings.get(ProbeName.OPEN_ORDERS)).isEqualTo(new Value("120", NOON));
    }

    @Test
    void nobody_at_the_address_is_a_failure() {
        server.stop(0);

        assertThat(read(status("/active"))).isInstanceOf(Failed.class);
    }

    @Test
    void a_body_is_fetched_whole() {
        assertThat(probing.fetch(address(), "/status", LIMIT)).isEqualTo(new Value(STATUS, NOON));
        assertThat(probing.fetch(address(), "/ready", LIMIT))
                .isEqualTo(new Failed("status 503", NOON));
    }

    private static HttpProbe status(String pointer) {
        return new HttpProbe("/status", Optional.of(pointer));
    }

    private static CommandProbe command(String... words) {
        return new CommandProbe(List.of(words).stream().map(Template::new).toList());
    }

    private ProbeReading read(Probe probe) {
        return read(Map.of(ProbeName.UNANSWERED, probe)).values().iterator().next();
    }

    private Map<ProbeName, ProbeReading> read(Map<ProbeName, Probe> probes) {
        return probing.read(instance(), probes, LIMIT);
    }

    private Instance instance() {
        return new Instance("gateway-1", address(), Map.of(), Map.of("orders", store()), folder);
    }

    @Override
    Address address() {
        return Address.local(server.getAddress().getPort());
    }

    private Path store() {
        return folder.resolve("orders.db");
    }
}
