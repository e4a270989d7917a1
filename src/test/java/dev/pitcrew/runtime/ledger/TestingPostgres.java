package dev.pitcrew.runtime.ledger;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.pitcrew.model.DatabaseUrl;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL server on a port and in a folder of its own, which flushes as in production. It refuses to run as root, so
/// there it runs as the user `postgres`.
public final class TestingPostgres implements AutoCloseable {
    /// What everybody logs on with here.
    public static final String PASSWORD = "only for tests";

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PORTS_TRIED = 5;

    private final Path programs;
    private final Path folder;
    private final AtomicInteger databases = new AtomicInteger();
    private int port;
    private @Nullable Process process;

    private final String host;

    private TestingPostgres(Path programs, Path folder, String host) {
        this.programs = programs;
        this.folder = folder;
        this.host = host;
    }

    /// Starts one; where none is installed the test is skipped and says so.
    public static TestingPostgres start() throws IOException, InterruptedException {
        return startAt("127.0.0.1");
    }

    /// Starts one that other hosts reach as well.
    ///
    /// @param host an address of this host
    public static TestingPostgres startAt(String host) throws IOException, InterruptedException {
        var programs = programs();
        if (programs.isEmpty()) {
            abort("no PostgreSQL is installed; ./verify --install brings it");
        }
        var server =
                new TestingPostgres(
                        programs.get(), Files.createTempDirectory("pitcrew-postgres"), host);
        try {
            server.make();
            server.run();
            return server;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    private static Optional<Path> programs() throws IOException {
        var debian = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(debian)) {
            return Optional.empty();
        }
        try (var versions = Files.list(debian)) {
            return versions.map(one -> one.resolve("bin"))
                    .filter(one -> Files.isExecutable(one.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        }
    }

    private void make() throws IOException, InterruptedException {
        var password = Files.writeString(folder.resolve("password"), PASSWORD);
        own(folder);
        command(
                List.of(
                        programs.resolve("initdb").toString(),
                        "--pgdata=" + data(),
                        "--username=postgres",
                        "--auth=scram-sha-256",
                        "--pwfile=" + password,
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-sync"));
        Files.writeString(
                data().resolve("pg_hba.conf"),
                "host all all samenet scram-sha-256\n",
                StandardOpenOption.APPEND);
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void run() throws IOException, InterruptedException {
        for (int i = 0; i < PORTS_TRIED; i++) { // somebody may be faster than we on a free port
            port = FreePorts.next();
            if (serves()) {
                return;
            }
        }
        throw new IOException("PostgreSQL does not answer: " + Files.readString(log()));
    }

    private Path log() {
        return folder.resolve("log");
    }

    private boolean serves() throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                asUser(
                                        List.of(
                                                programs.resolve("postgres").toString(),
                                                "-D",
                                                data().toString(),
                                                "-p",
                                                Integer.toString(port),
                                                "-c",
                                                "listen_addresses=" + host,
                                                "-c",
                                                "unix_socket_directories=",
                                                "-c",
                                                "shared_buffers=16MB",
                                                "-c",
                                                "fsync=on")))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                        .start();
        this.process = process;
        var limit = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < limit && process.isAlive()) {
            try (var _ = admin("postgres")) {
                return true;
            } catch (SQLException _) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        process.destroyForcibly().waitFor();
        return false;
    }

    /// Stops it in an orderly way.
    public void stop() throws IOException, InterruptedException {
        end("INT");
    }

    /// Starts it again on the same port.
    public void startAgain() throws IOException, InterruptedException {
        if (!serves()) {
            throw new IOException("PostgreSQL does not come back: " + Files.readString(log()));
        }
    }

    /// Ends it as a crash would, and starts it again on the same port.
    public void crashAndRestart() throws IOException, InterruptedException {
        end("QUIT");
        startAgain();
    }

    /// A new, empty database with a user of its own who owns it.
    public PostgresAccess database() throws SQLException {
        var name = "ledger" + databases.incrementAndGet();
        try (var admin = admin("postgres")) {
            PostgresSession.execute(
                    admin, "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, PASSWORD));
            PostgresSession.execute(admin, "CREATE DATABASE %s OWNER %s".formatted(name, name));
        }
        return access(name, name);
    }

    /// An empty folder that the server can get at.
    Path mountPoint() throws IOException, InterruptedException {
        var made = Files.createTempDirectory(folder, "mount");
        own(made);
        return made;
    }

    /// As the superuser.
    public Connection admin(String database) throws SQLException {
        return access("postgres", database).connect("admin", Duration.ofSeconds(10));
    }

    private PostgresAccess access(String user, String database) {
        return new PostgresAccess(
                DatabaseUrl.parse("postgresql://%s@%s:%d/%s".formatted(user, host, port, database)),
                Optional.of(PASSWORD));
    }

    /// Waits for a condition that may have to ask the server.
    static void await(String what, Callable<Boolean> condition) {
        Awaiting.until(
                what,
                LIMIT,
                () -> {
                    try {
                        return condition.call();
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                () -> "");
    }

    /// Gives a folder to whom the server runs as.
    void own(Path path) throws IOException, InterruptedException {
        if (isRoot()) {
            run(List.of("chown", "-R", "postgres:postgres", path.toString()));
        }
    }

    private void command(List<String> command) throws IOException, InterruptedException {
        run(asUser(command));
    }

    private static List<String> asUser(List<String> command) {
        if (!isRoot()) {
            return command;
        }
        var all =
                new ArrayList<>(
                        List.of(
                                "setpriv",
                                "--reuid=postgres",
                                "--regid=postgres",
                                "--clear-groups"));
        all.addAll(command);
        return all;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var printed = process.inputReader()) {
            var text = String.join("\n", printed.lines().toList());
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command.getFirst() + " failed: " + text);
            }
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /// Ends it by its own pid.
    private void end(String signal) throws IOException, InterruptedException {
        var running = process;
        if (running == null || !running.isAlive()) {
            return;
        }
        run(List.of("kill", "-" + signal, Long.toString(running.pid())));
        if (!running.waitFor(20, TimeUnit.SECONDS)) {
            running.destroyForcibly().waitFor();
        }
    }

    /// Stops it in an orderly way and removes all of it.
    @Override
    public void close() throws IOException {
        try {
            end("INT");
            run(List.of("rm", "-rf", folder.toString()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
