package dev.pitcrew.runtime.docker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.model.HealthCheck;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.ProcessSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real Docker engine of the tests' own: its own folders and socket, no bridge, no rules of a firewall. All test classes of a JVM share
/// one, which ends with the JVM.
public final class TestingDocker implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Path PROGRAM = Path.of("/usr/sbin/dockerd");

    private static @Nullable TestingDocker shared;
    private static @Nullable String obstacle;

    private final Path folder;
    private final Engine engine;
    private Process process;

    /// @param options of `dockerd`, besides those that keep it to itself
    public TestingDocker(String... options) throws IOException {
        folder = Files.createTempDirectory("pitcrew-docker");
        engine = Engine.at(EnginePlace.of(socket()));
        process = start(List.of(options));
    }

    /// One that listens by TLS as well, to whoever its authority has signed.
    ///
    /// @param keys the folder of `ca.pem`, `cert.pem` and `key.pem`
    public static TestingDocker byTls(int port, Path keys) throws IOException {
        return new TestingDocker(
                "--host=tcp://127.0.0.1:" + port,
                "--tlsverify",
                "--tlscacert=" + keys.resolve("ca.pem"),
                "--tlscert=" + keys.resolve("cert.pem"),
                "--tlskey=" + keys.resolve("key.pem"));
    }

    /// The one that all tests share; a test that can't have it skips itself.
    public static synchronized TestingDocker shared() {
        assumeTrue(
                Files.isExecutable(PROGRAM), "there is no dockerd; ./verify --install brings it");
        assumeTrue(isRoot(), "dockerd has to be started by root");
        if (shared == null && obstacle == null) {
            try {
                var begun = new TestingDocker();
                Runtime.getRuntime().addShutdownHook(new Thread(begun::close));
                shared = begun;
            } catch (IOException | AssertionError e) {
                obstacle = e.getMessage();
            }
        }
        assumeTrue(shared != null, "dockerd does not start here: " + obstacle);
        return shared;
    }

    private static boolean isRoot() {
        try {
            return "root".equals(Files.getOwner(Path.of("/proc/self")).getName());
        } catch (IOException _) {
            return false;
        }
    }

    private Process start(List<String> options) throws IOException {
        var argv =
                new ArrayList<>(
                        List.of(
                                PROGRAM.toString(),
                                "--data-root=" + folder.resolve("data"),
                                "--exec-root=" + folder.resolve("exec"),
                                "--pidfile=" + folder.resolve("pid"),
                                "--host=" + engine.place(),
                                "--bridge=none",
                                "--iptables=false",
                                "--ip6tables=false",
                                "--ip-forward=false",
                                "--ip-masq=false"));
        argv.addAll(options);
        process =
                new ProcessBuilder(argv)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        Awaiting.until("dockerd", LIMIT, () -> answers() || !process.isAlive(), this::said);
        if (!process.isAlive()) {
            throw new AssertionError(said());
        }
        return process;
    }

    private boolean answers() {
        return engine.version() instanceof EngineAnswer.Got;
    }

    /// Where it listens.
    public Path socket() {
        return folder.resolve("socket");
    }

    /// What asks it.
    public Engine engine() {
        return engine;
    }

    /// What it wrote.
    public String said() {
        try (Stream<String> lines = Files.lines(folder.resolve("log"))) {
            var all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 20), all.size()));
        } catch (IOException | UncheckedIOException e) {
            return e.toString();
        }
    }

    /// It is killed, and begins again.
    public void restart(String... options) throws IOException {
        process.destroyForcibly();
        awaitEnd();
        Files.deleteIfExists(folder.resolve("pid"));
        endContainerd();
        process = start(List.of(options));
    }

    /// The engine's own containerd dies with it. Where process 1 reaps nobody its pid stays, and the next engine would wait for it.
    private void endContainerd() throws IOException {
        var file = folder.resolve("exec/containerd/containerd.pid");
        if (Files.exists(file)) {
            ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                    .ifPresent(ProcessHandle::destroyForcibly);
            Files.delete(file);
        }
    }

    /// It is told to end.
    public void end() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        Awaiting.until("the end of dockerd", LIMIT, () -> !process.isAlive(), this::said);
    }

    /// With all its containers.
    @Override
    public void close() {
        if (process.isAlive()) {
            if (engine.containers(Map.of()) instanceof EngineAnswer.Got<List<String>>(var ids)) {
                ids.forEach(
                        id ->
                                engine.call(
                                        LIMIT,
                                        client ->
                                                client.removeContainerCmd(id)
                                                        .withForce(true)
                                                        .exec()));
            }
            end();
        }
        engine.close();
        remove(folder);
    }

    private static void remove(Path folder) {
        // The engine leaves mounts behind: of the host's network, and of its data when it was
        // killed.
        for (var mount : List.of("exec/netns/default", "data")) {
            run("umount", "--lazy", "--quiet", folder.resolve(mount).toString());
        }
        run("rm", "-rf", "--one-file-system", folder.toString());
    }

    private static void run(String... argv) {
        try {
            new ProcessBuilder(argv).start().waitFor();
        } catch (IOException | InterruptedException _) { // it is a temporary folder
        }
    }

    /// The id of a tiny image with `sh`, `sleep` and `cat`, as `NAME:TAG` too. By the API's build, since docker-java's import sends no tar.
    public String tiny(String name) throws IOException {
        return built(name, TestingImages.tiny());
    }

    /// An image of that name in which this JVM's own Java runs, once it is mounted there; each name is another image.
    public String java(String name) throws IOException {
        return built(name, TestingImages.java());
    }

    /// Ends all containers of an owner.
    public void clean(Owner owner) {
        var processes = new DockerProcesses(engine, owner);
        for (var one : processes.known()) {
            processes.kill(one.instance());
            processes.forget(one.instance());
        }
    }

    /// The other engine has the very image too, as by `docker save` and `docker load`.
    public void copy(String name, TestingDocker other) throws IOException, InterruptedException {
        var both =
                ProcessBuilder.startPipeline(
                        List.of(
                                new ProcessBuilder(
                                        "docker", "--host=unix://" + socket(), "save", name),
                                new ProcessBuilder(
                                                "docker", "--host=unix://" + other.socket(), "load")
                                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)));
        for (var one : both) {
            if (one.waitFor() != 0) {
                throw new IOException(name + " can't be copied");
            }
        }
    }

    /// Ends some instances and removes their containers.
    public void end(Owner owner, List<String> instances) {
        var processes = new DockerProcesses(engine, owner);
        for (var one : instances) {
            processes.kill(one);
            processes.forget(one);
        }
    }

    /// The id of the image of a context, as `NAME:TAG` too.
    String built(String name, Path context) throws IOException {
        try (var in = Files.newInputStream(context)) {
            var callback =
                    engine.call(
                                    LIMIT,
                                    client ->
                                            client.buildImageCmd(in)
                                                    .withTags(Set.of(name))
                                                    .withLabels(Map.of("test", name))
                                                    .exec(new BuildImageResultCallback()))
                            .orThrow();
            callback.awaitImageId(LIMIT.toSeconds(), TimeUnit.SECONDS);
            return engine.image(name).orThrow().id();
        }
    }

    /// An image like another, that begins with another program and whose health check is another.
    ///
    /// @param entrypoint empty: none
    /// @param health a line for the shell, asked every second
    public void like(String from, String name, List<String> entrypoint, String health) {
        ask(
                client -> {
                    var command =
                            client.createContainerCmd(from)
                                    .withCmd("sh")
                                    .withHealthcheck(
                                            new HealthCheck()
                                                    .withTest(List.of("CMD-SHELL", health))
                                                    .withInterval(1_000_000_000L)
                                                    .withTimeout(1_000_000_000L)
                                                    .withRetries(1));
                    if (!entrypoint.isEmpty()) {
                        command.withEntrypoint(entrypoint);
                    }
                    var id = command.exec().getId();
                    var tag = name.split(":", 2);
                    client.commitCmd(id).withRepository(tag[0]).withTag(tag[1]).exec();
                    client.removeContainerCmd(id).exec();
                });
    }

    /// The tag becomes that of another image.
    public void other(String name) throws IOException {
        built(name, TestingImages.other());
    }

    /// `docker pause`.
    public void pause(Owner owner, String instance) {
        ask(client -> client.pauseContainerCmd(owner.name(instance)).exec());
    }

    /// Makes the container, as a start does that is cut short.
    public void create(Owner owner, ProcessSpec spec, String image) {
        var creation =
                new Creation(
                        owner.name(spec.instance()),
                        image,
                        owner.labels(spec, "cut short"),
                        KnownProcess.LOOPBACK,
                        spec);
        ask(client -> creation.command(client).exec());
    }

    /// Those of an owner that have not ended, by name.
    public List<String> instances(Owner owner) {
        return new DockerProcesses(engine, owner)
                .known().stream()
                        .filter(one -> !one.state().dead())
                        .map(KnownProcess::instance)
                        .toList();
    }

    /// The container of an instance.
    public Container containerOf(Owner owner, String instance) {
        return engine.container(owner.name(instance)).orThrow();
    }

    /// The id of the image that the instance runs.
    public String imageOf(Owner owner, String instance) {
        return containerOf(owner, instance).imageId();
    }

    private void ask(Consumer<DockerClient> what) {
        engine.call(
                        LIMIT,
                        client -> {
                            what.accept(client);
                            return true;
                        })
                .orThrow();
    }
}
