package dev.pitcrew.cli;

import dev.pitcrew.app.DataFolder;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `pitcrew demo`: a small but honest desk under load that changes versions, loses processes and its controller, is killed, and is audited.
@Command(
        description = {
            "It plays the example in examples/desk, in a folder of its own, needs no controller and"
                    + " leaves nothing running. The exit code is 0 only if all that had to happen did,"
                    + " no order was lost or doubled, never two senders were active, and every bad"
                    + " version was refused or rolled back."
        })
final class DemoCommand extends DeskCommand {
    private static final String DOCKER = "docker"; // the environment whose services are containers

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long orders are sent at least; else ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "Orders a second from all clients together; else ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--keep",
            description = "Keep the folder with ledger, logs and books, and say where it is.")
    private boolean isKept;

    @Option(names = "--good-only", description = "Only good versions, and no failures.")
    private boolean isGoodOnly;

    @Option(
            names = "--docker",
            description =
                    "Services run as containers of this host's Docker engine, of images that are"
                            + " made from this host's files, without any registry. Takes the"
                            + " environment docker.")
    private boolean isDocker;

    private @Nullable Path folder;
    private @Nullable DemoWorld world;
    private boolean isEnding; // guarded by this, as is what has to end

    @Override
    WithoutFile withoutFile() {
        return WithoutFile.EXAMPLE;
    }

    @Override
    Where.Place place(Where options) {
        return isDocker ? options.named(withoutFile(), DOCKER) : super.place(options);
    }

    @Override
    ExitCode run(Where.Place place) throws Exception {
        if (place.environment().kind() != Environment.Kind.DEMO) {
            throw new Refused(
                    "%s is of kind %s, and a demo kills what it runs"
                            .formatted(
                                    place.environment().name(),
                                    Words.of(place.environment().kind())),
                    "name an environment of kind demo with --env");
        }
        var hook = new Thread(this::end); // Ctrl-C leaves nothing behind
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            var here = here(place);
            var report =
                    new Demo(here, world(here, place), this::live, rate, seconds, isGoodOnly)
                            .play();
            finishLive();
            show(report, DemoText.of(report, ink()));
            return report.good() ? ExitCode.OK : ExitCode.REFUSED;
        } finally {
            finishLive();
            end();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) {
                err().flush(); // it runs already: we were interrupted
            }
        }
    }

    private synchronized Where.Place here(Where.Place place) throws IOException {
        refuseWhenEnding();
        var isNamed = !place.data().equals(ofItsOwn(place));
        isKept |= isNamed;
        folder = isNamed ? empty(place.data().path()) : Files.createTempDirectory("pitcrew-demo");
        return new Where.Place(
                place.file(), place.system(), place.environment(), new DataFolder(folder));
    }

    /// Whoever ends it meanwhile waits until it can be ended.
    private synchronized DemoWorld world(Where.Place here, Where.Place place)
            throws IOException, InterruptedException {
        refuseWhenEnding();
        var made = new DemoWorld(here, place.system().folder());
        world = made;
        return made;
    }

    private void refuseWhenEnding() {
        if (isEnding) {
            throw new Refused("the demo was interrupted", "");
        }
    }

    /// Ends all that was started and removes what was written, once, on whichever thread is first.
    private synchronized void end() {
        if (isEnding) {
            return;
        }
        isEnding = true;
        if (world != null) {
            world.close();
        }
        if (folder == null) {
            return;
        }
        if (isKept) {
            err().println("kept: " + folder);
            err().flush();
        } else {
            delete(folder);
        }
    }

    private static DataFolder ofItsOwn(Where.Place place) {
        return DataFolder.of(place.system().folder(), place.environment().name());
    }

    private static Path empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new Refused(
                        folder + " is not empty",
                        "the demo wants a folder of its own: another --dir, or none");
            }
        }
        return folder;
    }

    private void delete(Path folder) {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            err().println("pitcrew: " + folder + " is not removed whole: " + e.getMessage());
        }
    }
}
