package dev.pitcrew.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.app.DataFolder;
import dev.pitcrew.cli.DemoOperator;
import dev.pitcrew.cli.DemoWorld;
import dev.pitcrew.cli.Where;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A desk of its own for one part of the bench, in a new folder: the venue, the controller, and the services that it brought up.
final class BenchDesk implements AutoCloseable {
    static final String GATEWAY = "gateway";

    private static final Path HANDOFFS = Path.of("bench", "handoff", "pitcrew.yaml");
    private static final Path DESK = Path.of("examples", "desk");
    private static final int FOREVER = 24 * 60 * 60; // a load ends when it is told to
    private static final int SETTLE_SECONDS = 5;
    private static final int AUDIT_SECONDS = 300;
    private static final long WHOLE_SECONDS = 60;

    private final Path folder;
    private final DemoWorld world;
    private final DemoOperator operator;
    private final Thread hook;

    BenchDesk() throws IOException, InterruptedException {
        this(HANDOFFS, "bench");
    }

    /// One of a file, as it is in an environment.
    BenchDesk(Path file, String environment) throws IOException, InterruptedException {
        folder = Files.createTempDirectory("pitcrew-bench");
        var place = place(file, environment, folder);
        world = new DemoWorld(place, DESK);
        hook = new Thread(world::close); // Ctrl-C leaves no process behind
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            operator = new DemoOperator(place, world);
            operator.up();
            operator.whole("", WHOLE_SECONDS);
        } catch (RuntimeException | IOException | InterruptedException e) {
            world.close();
            throw e;
        }
    }

    private static Where.Place place(Path file, String environment, Path folder) {
        return switch (SystemFile.read(file)) {
            case Read.Good<TradingSystem>(var system) ->
                    new Where.Place(
                            file.toAbsolutePath(),
                            system.in(environment),
                            system.environment(environment),
                            new DataFolder(folder));
            case Read.Bad<TradingSystem>(var problems) ->
                    throw new IllegalStateException(problems.toString());
        };
    }

    Path folder() {
        return folder;
    }

    DemoOperator operator() {
        return operator;
    }

    /// Begins to send orders, and returns once the load's own start no longer counts.
    void load(int rate) throws IOException, InterruptedException {
        world.load(rate, FOREVER, SETTLE_SECONDS);
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS + 1);
    }

    /// Sends orders for some seconds, with nothing else going on.
    ///
    /// @return what the clients counted
    JsonNode loadFor(int rate, int seconds) throws IOException, InterruptedException {
        load(rate);
        TimeUnit.SECONDS.sleep(seconds);
        return world.endLoad();
    }

    /// Ends the load, and has the desk's files audited.
    ///
    /// @param rounds how many were asked for
    /// @param ended how many came to a good end
    Way end(String name, int rounds, int ended, String note)
            throws IOException, InterruptedException {
        var load = world.endLoad();
        var audit = world.audit(AUDIT_SECONDS).verdict();
        var dark = new ArrayList<Double>();
        audit.path("handoffs").forEach(one -> dark.add(one.path("darkMillis").asDouble()));
        return Way.of(name, rounds, ended, audit, dark, load, note);
    }

    /// The same, once all order flow was stopped: the strategy would trade on while the files are audited.
    Way endKilled(String name, int rounds, int ended, List<String> troubles)
            throws IOException, InterruptedException {
        var load = world.endLoad();
        operator.kill();
        var audit = world.audit(AUDIT_SECONDS).verdict();
        return Way.of(name, rounds, ended, audit, List.of(), load, String.join("; ", troubles));
    }

    /// Ends everything that was started here, and removes the folder.
    @Override
    public void close() throws IOException {
        operator.close();
        world.close();
        Runtime.getRuntime().removeShutdownHook(hook);
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
