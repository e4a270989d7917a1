package dev.pitcrew.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.SSLConfig;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.runtime.docker.EngineAnswer.Got;
import dev.pitcrew.runtime.docker.EngineAnswer.Missing;
import dev.pitcrew.runtime.docker.EngineAnswer.Refused;
import dev.pitcrew.runtime.docker.EngineAnswer.Silent;
import dev.pitcrew.runtime.http.Certificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// One Docker engine. Every call has a deadline: whoever asks waits no longer than that, whatever the engine does. Any thread may call.
public final class Engine implements AutoCloseable {
    /// For a call that reads.
    public static final Duration READ_LIMIT = Duration.ofSeconds(2);

    private static final Duration LOG_LIMIT = Duration.ofSeconds(10);
    private static final RemoteApiVersion OLDEST = RemoteApiVersion.create(1, 41);
    private static final RemoteApiVersion NEWEST = RemoteApiVersion.create(1, 44);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final Duration SOCKET_LIMIT = Duration.ofSeconds(30);
    private static final int AT_ONCE = 32;

    private final EnginePlace place;
    private final @Nullable SshTunnel tunnel; // where the way there is by SSH
    private final URI reached;
    private final ZerodepDockerHttpClient http;
    // Threads of the platform: a socket's read through JNI would pin a virtual one.
    private final ExecutorService calls;
    private volatile @Nullable DockerClient
            spoken; // null until the engine has said which API it speaks

    private Engine(EnginePlace place, Duration socketLimit) {
        this.place = place;
        tunnel = place.isBySsh() ? tunnel(place) : null;
        reached = tunnel == null ? place.uri() : tunnel.here();
        var tls = place.keys().certificates().map(Engine::tls);
        http =
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(reached)
                        .sslConfig(tls.<SSLConfig>map(one -> () -> one).orElse(null))
                        .maxConnections(AT_ONCE + 8)
                        .connectionTimeout(CONNECT_LIMIT)
                        .responseTimeout(socketLimit)
                        .build();
        var pool =
                new ThreadPoolExecutor(
                        0,
                        AT_ONCE,
                        10,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        Thread.ofPlatform().daemon().name("docker ", 0).factory());
        calls = pool;
    }

    private static SshTunnel tunnel(EnginePlace place) {
        try {
            return new SshTunnel(place);
        } catch (IOException e) {
            throw new OperationFailed(
                    Code.FILE_UNUSABLE, "no folder for the way to " + place + ": " + e, e);
        }
    }

    private static SSLContext tls(Path certificates) {
        return Certificate.tls(
                certificates.resolve("cert.pem"),
                certificates.resolve("key.pem"),
                Optional.of(certificates.resolve("ca.pem")));
    }

    /// Nothing is asked of it yet.
    ///
    /// @throws OperationFailed when its certificates can't be used
    /// @throws IllegalArgumentException when its place can't be one
    public static Engine at(EnginePlace place) {
        return new Engine(place, SOCKET_LIMIT);
    }

    /// The same, for what may say nothing for long, such as a step of a build.
    static Engine patient(EnginePlace place, Duration limit) {
        return new Engine(place, limit);
    }

    /// Where it listens.
    public EnginePlace place() {
        return place;
    }

    /// Which engine it is.
    public EngineAnswer<EngineVersion> version() {
        return call(READ_LIMIT, client -> client.versionCmd().exec())
                .map(
                        one ->
                                new EngineVersion(
                                        one.getVersion(),
                                        one.getApiVersion(),
                                        String.valueOf(one.getKernelVersion())));
    }

    /// The ids of all containers with these labels, running or not.
    ///
    /// @param labels empty: all; a label with an empty value: whatever its value
    public EngineAnswer<List<String>> containers(Map<String, String> labels) {
        var wanted =
                labels.entrySet().stream()
                        .map(
                                one ->
                                        one.getValue().isEmpty()
                                                ? one.getKey()
                                                : one.getKey() + "=" + one.getValue())
                        .toList();
        return call(
                READ_LIMIT,
                client -> {
                    var list = client.listContainersCmd().withShowAll(true);
                    return (wanted.isEmpty() ? list : list.withLabelFilter(wanted))
                            .exec().stream().map(one -> one.getId()).toList();
                });
    }

    /// A container, by its id or its name.
    public EngineAnswer<Container> container(String idOrName) {
        return container(idOrName, READ_LIMIT);
    }

