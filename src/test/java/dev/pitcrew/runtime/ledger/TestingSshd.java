package dev.pitcrew.runtime.ledger;

import dev.pitcrew.runtime.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real sshd on a port and with keys of its own, for whoever runs the tests.
public final class TestingSshd implements AutoCloseable {
    private static final int PORTS_TRIED = 5;

    private final Path folder;
    private final int port;
    private final Process process;

    private TestingSshd(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /// What keeps it from running here, or the server itself.
    public record Try(String obstacle, Optional<TestingSshd> server) {}

    /// @param folder for its keys; must exist
    public static Try start(Path folder) throws IOException, InterruptedException {
        var program = program();
        if (program.isEmpty()) {
            return new Try("no sshd is installed; ./verify --install brings it", Optional.empty());
        }
        key(folder, "host");
        key(folder, "user");
        var obstacle = "";
        for (int i = 0; i < PORTS_TRIED; i++) { // somebody may be faster than we on a free port
            int port = FreePorts.next();
            var settings = settings(folder, port);
            var checked = run(folder, program.get(), "-t", "-f", settings.toString());
            if (checked.contains("privilege separation directory") && isRoot()) {
                Files.createDirectories(Path.of("/run/sshd")); // as its own service would at start
                checked = run(folder, program.get(), "-t", "-f", settings.toString());
            }
            if (!checked.isBlank()) {
                return new Try("sshd can't run here: " + checked.strip(), Optional.empty());
            }
            var process = server(folder, program.get(), settings);
            if (answers(port, process)) {
                return new Try("", Optional.of(new TestingSshd(folder, port, process)));
            }
            process.destroyForcibly().waitFor();
            obstacle = Files.readString(folder.resolve("sshd.log")).strip();
        }
        return new Try("sshd does not answer: " + obstacle, Optional.empty());
    }

    /// As the system file would name a folder here.
    public String target(Path remote) {
        return "ssh://%s@127.0.0.1:%d%s".formatted(user(), port, remote);
    }

    public Path identity() {
        return folder.resolve("user");
    }

    /// Lists the server's own key.
    public Path knownHosts() throws IOException {
        return known("known", Files.readString(folder.resolve("host.pub")));
    }

    /// Lists another key as the server's.
    public Path wrongHosts() throws IOException {
        return known("wrong", Files.readString(folder.resolve("user.pub")));
    }

    private Path known(String name, String key) throws IOException {
        return Files.writeString(folder.resolve(name), "[127.0.0.1]:%d %s".formatted(port, key));
    }

    private static Optional<String> program() {
        return Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(":", -1)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, "sshd"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static Path settings(Path folder, int port) throws IOException {
        return Files.writeString(
                folder.resolve("sshd_config"),
                """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s
                AuthorizedKeysFile %s
                PidFile none
                UsePAM no
                StrictModes no
                PermitRootLogin prohibit-password
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                """
                        .formatted(port, folder.resolve("host"), folder.resolve("user.pub")));
    }

    private static Process server(Path folder, String program, Path settings) throws IOException {
        return new ProcessBuilder(program, "-D", "-e", "-f", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
    }

    private static void key(Path folder, String name) throws IOException, InterruptedException {
        var file = folder.resolve(name);
        if (!Files.exists(file)) {
            run(
                    folder,
                    List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString()));
        }
    }

    private static String run(Path folder, String... command)
            throws IOException, InterruptedException {
        return run(folder, new ArrayList<>(List.of(command)));
    }

    /// @return what it printed
    private static String run(Path folder, List<String> command)
            throws IOException, InterruptedException {
        var printed = folder.resolve("printed.txt");
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(printed.toFile())
                        .start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return Files.readString(printed);
    }

    private static boolean answers(int port, Process process) throws InterruptedException {
        var limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < limit && process.isAlive()) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return true;
            } catch (IOException _) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        return false;
    }

    private static String user() {
        return System.getProperty("user.name");
    }

    private static boolean isRoot() {
        return user().equals("root");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
