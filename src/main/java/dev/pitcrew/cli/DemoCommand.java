package dev.pitcrew.cli;

import dev.pitcrew.app.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `pitcrew demo`: a small but honest desk under load that changes versions, loses processes and its controller, is killed, and is audited.
@Command
final class DemoCommand extends DeskCommand {
    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long orders are sent at least.")
    private int seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "Orders a second from the clients.")
    private int rate;

    @Option(names = "--keep", description = "Keep the data folder, and say where it is.")
    private boolean isKept;

    @Option(names = "--good-only", description = "No bad version, no failure: only good changes.")
    private boolean isGoodOnly;

    @Override
    ExitCode run(Where.Place place) throws Exception {
        var folder = Files.createTempDirectory("pitcrew-demo");
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
            if (isKept) {
                err().println("kept: " + folder);
            } else {
                delete(folder);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
