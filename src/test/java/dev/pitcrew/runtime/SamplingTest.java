package dev.pitcrew.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.pitcrew.deploy.Sampled;
import dev.pitcrew.judge.input.Scrape;
import dev.pitcrew.read.JudgedFile;
import dev.pitcrew.runtime.http.ServiceProbing;
import dev.pitcrew.runtime.http.TestingPrometheus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What instances count is read from what they really answer.
class SamplingTest {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir private Path folder;

    private HttpServer server;
    private volatile String answer = "";
    private volatile Instant now = START;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    var body = answer.getBytes(UTF_8);
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    /// A desk with one instance, which listens where the test does.
    private final class Looking {
        private final TestingInstances instances;
        private final Sampling sampling;

        Looking(String judge) throws IOException {
            var system = JudgedFile.read(folder, judge);
            instances = new TestingInstances(folder, () -> now, system);
            instances.start("api", "api-1", server.getAddress().getPort());
            sampling =
                    new Sampling(
                            system,
                            new Instances(system, instances.addresses(), instances.variables()),
                            new ServiceProbing(() -> now),
                            () -> now);
        }

        /// The next look's sample, once it is there.
        Sampled look(Duration later) {
            now = now.plus(later);
            var asked = now;
            sampling.look(instances.desk(), asked, false);
            Awaiting.until(
                    () ->
                            Optional.ofNullable(sampling.samples().get("api-1"))
                                    .filter(one -> one.at().equals(asked))
                                    .isPresent());
            return Optional.ofNullable(sampling.samples().get("api-1")).orElseThrow();
        }

        /// What was said last, once it is asked again; the server may have nothing to say yet.
        Optional<Scrape> glance(Duration later) {
            now = now.plus(later);
            sampling.look(instances.desk(), now, false);
            return Optional.ofNullable(sampling.samples().get("api-1")).map(Sampled::latest);
        }
    }

    @Test
    void the_counters_that_count_are_added_up_over_their_labels() throws IOException {
        answer =
                """
                # TYPE requests_total counter
                requests_total{path="/a"} 40
                requests_total{path="/b"} 2
                failed_total 1
                temperature 12
                """;

        assertThat(new Looking(SCRAPED).look(Duration.ZERO).latest())
                .isEqualTo(
                        Scrape.of(
                                Map.of(
                                        "requests_total{instance=\"api-1\"}",
                                        42.0,
                                        "failed_total{instance=\"api-1\"}",
                                        1.0)));
    }

    @Test
    void what_was_before_the_past_no_longer_counts_once_it_was_seen() throws IOException {
        var looking = new Looking(SCRAPED);
        answer = "requests_total 100\nfailed_total 1\n";
        assertThat(looking.look(Duration.ZERO).earlier()).isEqualTo(Scrape.NONE);
        answer = "requests_total 150\nfailed_total 1\n";
        assertThat(looking.look(Duration.ofSeconds(20)).earlier()).isEqualTo(Scrape.NONE);

        answer = "requests_total 190\nfailed_total 2\n";
        var third = looking.look(Duration.ofSeconds(20));

        assertThat(third.earlier().byText())
                .containsEntry("requests_total{instance=\"api-1\"}", 100.0);
        assertThat(third.latest().byText())
                .containsEntry("requests_total{instance=\"api-1\"}", 190.0);
    }

    @Test
    void a_prometheus_server_may_have_them_instead() throws IOException {
        answer =
                """
                {"status": "success", "data": {"resultType": "vector", "result": [
                  {"metric": {"__name__": "requests_total", "instance": "x"}, "value": [1764000000, "42"]},
                  {"metric": {"__name__": "failed_total", "instance": "x"}, "value": [1764000000, "NaN"]}]}}
                """;
        var url = "http://127.0.0.1:" + server.getAddress().getPort();

        var sampled =
                new Looking(
                                "{prometheus: {url: \"%s\", labels: 'instance=\"${instance}\"'}, %s}"
                                        .formatted(url, METRICS))
                        .look(Duration.ZERO);

        assertThat(sampled.latest())
                .isEqualTo(Scrape.of(Map.of("requests_total{instance=\"api-1\"}", 42.0)));
    }

    @Tag("real")
    @Test
    void a_real_prometheus_server_has_what_it_scraped_from_the_instance_that_is_meant()
            throws Exception {
        var count = new AtomicLong(40);
        try (var prometheus =
                TestingPrometheus.in(folder)
                        .with(
                                "api-1",
                                "1",
                                () ->
                                        "requests_total{path=\"/a\"} 1\nrequests_total{path=\"/b\"} %d\nfailed_total 1\n"
                                                .formatted(count.get()))
                        .with("api-2", "1", () -> "requests_total 9000\n")
                        .start()) {
            var looking =
                    new Looking(
                            "{prometheus: {url: \"%s\", labels: 'instance=\"${instance}\"'}, %s}"
                                    .formatted(prometheus.url(), METRICS));
            Awaiting.until(() -> has(looking, 41));

            count.set(50);

            Awaiting.until(() -> has(looking, 51));
        }
    }

    private static boolean has(Looking looking, double requests) {
        return looking.glance(Duration.ofSeconds(2))
                .equals(
                        Optional.of(
                                Scrape.of(
                                        Map.of(
                                                "requests_total{instance=\"api-1\"}",
                                                requests,
                                                "failed_total{instance=\"api-1\"}",
                                                1.0))));
    }

    private static final String METRICS =
            "metrics: {errors: {events: failed_total, of: requests_total}}";
    private static final String SCRAPED = "{past: 30s, " + METRICS + "}";
}
