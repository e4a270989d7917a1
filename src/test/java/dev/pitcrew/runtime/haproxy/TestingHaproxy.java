package dev.pitcrew.runtime.haproxy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.balancer.ProxyPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/// A real HAProxy of a test's own.
public final class TestingHaproxy implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofSeconds(3);
    private static final List<Path> WHERE =
            List.of(Path.of("/usr/sbin/haproxy"), Path.of("/usr/local/sbin/haproxy"));

    private final ProxyPlace place;
    private final String socket;
    private final Path log;
    private final UnaryOperator<String> change;
    private Process process;

    /// Starts it in that place, with what `pitcrew balancer` prints.
    public TestingHaproxy(ProxyPlace place, String socket) throws IOException {
        this(place, socket, UnaryOperator.identity());
    }

    /// @param change of the configuration
    TestingHaproxy(ProxyPlace place, String socket, UnaryOperator<String> change)
            throws IOException {
        this.change = change;
        this.place = place;
        this.socket = socket;
        log = place.folder().resolve(Path.of(socket).getFileName() + ".log");
        Files.createDirectories(place.folder());
        for (var service : place.fronts().keySet()) {
            var map = HaproxyConfig.map(place.folder(), service);
            if (!Files.exists(map)) {
                Files.createFile(map);
            }
        }
        process = start();
    }

    /// Where it is installed; a test without it skips itself.
    public static Path program() {
        Optional<Path> found = WHERE.stream().filter(Files::isExecutable).findFirst();
        assumeTrue(found.isPresent(), "haproxy is not installed; ./verify --install brings it");
        return found.orElseThrow();
    }

    private Process start() throws IOException {
        var config = place.folder().resolve(Path.of(socket).getFileName() + ".cfg");
        Files.writeString(config, change.apply(HaproxyConfig.of(place, socket)));
        process =
                new ProcessBuilder(program().toString(), "-W", "-f", config.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        Awaiting.until("HAProxy", LIMIT, () -> answers() || !process.isAlive(), this::said);
        if (!process.isAlive()) {
            throw new AssertionError(said());
        }
        return process;
    }

    private boolean answers() {
        try {
            return new RuntimeApi(socket).ask("show info").contains("Pid: ");
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

    /// It is reloaded, as `systemctl reload` does. Its worker answers before the master listens to signals, and a signal in between is
    /// lost, so it is sent again for as long as the old worker answers.
    public void reload() throws IOException {
        var before = pid();
        var next = new AtomicLong(System.nanoTime());
        Awaiting.until(
                "the new process",
                LIMIT,
                () -> {
                    if (System.nanoTime() - next.get() >= 0) {
                        signalReload();
                        next.addAndGet(AGAIN.toNanos());
                    }
                    return isAnother(before);
                },
                this::said);
    }

    private void signalReload() {
        try {
            new ProcessBuilder("kill", "-USR2", "" + process.pid()).start().onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isAnother(String before) {
        try {
            return !pid().equals(before);
        } catch (IOException _) {
            return false;
        }
    }

    private String pid() throws IOException {
        return new RuntimeApi(socket)
                .ask("show info")
                .lines()
                .filter(one -> one.startsWith("Pid: "))
                .findFirst()
                .orElse("");
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
