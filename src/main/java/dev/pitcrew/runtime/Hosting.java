package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.ledger.PostgresAccess;
import dev.pitcrew.runtime.ledger.PostgresLease;
import dev.pitcrew.runtime.ledger.PostgresPlacements;
import dev.pitcrew.runtime.process.HostedProcesses;
import dev.pitcrew.runtime.process.LocalProcesses;
import dev.pitcrew.runtime.process.Placement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// What a host does for a desk on several: it reads where everybody runs, says which of its own are dead, and ends those that the leading
/// controller wants ended. It does so whether its controller leads or stands by.
final class Hosting implements AutoCloseable {
    private static final long LOOK_MILLIS = 500;

    private final PostgresPlacements placements;
    private final HostedProcesses processes;
    private final boolean isNew;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("hosts").factory());

    private Hosting(
            PostgresPlacements placements,
            LocalProcesses here,
            String host,
            Path dataFolder,
            boolean isNew) {
        this.placements = placements;
        this.processes = new HostedProcesses(here, host, placements, dataFolder);
        this.isNew = isNew;
    }

    /// Of the host whose controller leads.
    ///
    /// @throws OperationFailed with `LEDGER_IN_USE` when the host worked with another data folder before
    static Hosting claim(PostgresLease lease, String host, LocalProcesses here, Path dataFolder)
            throws IOException {
        var placements = PostgresPlacements.under(lease);
        try {
            var isNew = placements.claim(host, DeskId.of(dataFolder));
            var hosting = new Hosting(placements, here, host, dataFolder, isNew);
            hosting.processes.refresh();
            return hosting;
        } catch (IOException | RuntimeException | Error e) {
            placements.close();
            throw e;
        }
    }

    /// Of a host whose controller stands by.
    static Hosting standingBy(PostgresAccess access, String host, Path dataFolder)
            throws IOException {
        var here = new LocalProcesses(dataFolder.resolve("processes"));
        var hosting =
                new Hosting(PostgresPlacements.standingBy(access), here, host, dataFolder, false);
        hosting.look();
        return hosting;
    }

    HostedProcesses processes() {
        return processes;
    }

    /// Places what nobody has placed, and goes on looking.
    ///
    /// @param desk as the ledger has it
    void start(Desk desk) {
        processes.adopt(isNew ? listed(desk) : List.of());
        if (isNew) {
            placements.claimed();
        }
        look();
    }

    private void look() {
        var _ =
                timer.scheduleWithFixedDelay(
                        () -> {
                            try {
                                processes.refresh();
                            } catch (
                                    RuntimeException
                                            _) { // the database is away; what was read counts
                            }
                        },
                        0,
                        LOOK_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private static List<Placement> listed(Desk desk) {
        return desk.services().entrySet().stream()
                .flatMap(
                        service ->
                                service.getValue().roster().instances().entrySet().stream()
                                        .map(
                                                one ->
                                                        Placement.unknown(
                                                                one.getKey(),
                                                                service.getKey(),
                                                                one.getValue().version())))
                .toList();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        placements.close();
    }
}
