package dev.pitcrew.cli;

import dev.pitcrew.app.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `pitcrew demo`: a small but honest desk under load that changes versions, loses processes and its controller, is killed, and is audited.
@Command(
        description = {
            "It works in a folder of its own, needs no controller and leaves nothing running. The exit code is 0 only if no order was lost or doubled, never two senders were active, and every bad version was refused or rolled back."
        })
final class DemoCommand extends DeskCommand {
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

    @Override
    ExitCode run(Where.Place place) throws Exception {
        var isNamed = !place.data().equals(ofItsOwn(place));
        var folder =
                isNamed ? empty(place.data().path()) : Files.createTempDirectory("pitcrew-demo");
        var here =
                new Where.Place(
                        place.file(), place.system(), place.environment(), new DataFolder(folder));
        try (var world = new DemoWorld(here, place.system().folder())) {
            var hook = new Thread(world::close); // Ctrl-C leaves nothing behind
            Runtime.getRuntime().addShutdownHook(hook);
            var report = new Demo(here, world, this::live, rate, seconds, isGoodOnly).play();
            finishLive();
            show(report, DemoText.of(report, ink()));
            Runtime.getRuntime().removeShutdownHook(hook);
            return report.good() ? ExitCode.OK : ExitCode.REFUSED;
        } finally {
            if (isKept || isNamed) {
                err().println("kept: " + folder);
            } else {
                delete(folder);
            }
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

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
