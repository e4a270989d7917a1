package dev.pitcrew.cli;

import dev.pitcrew.runtime.DockerRuntime;
import dev.pitcrew.runtime.docker.Beside;
import dev.pitcrew.runtime.docker.Containers;
import dev.pitcrew.runtime.process.KnownProcess;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pitcrew logs SERVICE|INSTANCE`: the end of what it printed.
@Command(
        description = {
            "It reads the files, or asks the Docker engine, so it works without a controller."
        })
final class LogsCommand extends DeskCommand {
    @Parameters(
            paramLabel = "SERVICE|INSTANCE",
            description = "A service, for all of its instances, or one instance such as gateway-2.")
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is printed from now on, until interrupted.")
    private boolean isFollowing;

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many lines of the end; else ${DEFAULT-VALUE}.")
    private int lines = 100;

    @Override
    Unnamed unnamed() {
        return Unnamed.RUNNING;
    }

    @Override
    ExitCode run(Where.Place place) throws IOException, InterruptedException {
        var processes =
                DockerRuntime.startedBefore(
                        place.system(), place.environment(), place.data().path(), System.getenv());
        var known =
                processes.known().stream()
                        .filter(one -> one.instance().equals(name) || one.service().equals(name))
                        .toList();
        if (known.isEmpty()) {
            throw new Refused(
                    "nothing named " + name + " was started here",
                    "`pitcrew status` shows what was");
        }
        if (processes instanceof Beside beside
                && known.stream().noneMatch(one -> one.log().isAbsolute())) {
            return ofContainers(known, beside.containers());
        }
        var tails = new LinkedHashMap<KnownProcess, Tail>();
        for (var one : known) {
            tails.put(one, new Tail(one.log()));
        }
        for (var one : tails.entrySet()) {
            print(one.getKey(), one.getValue().end(lines), known.size() > 1);
        }
        while (isFollowing) {
            TimeUnit.MILLISECONDS.sleep(200); // files tell nobody that they grew
            for (var one : tails.entrySet()) {
                print(one.getKey(), one.getValue().more(), known.size() > 1);
            }
        }
        return ExitCode.OK;
    }

    /// The engine keeps what containers print, also of one that has ended, until it is removed.
    private ExitCode ofContainers(List<KnownProcess> known, Containers containers)
            throws InterruptedException {
        for (var one : known) {
            print(one, containers.log(one.instance(), lines), known.size() > 1);
        }
        if (isFollowing) {
            for (var one : known) {
                var _ =
                        containers.follow(
                                one.instance(),
                                line -> print(one, List.of(line), known.size() > 1));
            }
            new CountDownLatch(1).await(); // until interrupted
        }
        return ExitCode.OK;
    }

    private void print(KnownProcess one, List<String> text, boolean isOneOfMany) {
        for (var line : text) {
            showOneOfMany(
                    Map.of("instance", one.instance(), "line", line),
                    (isOneOfMany ? one.instance() + ": " : "") + line);
        }
        out().flush();
    }
}
