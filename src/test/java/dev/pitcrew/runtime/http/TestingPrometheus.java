package dev.pitcrew.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.net.httpserver.HttpServer;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.FreePorts;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A real Prometheus server on a port and in a folder of its own, and the instances that it scrapes five times a second.
public final class TestingPrometheus implements AutoCloseable {
    private final Path program;
    private final Path folder;
    private final List<HttpServer> instances = new ArrayList<>();
    private final StringBuilder targets = new StringBuilder();
    private int port;
    private @Nullable Process process;

    private TestingPrometheus(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /// One that does not run yet; where none is installed the test is skipped and says so.
    ///
    /// @param folder for its files
    public static TestingPrometheus in(Path folder) {
        var program = program();
        if (program.isEmpty()) {
            abort("no Prometheus is installed; ./verify --install brings it");
        }
        return new TestingPrometheus(program.get(), folder);
    }

    private static Optional<Path> program() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return List.of(path.split(File.pathSeparator)).stream()
                .map(folder -> Path.of(folder, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Adds an instance to scrape.
    ///
    /// @param metrics what its `/metrics` says
    public TestingPrometheus with(String instance, String version, Supplier<String> metrics)
            throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var server = HttpServer.create(address, 0);
        server.createContext(
                "/metrics",
                exchange -> {
                    var body = metrics.get().getBytes(UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        instances.add(server);
        targets.append(
                "      - {targets: ['127.0.0.1:%d'], labels: {instance: %s, version: '%s'}}\n"
                        .formatted(server.getAddress().getPort(), instance, version));
        return this;
    }

    /// Starts it, and waits until it answers.
    public TestingPrometheus start() throws IOException {
        port = FreePorts.next();
        var file =
                Files.writeString(
                        folder.resolve("prometheus.yml"),
                        """
                        global: {scrape_interval: 200ms, scrape_timeout: 200ms}
                        scrape_configs:
                          - job_name: desk
                            static_configs:
                        """
                                + targets);
        process =
                new ProcessBuilder(
                                program.toString(),
                                "--config.file=" + file,
                                "--storage.tsdb.path=" + folder.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port,
                                "--log.level=error")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("prometheus.log").toFile())
                        .start();
        Awaiting.until("the server", Duration.ofSeconds(20), this::isListening, this::log);
        return this;
    }

    private boolean isListening() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("prometheus.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        instances.forEach(one -> one.stop(0));
        if (process != null) {
            process.destroy();
            process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
            process.destroyForcibly();
        }
    }
}
