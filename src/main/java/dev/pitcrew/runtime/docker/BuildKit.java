package dev.pitcrew.runtime.docker;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// BuildKit, which the `docker` command speaks: by its part buildx, or by itself before version 23.
final class BuildKit {
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(10);
    private static final int LAST_LINES = 10;
    private static final int WITHOUT_IT = 23; // from here on docker has it only in buildx
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.\\d.*");

    private final String docker;
    private final EnginePlace place;

    BuildKit(String docker, EnginePlace place) {
        this.docker = docker;
        this.place = place;
    }

    boolean isThere() {
        return isAnswered(List.of(docker, "buildx", "version"), _ -> {}) || isOld();
    }

    private boolean isOld() {
        var lines = new ArrayList<String>();
        isAnswered(
                List.of(docker, "version", "--format", "{{.Client.Version}}"),
                lines::add); // its code is that of asking the engine
        return lines.stream()
                .map(VERSION::matcher)
                .filter(one -> one.matches())
                .findFirst()
                .filter(one -> Integer.parseInt(one.group(1)) < WITHOUT_IT)
                .isPresent();
    }

    private boolean isAnswered(List<String> argv, Consumer<String> line) {
        try {
            return run(argv, LOOK_LIMIT, line) == 0;
        } catch (IOException _) { // there is no such command
            return false;
        }
    }

    void build(BuildOrder order, Duration limit, Consumer<String> progress) {
        var last = new ArrayList<String>();
        try {
            int code =
                    run(
                            argv(order),
                            limit,
                            line -> {
                                progress.accept(line);
                                last.add(line);
                                if (last.size() > LAST_LINES) {
                                    last.removeFirst();
                                }
                            });
            if (code != 0) {
                throw new OperationFailed(
                        Code.NOT_BUILT,
                        "%s was not built: docker ended with %d: %s"
                                .formatted(order.dockerfile(), code, String.join("\n", last)),
                        null);
            }
        } catch (IOException e) {
            throw new OperationFailed(
                    Code.NOT_BUILT,
                    "%s was not built: %s".formatted(order.dockerfile(), e.getMessage()),
                    e);
        }
    }

    List<String> argv(BuildOrder order) {
        var argv =
                new ArrayList<>(
                        List.of(
                                docker,
                                "build",
                                "--progress",
                                "plain",
                                "--file",
                                order.dockerfile().toString()));
        order.names().forEach(one -> argv.addAll(List.of("--tag", one)));
        order.labels().forEach((key, value) -> argv.addAll(List.of("--label", key + "=" + value)));
        order.args()
                .forEach((key, value) -> argv.addAll(List.of("--build-arg", key + "=" + value)));
        order.target().ifPresent(one -> argv.addAll(List.of("--target", one)));
        argv.add(order.context().toString());
        return argv;
    }

    /// @throws IOException when there is no such command, or it takes longer
    private int run(List<String> argv, Duration limit, Consumer<String> line) throws IOException {
        var builder = new ProcessBuilder(argv).redirectErrorStream(true);
        builder.environment().put("DOCKER_HOST", place.toString());
        place.keys()
                .certificates()
                .ifPresent(
                        folder -> {
                            builder.environment().put("DOCKER_TLS_VERIFY", "1");
                            builder.environment().put("DOCKER_CERT_PATH", folder.toString());
                        });
        builder.environment().put("DOCKER_BUILDKIT", "1");
        builder.environment().remove("DOCKER_CONTEXT");
        var process = builder.start();
        process.getOutputStream().close();
        var printed = Thread.ofVirtual().start(() -> process.inputReader().lines().forEach(line));
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("docker took longer than " + limit.toSeconds() + " s");
            }
            printed.join(LOOK_LIMIT);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
