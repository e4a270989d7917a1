package dev.pitcrew.cli;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.server.ControllerFile;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A controller in the background, in a session of its own, so that the end of this one doesn't end it.
final class Background {
    private static final Duration LIMIT =
            Duration.ofSeconds(45); // above what it waits for an engine

    private Background() {}

    /// How a process is started; for who has to end it.
    interface Starter {
        Process start(ProcessBuilder builder) throws IOException;
    }

    /// Starts it and waits until it answers.
    ///
    /// @param variables what its environment has besides ours
    /// @param waiting takes what its start waits for, such as a Docker engine
    /// @throws OperationFailed with `NOT_STARTED` when it doesn't
    static ControllerFile start(
            Where.Place place,
            Map<String, String> variables,
            Starter starter,
            Consumer<String> waiting)
            throws IOException, InterruptedException {
        Files.createDirectories(place.data().path());
        var log = place.data().controllerLog();
        var command =
                Again.command(
                        // As in the launcher: the other compiler would be most of its work at rest.
                        List.of("-Xmx160m", "-XX:TieredStopAtLevel=1"),
                        List.of(
                                "server",
                                "--file",
                                place.file().toString(),
                                "--env",
                                place.environment().name(),
                                "--dir",
                                place.data().path().toString()));
        command.addFirst("setsid");
        var builder =
                new ProcessBuilder(command)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(Redirect.appendTo(log.toFile()))
                        .redirectErrorStream(true);
        builder.environment().putAll(variables);
        var tail = new Tail(log);
        tail.end(0);
        var process = starter.start(builder);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            var found = ControllerFile.read(place.data().controller());
            if (found.isPresent()) {
                return found.get();
            }
            tail.more().stream()
                    .filter(one -> one.startsWith(ServerCommand.WAITING))
                    .map(one -> one.substring("pitcrew: ".length()))
                    .forEach(waiting);
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new OperationFailed(
                Code.NOT_STARTED, "the controller did not start: " + lastLine(log), null);
    }

    private static String lastLine(Path log) throws IOException {
        var lines = new Tail(log).end(1);
        return lines.isEmpty() ? "it said nothing" : lines.getFirst();
    }
}
