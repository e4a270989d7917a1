package dev.pitcrew.runtime.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pitcrew.runtime.ledger.SshTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A socket here that leads to an engine's socket on another host, by one `ssh` of the system, which is started again when it has ended. It ends
/// with this JVM: what runs over there reads until we are gone.
final class SshTunnel implements AutoCloseable {
    private static final long CONNECT_SECONDS = 5;
    private static final long POLL_MILLIS = 10;
    private static final String USUAL = "/var/run/docker.sock";

    private final EnginePlace place;
    private final SshTarget target;
    private final Path folder;
    private @Nullable Process ssh; // null until it is needed

    /// Nothing is started yet.
    ///
    /// @throws IllegalArgumentException when the place is not `ssh://USER@HOST`
    SshTunnel(EnginePlace place) throws IOException {
        this.place = place;
        var path = place.uri().getPath();
        target = SshTarget.parse(path.isEmpty() ? place.uri() + USUAL : place.uri().toString());
        folder = Files.createTempDirectory("pitcrew-ssh"); // for its owner alone
        List.of(folder, socket(), said()).forEach(one -> one.toFile().deleteOnExit());
    }

    private Path socket() {
        return folder.resolve("engine");
    }

    /// Where the engine is reached on this host.
    URI here() {
        return URI.create("unix://" + socket());
    }

    /// Makes sure that it leads there; returns at once while it does.
    ///
    /// @throws IOException with the words of ssh when it does not
    synchronized void open() throws IOException {
        var running = ssh;
        if (running == null || !running.isAlive()) {
            Files.deleteIfExists(socket());
            running =
                    new ProcessBuilder(argv())
                            .redirectErrorStream(true)
                            .redirectOutput(said().toFile())
                            .start();
            ssh = running;
        }
        while (!Files.exists(socket())) {
            if (!running.isAlive()) {
                throw new IOException("ssh: " + Files.readString(said(), UTF_8).strip());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) { // whoever asked waits no longer; ssh goes on
                Thread.currentThread().interrupt();
                throw new IOException("ssh is still connecting", e);
            }
        }
    }

    private Path said() {
        return folder.resolve("said");
    }

    private List<String> argv() {
        var argv =
                new ArrayList<>(
                        target.command(
                                place.keys().identity(),
                                place.keys().knownHosts(),
                                CONNECT_SECONDS));
        argv.addAll(
                argv.size() - 1,
                List.of(
                        "-o",
                        "ExitOnForwardFailure=yes",
                        "-o",
                        "ControlPath=none", // somebody's shared connection could end under us
                        "-L",
                        socket() + ":" + target.folder()));
        argv.add("exec cat > /dev/null");
        return argv;
    }

    @Override
    public synchronized void close() throws IOException {
        if (ssh != null) {
            ssh.destroy();
        }
        Files.deleteIfExists(socket());
        Files.deleteIfExists(said());
        Files.deleteIfExists(folder);
    }
}
