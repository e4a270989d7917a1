package dev.pitcrew.runtime.nginx;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.balancer.ProxyPlace;
import dev.pitcrew.runtime.http.Exchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A real nginx of a test's own.
public final class TestingNginx implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Path PROGRAM = Path.of("/usr/sbin/nginx");

    private final ProxyPlace place;
    private final Path log;
    private Process process;

    /// Starts it with what `pitcrew balancer` prints.
    public TestingNginx(ProxyPlace place) throws IOException {
        this.place = place;
        Files.createDirectories(place.folder());
        log = place.folder().resolve("nginx.log");
        for (var file : NginxConfig.files(place).entrySet()) {
            Files.writeString(file.getKey(), file.getValue());
        }
        process = start();
    }

    /// Whether it is installed; a test without it skips itself.
    public static void assumeInstalled() {
        assumeTrue(
                Files.isExecutable(PROGRAM),
                "nginx is not installed; ./verify --install brings it");
    }

    private Process start() throws IOException {
        process =
                new ProcessBuilder(
                                PROGRAM.toString(),
                                "-c",
                                place.configuration().toString(),
                                "-e",
                                place.folder().resolve("first.log").toString(),
                                "-g",
                                "daemon off;")
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        Awaiting.until("nginx", LIMIT, () -> answers() || !process.isAlive(), this::said);
        if (!process.isAlive()) {
            throw new AssertionError(said());
        }
        return process;
    }

    private boolean answers() {
        try {
            var front = place.fronts().values().iterator().next();
            return Exchange.get(front.listen(), NginxConfig.GENERATION, Duration.ofSeconds(1))
                            .status()
                    == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /// What it wrote.
    public String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /// It is killed, with all its processes.
    public void kill() {
        end();
        Awaiting.until("its end", LIMIT, () -> !process.isAlive() && !answers(), this::said);
    }

    /// It begins again.
    public void beginAgain() throws IOException {
        process = start();
    }

    /// At once, the master first, which takes its workers with it: of a dead one they would live on.
    private void end() {
        var workers = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(LIMIT)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        workers.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        end();
    }
}