    /// The same, for who can't wait so long.
    EngineAnswer<Container> container(String idOrName, Duration limit) {
        return call(
                limit,
                client -> Descriptions.container(client.inspectContainerCmd(idOrName).exec()));
    }

    /// An image, by its id, digest or tag.
    public EngineAnswer<Image> image(String name) {
        return call(READ_LIMIT, client -> Descriptions.image(client.inspectImageCmd(name).exec()));
    }

    /// The ids of all images with this label.
    ///
    /// @param label `NAME` or `NAME=VALUE`; empty: all
    public EngineAnswer<List<String>> images(String label) {
        return call(
                READ_LIMIT,
                client -> {
                    var list = client.listImagesCmd();
                    return (label.isEmpty() ? list : list.withLabelFilter(label))
                            .exec().stream().map(one -> one.getId()).toList();
                });
    }

    /// The last lines that a container printed, on both outputs.
    public EngineAnswer<List<String>> log(String idOrName, int lines) {
        return call(
                LOG_LIMIT,
                client -> {
                    var printed = new Printed(_ -> {});
                    client.logContainerCmd(idOrName)
                            .withStdOut(true)
                            .withStdErr(true)
                            .withTail(lines)
                            .exec(printed);
                    return printed.all();
                });
    }

    /// What a container prints from now on, line by line, until it ends or this is closed.
    public AutoCloseable follow(String idOrName, Consumer<String> line) {
        return call(
                        READ_LIMIT,
                        client ->
                                client.logContainerCmd(idOrName)
                                        .withStdOut(true)
                                        .withStdErr(true)
                                        .withTail(0)
                                        .withFollowStream(true)
                                        .exec(new Printed(line)))
                .orThrow();
    }

    /// Asks, and waits so long at most.
    ///
    /// @param what may go on in the engine after the limit
    <T> EngineAnswer<T> call(Duration limit, Function<DockerClient, T> what) {
        try {
            var answer = calls.submit((Callable<T>) () -> what.apply(client()));
            try {
                return new Got<>(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException _) {
                answer.cancel(true);
                return new Silent<>(
                        "the Docker engine at %s gave no answer within %d ms"
                                .formatted(place, limit.toMillis()));
            }
        } catch (RejectedExecutionException _) {
            return new Silent<>(
                    "the Docker engine at %s owes %d answers".formatted(place, AT_ONCE));
        } catch (ExecutionException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Silent<>("interrupted while the Docker engine was asked");
        }
    }

    private <T> EngineAnswer<T> failed(Throwable cause) {
        return switch (cause) {
            case NotFoundException e -> new Missing<>(Descriptions.words(e));
            case NotModifiedException e -> new Refused<>(e.getHttpStatus(), "it is so already");
            case IllegalArgumentException e -> new Refused<>(400, String.valueOf(e.getMessage()));
            case DockerException e -> new Refused<>(e.getHttpStatus(), Descriptions.words(e));
            default ->
                    new Silent<>(
                            "the Docker engine at %s can't be reached: %s"
                                    .formatted(place, root(cause)));
        };
    }

    private static String root(Throwable cause) {
        var deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
    }

    /// Speaks the newest API that both know.
    private DockerClient client() throws IOException {
        if (tunnel != null) {
            tunnel.open();
        }
        var known = spoken;
        if (known == null) {
            var asked = speaking(null).versionCmd().exec().getApiVersion();
            var engines = RemoteApiVersion.parseConfig(asked);
            if (!engines.isGreaterOrEqual(OLDEST)) {
                throw new DockerException(
                        "it speaks API %s, and Pitcrew needs 1.41 (Docker 20.10) or later"
                                .formatted(asked),
                        505);
            }
            known = speaking(engines.isGreaterOrEqual(NEWEST) ? NEWEST : engines);
            spoken = known;
        }
        return known;
    }

    private DockerClient speaking(@Nullable RemoteApiVersion version) {
        var config =
                DefaultDockerClientConfig.createDefaultConfigBuilder()
                        .withDockerHost(reached.toString())
                        .withDockerTlsVerify(false)
                        .withApiVersion(
                                version == null ? RemoteApiVersion.UNKNOWN_VERSION : version)
                        .build();
        return DockerClientImpl.getInstance(config, http);
    }

    @Override
    public void close() {
        calls.shutdownNow();
        try {
            http.close();
            if (tunnel != null) {
                tunnel.close();
            }
        } catch (IOException _) { // nobody asks it any more
        }
    }
}
